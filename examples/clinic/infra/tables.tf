# Good: appointments.
resource "aws_dynamodb_table" "appointments" {
  name         = "${local.prefix}-appointments"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  deletion_protection_enabled = true

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.data.arn
  }

  ttl {
    enabled        = true
    attribute_name = "expires_at"
  }
}

# Planted: answers about health (declared in probity.yaml) under DynamoDB's own key, without recovery; its unprotected
# deletion is accepted by a waiver.
resource "aws_dynamodb_table" "questionnaires" {
  name         = "${local.prefix}-questionnaires"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  ttl {
    enabled        = true
    attribute_name = "expires_at"
  }
}
