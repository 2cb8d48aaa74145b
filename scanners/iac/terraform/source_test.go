package terraform_test

import (
	"path/filepath"
	"strings"
	"testing"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/terraform"
)

// Findings in a plan point into modules that are mapped to directories, as a scan of the code does.
func TestSourceOfMappedModules(t *testing.T) {
	t.Parallel()
	dir, far := t.TempDir(), t.TempDir()
	write(t, dir, "code/main.tf", "\nmodule \"near\" {\n  source = \"acme/near\"\n}\nmodule \"far\" {\n  source = \"acme/far\"\n}\n")
	write(t, dir, "modules/near/main.tf", "\n\nresource \"aws_ebs_volume\" \"v\" {\n  encrypted = true\n}\n")
	write(t, far, "main.tf", "resource \"aws_ebs_volume\" \"v\" {}\n")
	var changes, calls []string
	for _, name := range []string{"near", "far"} {
		changes = append(changes, `{"address":"module.`+name+`.aws_ebs_volume.v","module_address":"module.`+name+`","mode":"managed","type":"aws_ebs_volume","name":"v","change":{"actions":["create"],"after":{"encrypted":true},"after_unknown":{}}}`)
		calls = append(calls, `"`+name+`":{"source":"acme/`+name+`","module":{"resources":[{"address":"aws_ebs_volume.v","mode":"managed","type":"aws_ebs_volume","name":"v"}]}}`)
	}
	write(t, dir, "plan.json", `{"format_version":"1.2","terraform_version":"1.9","resource_changes":[`+strings.Join(changes, ",")+`],"configuration":{"root_module":{"module_calls":{`+strings.Join(calls, ",")+`}}}}`)
	u := probity.Unit{Scanner: terraform.PlanFile, Target: dir, Part: "plan.json"}
	u.Asks.Code = probity.Code{Source: filepath.Join(dir, "code"), Modules: map[string]string{"acme/near": filepath.Join(dir, "modules", "near"), "acme/far": far}}
	got := map[string]*probity.Origin{}
	for f, err := range terraform.New().Scan(t.Context(), u) {
		if err != nil {
			t.Fatal(err)
		}
		switch f := f.(type) {
		case probity.Asset:
			got[f.ID] = f.Origin
		case probity.Coverage:
			if f.Gap != nil {
				t.Errorf("got gap %v, want none", f.Gap)
			}
		}
	}
	if o := got["module.near.aws_ebs_volume.v"]; o == nil || !strings.HasSuffix(o.File, "near/main.tf") || o.Line != 3 {
		t.Errorf("got %v, want line 3 of the module in the repository", o)
	}
	if o := got["module.far.aws_ebs_volume.v"]; o == nil || !strings.HasSuffix(o.File, "main.tf") || o.Line != 5 || o.Inside == nil || o.Inside.Line != 1 {
		t.Errorf("got %v, want its call in line 5, and the place inside", o)
	}
}
