package terraform_test

import (
	"testing"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/terraform"
)

// A value of another type than its attribute has is a gap: no panic, and no fact.
func TestWrongTypes(t *testing.T) {
	t.Parallel()
	for text, path := range map[string]probity.Path{
		`resource "aws_s3_bucket" "x" { acl = 1 }`:                                  "exposure.declared.acl",
		`resource "aws_s3_bucket" "x" { versioning = true }`:                        "resilience.versioning",
		`resource "aws_s3_bucket" "x" { tags = 1 }`:                                 "tags",
		`resource "aws_s3_bucket" "x" { grant = "x" }`:                              "exposure.declared.acl",
		`resource "aws_db_instance" "x" { kms_key_id = 1 }`:                         "encryption.key",
		`resource "aws_db_instance" "x" { storage_encrypted = {} }`:                 "encryption.at_rest",
		`resource "aws_db_instance" "x" { vpc_security_group_ids = [1] }`:           "exposure.declared.guards",
		`resource "aws_db_instance" "x" { enabled_cloudwatch_logs_exports = [{}] }`: "audit.exports",
		`resource "aws_db_instance" "x" { snapshot_identifier = 1 }`:                "encryption.at_rest",
		`resource "aws_dynamodb_table" "x" { point_in_time_recovery = "x" }`:        "resilience.point_in_time",
		`resource "aws_dynamodb_table" "x" { server_side_encryption = 1 }`:          "encryption.key_manager",
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, dir, "main.tf", text+"\n")
			if got := gapOf(t, dir, path); got == nil {
				t.Errorf("got no gap of %s, want one", path)
			}
		})
	}
}

// gapOf is the gap of a fact of the only asset that a directory declares.
func gapOf(t *testing.T, dir string, path probity.Path) *probity.Gap {
	t.Helper()
	var gap *probity.Gap
	assets := 0
	for f, err := range terraform.New().Scan(t.Context(), probity.Unit{Scanner: terraform.Directory, Target: dir}) {
		if err != nil {
			t.Fatal(err)
		}
		if a, ok := f.(probity.Asset); ok {
			assets++
			for p, l := range probity.Leaves(a) {
				if p == path {
					_, gap = l.Value()
				}
			}
		}
	}
	if assets != 1 {
		t.Fatalf("got %d assets, want one", assets)
	}
	return gap
}
