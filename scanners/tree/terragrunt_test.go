package tree

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

// TestTerragrunt: units that no plan was made of are one loss with their number; what they only include is none.
func TestTerragrunt(t *testing.T) {
	t.Parallel()
	const plan = `{"format_version":"1.2","terraform_version":"1.9.0"}`
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"none":          {map[string]string{"terragrunt.hcl": "remote_state {\n  backend = \"s3\"\n}\nterraform {\n  extra_arguments \"x\" {\n    commands = [\"plan\"]\n  }\n}\n"}, ""},
		"a source":      {map[string]string{"a/terragrunt.hcl": "terraform {\n  source = \"../m//x\"\n}\n"}, "a Terragrunt unit is not rendered: 1 a/terragrunt.hcl"},
		"an include":    {map[string]string{"a/terragrunt.hcl": "include {\n  path = find_in_parent_folders()\n}\n", "b/terragrunt.hcl": "include \"root\" {}\n"}, "2 Terragrunt units are not rendered: 2 a/terragrunt.hcl"},
		"beside code":   {map[string]string{"a/terragrunt.hcl": "inputs = {}\n", "a/main.tf": ""}, "a Terragrunt unit is not rendered: 1 a/terragrunt.hcl"},
		"malformed":     {map[string]string{"a/terragrunt.hcl": "terraform {"}, "a Terragrunt unit is not rendered: 1 a/terragrunt.hcl"},
		"a stack":       {map[string]string{"a/terragrunt.stack.hcl": "unit \"x\" {}\nunit \"y\" {}\nlocals {}\n"}, "2 Terragrunt units are not rendered: 2 a/terragrunt.stack.hcl"},
		"the cache":     {map[string]string{".terragrunt-cache/x/terragrunt.hcl": "include {}\n"}, ""},
		"plans":         {map[string]string{"live/a/terragrunt.hcl": "include {}\n", "live/b/terragrunt.hcl": "include {}\n", "plans/a/tfplan.json": plan, "plans/b/tfplan.json": plan}, ""},
		"a plan beside": {map[string]string{"live/a/terragrunt.hcl": "include {}\n", "live/a/plan.json": plan}, ""},
		"another plan":  {map[string]string{"live/a/terragrunt.hcl": "include {}\n", "live/b/terragrunt.hcl": "include {}\n", "plans/b/tfplan.json": plan, "plans/c/tfplan.json": plan}, "a Terragrunt unit is not rendered: 1 live/a/terragrunt.hcl"},
		"one for two":   {map[string]string{"dev/a/terragrunt.hcl": "include {}\n", "prod/a/terragrunt.hcl": "include {}\n", "plans/prod/a/tfplan.json": plan}, "a Terragrunt unit is not rendered: 1 dev/a/terragrunt.hcl"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := find(t, probity.Unit{Target: lay(t, c.files)})
			got = slices.DeleteFunc(got, func(s string) bool { return !strings.Contains(s, "Terragrunt") })
			if d := cmp.Diff(c.want, strings.TrimPrefix(strings.Join(got, "\n"), "unreadable: ")); d != "" {
				t.Errorf("losses (-want +got):\n%s", d)
			}
		})
	}
}
