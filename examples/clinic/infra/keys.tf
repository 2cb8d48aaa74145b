# Good.
resource "aws_kms_key" "data" {
  description             = "Patients' data"
  enable_key_rotation     = true
  rotation_period_in_days = 365
}

resource "aws_kms_alias" "data" {
  name          = "alias/${local.prefix}-data"
  target_key_id = aws_kms_key.data.key_id
}

# Planted: a key that is never changed.
resource "aws_kms_key" "legacy" {
  description = "Old backups"
}
