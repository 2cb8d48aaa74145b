package patch_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/terraform/patch"
)

const before = `# The orders.
resource "aws_db_instance" "orders" {
  identifier        = "orders" # stays
  storage_encrypted = var.encrypted

  tags = {
    a = <<-T
      x
    T
  }
}

variable "encrypted" {}
// Its table.
resource "aws_dynamodb_table" "t" {
  point_in_time_recovery {
    enabled = false
  }
}
resource "aws_s3_bucket" "b" {
  bucket = "b"
}
`

func TestPropose(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		line int
		fact probity.Path
		want []string // pairs of old and new text
		err  error
	}{
		"replaces a value":                 {4, "encryption.at_rest", []string{"= var.encrypted", "= true"}, nil},
		"from the comment before":          {1, "encryption.at_rest", []string{"= var.encrypted", "= true"}, nil},
		"adds an attribute":                {2, "resilience.backup_days", []string{"  }\n}\n\nvariable", "  }\n  backup_retention_period = 7\n}\n\nvariable"}, nil},
		"replaces in a nested block":       {17, "resilience.point_in_time", []string{"enabled = false", "enabled = true"}, nil},
		"adds an attribute to a table":     {15, "resilience.deletion_protection", []string{"    enabled = false\n  }\n", "    enabled = false\n  }\n  deletion_protection_enabled = true\n"}, nil},
		"adds a resource":                  {21, "resilience.versioning", []string{"\"b\"\n}\n", "\"b\"\n}\n\nresource \"aws_s3_bucket_versioning\" \"b\" {\n  bucket = aws_s3_bucket.b.id\n  versioning_configuration {\n    status = \"Enabled\"\n  }\n}\n"}, nil},
		"no change is known":               {2, "location.country", nil, patch.ErrNone},
		"what is no resource":              {13, "encryption.at_rest", nil, patch.ErrPlace},
		"a line beyond the file":           {99, "encryption.at_rest", nil, patch.ErrPlace},
		"another type than tells the fact": {20, "encryption.at_rest", nil, patch.ErrNone},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := patch.Propose([]byte(before), "main.tf", c.line, c.fact)
			if !errors.Is(err, c.err) {
				t.Fatalf("got %v, want %v", err, c.err)
			}
			if c.err != nil {
				return
			}
			want := replaceOnce(t, before, c.want[0], c.want[1])
			if diff := cmp.Diff(want, string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
	if _, err := patch.Propose([]byte(`resource "x" {`), "main.tf", 1, "encryption.at_rest"); !errors.Is(err, patch.ErrPlace) {
		t.Errorf("a malformed file: got %v", err)
	}
}

func replaceOnce(t *testing.T, s, old, text string) string {
	t.Helper()
	for i := 0; i+len(old) <= len(s); i++ {
		if s[i:i+len(old)] == old {
			return s[:i] + text + s[i+len(old):]
		}
	}
	t.Fatalf("no %q", old)
	return ""
}
