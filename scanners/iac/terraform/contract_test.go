package terraform_test

import (
	"os"
	"path/filepath"
	"testing"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/estate"
	"github.com/probity-scan/probity/scanners/iac/terraform"
	"github.com/probity-scan/probity/scanners/scannertest"
)

// The contract counts the goroutines of the process: no other test may run beside it.
func TestContract(t *testing.T) { //nolint:paralleltest // see above
	dir := t.TempDir()
	write(t, dir, "main.tf", `provider "aws" { region = "eu-west-1" }
resource "aws_s3_bucket" "a" { bucket = "a" }
resource "aws_ebs_volume" "v" {
  count     = 3
  encrypted = true
}
module "gone" { source = "example/gone" }
`)
	write(t, dir, "plan.json", tinyPlan)
	scannertest.Run(t, func() probity.Scanner { return terraform.New() },
		probity.Unit{Scanner: terraform.Directory, Target: dir, Supplies: estate.Supplies(estate.Code("."))},
		probity.Unit{Scanner: terraform.PlanFile, Target: dir, Part: "plan.json", Supplies: estate.Supplies(estate.Code("plan.json"))})
}

const tinyPlan = `{"format_version":"1.2","terraform_version":"1.9.5","resource_changes":[
{"address":"aws_ebs_volume.v","mode":"managed","type":"aws_ebs_volume","name":"v","change":{"actions":["create"],"after":{"encrypted":true},"after_unknown":{"id":true}}}
],"configuration":{"provider_config":{"aws":{"expressions":{"region":{"constant_value":"eu-west-1"}}}},
"root_module":{"resources":[{"address":"aws_ebs_volume.v","mode":"managed","type":"aws_ebs_volume","name":"v","provider_config_key":"aws","expressions":{"encrypted":{"constant_value":true}}}]}}}`

func write(t testing.TB, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
