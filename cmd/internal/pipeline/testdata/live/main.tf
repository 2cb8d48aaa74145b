# Stores of awstest.FillAll as code, by the same names.

resource "aws_kms_key" "good" {
  enable_key_rotation = true
}

resource "aws_kms_key" "bad" {
  enable_key_rotation = false
}

resource "aws_s3_bucket" "clinic_good" {
  bucket = "clinic-good"
}

resource "aws_s3_bucket_public_access_block" "clinic_good" {
  bucket                  = aws_s3_bucket.clinic_good.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "clinic_good" {
  bucket = aws_s3_bucket.clinic_good.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "shield_policy" {
  bucket = "shield-policy"
}

resource "aws_s3_bucket_public_access_block" "shield_policy" {
  bucket                  = aws_s3_bucket.shield_policy.id
  block_public_acls       = false
  block_public_policy     = false
  ignore_public_acls      = false
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "shield_policy" {
  bucket = aws_s3_bucket.shield_policy.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::shield-policy/*" }] })
}

resource "aws_s3_bucket" "guard_bad" {
  bucket = "guard-bad"
}

resource "aws_s3_bucket_public_access_block" "guard_bad" {
  bucket                  = aws_s3_bucket.guard_bad.id
  block_public_acls       = false
  block_public_policy     = false
  ignore_public_acls      = false
  restrict_public_buckets = false
}

resource "aws_s3_bucket_versioning" "guard_bad" {
  bucket = aws_s3_bucket.guard_bad.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_ownership_controls" "guard_bad" {
  bucket = aws_s3_bucket.guard_bad.id
  rule {
    object_ownership = "ObjectWriter"
  }
}

resource "aws_s3_bucket_acl" "guard_bad" {
  bucket = aws_s3_bucket.guard_bad.id
  acl    = "public-read"
}

resource "aws_s3_bucket_website_configuration" "guard_bad" {
  bucket = aws_s3_bucket.guard_bad.id
  index_document {
    suffix = "index.html"
  }
}

resource "aws_db_instance" "good" {
  identifier                          = "clinic-good"
  engine                              = "postgres"
  engine_version                      = "16.3"
  instance_class                      = "db.t3.micro"
  allocated_storage                   = 20
  username                            = "app"
  manage_master_user_password         = true
  publicly_accessible                 = false
  storage_encrypted                   = true
  backup_retention_period             = 7
  multi_az                            = true
  deletion_protection                 = true
  iam_database_authentication_enabled = true
}

resource "aws_db_instance" "bad" {
  identifier                          = "clinic-bad"
  engine                              = "postgres"
  engine_version                      = "16.3"
  instance_class                      = "db.t3.micro"
  allocated_storage                   = 20
  username                            = "app"
  manage_master_user_password         = true
  publicly_accessible                 = true
  storage_encrypted                   = false
  backup_retention_period             = 0
  multi_az                            = false
  deletion_protection                 = false
  iam_database_authentication_enabled = false
}

resource "aws_dynamodb_table" "good" {
  name                        = "patients-good"
  hash_key                    = "id"
  billing_mode                = "PAY_PER_REQUEST"
  deletion_protection_enabled = true
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.good.arn
  }
  point_in_time_recovery {
    enabled = true
  }
}

resource "aws_dynamodb_table" "bad" {
  name         = "patients-bad"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_sqs_queue" "good" {
  name              = "queue-good"
  kms_master_key_id = aws_kms_key.good.arn
}

resource "aws_sqs_queue" "bad" {
  name                    = "queue-bad"
  sqs_managed_sse_enabled = false
}

resource "aws_sqs_queue_policy" "bad" {
  queue_url = aws_sqs_queue.bad.id
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:*", Resource = "*" }] })
}

resource "aws_cloudtrail" "good" {
  name                       = "trail-good"
  s3_bucket_name             = aws_s3_bucket.clinic_good.id
  is_multi_region_trail      = true
  enable_log_file_validation = true
}

resource "aws_cloudtrail" "bad" {
  name           = "trail-bad"
  s3_bucket_name = aws_s3_bucket.clinic_good.id
}

resource "aws_cloudwatch_log_group" "good" {
  name              = "group-good"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "bad" {
  name = "group-bad"
}

resource "aws_opensearch_domain" "bad" {
  domain_name    = "search-bad"
  engine_version = "OpenSearch_2.11"
  encrypt_at_rest {
    enabled = false
  }
  node_to_node_encryption {
    enabled = false
  }
  domain_endpoint_options {
    enforce_https       = false
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}

resource "aws_elasticache_replication_group" "bad" {
  replication_group_id       = "cache-bad"
  description                = "sessions"
  engine                     = "redis"
  node_type                  = "cache.t3.micro"
  num_cache_clusters         = 2
  at_rest_encryption_enabled = false
  transit_encryption_enabled = false
}
