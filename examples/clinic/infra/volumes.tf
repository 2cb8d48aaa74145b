# Good.
resource "aws_ebs_volume" "archive" {
  availability_zone = "${var.region}a"
  size              = 200
  encrypted         = true
  kms_key_id        = aws_kms_key.data.arn
}

# Planted: a clear disk, and so its snapshot.
resource "aws_ebs_volume" "scans" {
  availability_zone = "${var.region}a"
  size              = 50
  encrypted         = false
}

resource "aws_ebs_snapshot" "scans" {
  volume_id = aws_ebs_volume.scans.id
}
