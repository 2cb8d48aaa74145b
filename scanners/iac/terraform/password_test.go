package terraform_test

import (
	"testing"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/terraform"
)

func TestPasswordInCode(t *testing.T) {
	t.Parallel()
	pw := "hunter2" + "hunter2"
	dir := t.TempDir()
	write(t, dir, "s.yaml", "pw: "+pw+"\n")
	write(t, dir, "main.tf", `
resource "random_password" "r" {}
resource "aws_db_instance" "none" {}
resource "aws_db_instance" "literal" { password = "`+pw+`" }
resource "aws_db_instance" "number" { password = 12345678 }
resource "aws_db_instance" "write_only" { password_wo = "`+pw+`" }
resource "aws_rds_cluster" "write_only" { master_password_wo = "`+pw+`" }
resource "aws_db_instance" "yaml" { password = yamldecode(file("s.yaml")).pw }
resource "aws_db_instance" "function" { password = provider::x::decode("`+pw+`") }
resource "aws_db_instance" "random" { password = random_password.r.result }
resource "aws_db_instance" "lost" { password = file("gone.txt") }
`)
	got := map[string]string{}
	for f, err := range terraform.New().Scan(t.Context(), probity.Unit{Scanner: terraform.Directory, Target: dir}) {
		if err != nil {
			t.Fatal(err)
		}
		if a, ok := f.(probity.Asset); ok {
			v, gap := a.Settings["password_in_code"].Value()
			if got[a.ID] = map[any]string{true: "true", false: "false"}[v]; gap != nil {
				got[a.ID] = "gap"
			}
		}
	}
	for id, want := range map[string]string{"aws_db_instance.none": "false", "aws_db_instance.literal": "true", "aws_db_instance.number": "true",
		"aws_db_instance.write_only": "true", "aws_rds_cluster.write_only": "true", "aws_db_instance.yaml": "true", "aws_db_instance.function": "true",
		"aws_db_instance.random": "false", "aws_db_instance.lost": "gap"} {
		if got[id] != want {
			t.Errorf("%s: got %q, want %q", id, got[id], want)
		}
	}
}
