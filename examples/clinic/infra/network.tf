# Good: the offices only.
resource "aws_security_group" "records" {
  name = "${local.prefix}-records"
}

resource "aws_vpc_security_group_ingress_rule" "records" {
  for_each = toset(var.office_ranges)

  security_group_id = aws_security_group.records.id
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 5432
  to_port           = 5432
}

# Planted: the whole internet.
resource "aws_security_group" "billing" {
  name = "${local.prefix}-billing"

  ingress {
    description = "for the accountant, from home"
    protocol    = "tcp"
    from_port   = 3306
    to_port     = 3306
    cidr_blocks = ["0.0.0.0/0"]
  }
}
