package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// corpus writes Terraform of n resources into a folder, a hundred a file: buckets with what is split from them, databases,
// tables, volumes and keys. Every third of a sort leaves something wrong.
func corpus(tb testing.TB, n int) string {
	tb.Helper()
	dir := tb.TempDir()
	var b strings.Builder
	files, written := 0, 0
	flush := func() {
		if b.Len() == 0 {
			return
		}
		files++
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("stores%03d.tf", files)), []byte(b.String()), 0o600); err != nil {
			tb.Fatal(err)
		}
		b.Reset()
	}
	b.WriteString("provider \"aws\" {\n  region = \"eu-central-1\"\n}\n")
	for i := 0; written < n; i++ {
		for _, block := range set(i) {
			if written == n {
				break
			}
			b.WriteString(block)
			if written++; written%100 == 0 {
				flush()
			}
		}
	}
	flush()
	return dir
}

// set is what one application of the corpus owns.
func set(i int) []string {
	good := i%3 != 0
	blocks := []string{
		fmt.Sprintf("resource \"aws_s3_bucket\" \"b%d\" {\n  bucket = \"bench-b%d\"\n  tags   = { team = \"t%d\" }\n}\n", i, i, i%7),
		fmt.Sprintf("resource \"aws_s3_bucket_public_access_block\" \"b%d\" {\n  bucket                  = aws_s3_bucket.b%d.id\n  block_public_acls       = true\n"+
			"  ignore_public_acls      = true\n  block_public_policy     = %t\n  restrict_public_buckets = %t\n}\n", i, i, good, good),
		fmt.Sprintf("resource \"aws_s3_bucket_versioning\" \"b%d\" {\n  bucket = aws_s3_bucket.b%d.id\n  versioning_configuration {\n    status = \"%s\"\n  }\n}\n",
			i, i, map[bool]string{true: "Enabled", false: "Suspended"}[good]),
		fmt.Sprintf("resource \"aws_s3_bucket_policy\" \"b%d\" {\n  bucket = aws_s3_bucket.b%d.id\n  policy = jsonencode({\n    Version = \"2012-10-17\"\n    Statement = [{\n"+
			"      Effect    = \"Deny\"\n      Principal = \"*\"\n      Action    = \"s3:*\"\n      Resource  = \"${aws_s3_bucket.b%d.arn}/*\"\n"+
			"      Condition = { Bool = { \"aws:SecureTransport\" = \"false\" } }\n    }]\n  })\n}\n", i, i, i),
		fmt.Sprintf("resource \"aws_db_instance\" \"d%d\" {\n  identifier              = \"bench-d%d\"\n  engine                  = \"postgres\"\n  instance_class          = \"db.t4g.small\"\n"+
			"  storage_encrypted       = %t\n  publicly_accessible     = %t\n  backup_retention_period = %d\n}\n", i, i, good, !good, i%15),
		fmt.Sprintf("resource \"aws_dynamodb_table\" \"t%d\" {\n  name     = \"bench-t%d\"\n  hash_key = \"id\"\n  attribute {\n    name = \"id\"\n    type = \"S\"\n  }\n"+
			"  point_in_time_recovery {\n    enabled = %t\n  }\n}\n", i, i, good),
		fmt.Sprintf("resource \"aws_ebs_volume\" \"v%d\" {\n  availability_zone = \"eu-central-1a\"\n  size              = 20\n  encrypted         = %t\n}\n", i, good),
		fmt.Sprintf("resource \"aws_kms_key\" \"k%d\" {\n  description         = \"bench %d\"\n  enable_key_rotation = %t\n}\n", i, i, good),
	}
	return blocks
}
