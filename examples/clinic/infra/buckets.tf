module "store" {
  source   = "./modules/store"
  for_each = var.stores

  name         = "${local.prefix}-${each.key}"
  days         = each.value.days
  keep_deleted = each.value.keep_deleted
  key_arn      = aws_kms_key.data.arn
  log_bucket   = aws_s3_bucket.logs.id
}

# Good: where the others log to.
resource "aws_s3_bucket" "logs" {
  bucket = "${local.prefix}-logs"
}

resource "aws_s3_bucket_versioning" "logs" {
  bucket = aws_s3_bucket.logs.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id

  rule {
    id     = "expire"
    status = "Enabled"

    filter {}

    expiration {
      days = 365
    }

    noncurrent_version_expiration {
      noncurrent_days = 30
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TLSOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.logs.arn, "${aws_s3_bucket.logs.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

# Planted: brochures are public, and the whole bucket with them.
resource "aws_s3_bucket" "website" {
  bucket = "${local.prefix}-website"
}

resource "aws_s3_bucket_website_configuration" "website" {
  bucket = aws_s3_bucket.website.id

  index_document {
    suffix = "index.html"
  }
}

resource "aws_s3_bucket_public_access_block" "website" {
  bucket = aws_s3_bucket.website.id

  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = false
  restrict_public_buckets = false
}

resource "aws_s3_bucket_policy" "website" {
  bucket = aws_s3_bucket.website.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Read"
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:GetObject"
        Resource  = "${aws_s3_bucket.website.arn}/*"
      },
      {
        Sid       = "TLSOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.website.arn, "${aws_s3_bucket.website.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_s3_bucket_logging" "website" {
  bucket        = aws_s3_bucket.website.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "website/"
}

resource "aws_s3_bucket_versioning" "website" {
  bucket = aws_s3_bucket.website.id

  versioning_configuration {
    status = "Enabled"
  }
}

# Planted: old versions of the website stay for ever, since no rule removes them.

# Planted: patients' e-mail addresses (declared in probity.yaml) kept in the United States, with no versions, no logs, no
# end, and old access control lists. Unknown: who the supplier's policy lets in, and whether clear connections are refused.
resource "aws_s3_bucket" "analytics" {
  provider = aws.analytics
  bucket   = "${local.prefix}-analytics"
}

resource "aws_s3_bucket_ownership_controls" "analytics" {
  provider = aws.analytics
  bucket   = aws_s3_bucket.analytics.id

  rule {
    object_ownership = "BucketOwnerPreferred"
  }
}

resource "aws_s3_bucket_policy" "analytics" {
  provider = aws.analytics
  bucket   = aws_s3_bucket.analytics.id
  policy   = var.supplier_bucket_policy
}
