# Planted: one region only, and nothing locks what it wrote. Good: it records reads of objects and of tables.
resource "aws_cloudtrail" "main" {
  name           = local.prefix
  s3_bucket_name = aws_s3_bucket.logs.id

  enable_log_file_validation = true

  event_selector {
    read_write_type           = "All"
    include_management_events = true

    data_resource {
      type   = "AWS::DynamoDB::Table"
      values = ["arn:aws:dynamodb"]
    }

    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }
}
