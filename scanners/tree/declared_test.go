package tree

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

// TestDeclaredRoots: only declared roots are read, each as often as it is declared; what is not there or told apart by nothing is
// a loss, and what no root calls is counted.
func TestDeclaredRoots(t *testing.T) {
	t.Parallel()
	dir := lay(t, map[string]string{
		"infra/main.tf": "module \"m\" {\n  source = \"../m\"\n}\nmodule \"c\" {\n  source = \"../c\"\n}", "m/main.tf": "", "c/main.tf": "module \"m\" {\n  source = \"../infra\"\n}",
		"other/main.tf": "", "hidden/main.tf": "", ".gitignore": "/hidden/\n", "empty/": "",
	})
	roots := []probity.Root{{Path: "infra"}, {Path: "infra/", Workspace: "staging"}, {Path: "infra", Workspace: "staging", VarFiles: []string{"a.tfvars"}},
		{Path: "hidden"}, {Path: "infra", Workspace: "default"}, {Path: "gone"}, {Path: "empty"}, {Path: "../up"}}
	var got, names []string
	for f, err := range New(options()).Scan(t.Context(), probity.Unit{Target: dir, Base: "base", Asks: probity.Asks{Code: probity.Code{Roots: roots}}}) {
		must(t, err)
		switch f := f.(type) {
		case probity.Unit:
			if f.Scanner == "terraform" {
				names = append(names, f.Asks.Code.Roots[0].Name())
			}
		case probity.Coverage:
			if f.Origin != nil {
				got = append(got, f.Origin.File+": "+f.Gap.Because)
			} else if f.Gap != nil && f.Gap.Because == "Terraform that no declared root calls" && f.Count == 1 {
				got = append(got, "counted")
			}
		}
	}
	if d := cmp.Diff([]string{"infra", "infra[staging]", "infra[staging,a.tfvars]", "hidden"}, names); d != "" {
		t.Errorf("units (-want +got):\n%s", d)
	}
	want := []string{"base/empty: a declared root: the folder holds no Terraform", "base/gone: a declared root: the folder cannot be read",
		"base/infra: two declared roots are told apart by nothing", "counted", "up: a declared root: its path leads out of the target"}
	slices.Sort(got)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("gaps (-want +got):\n%s", d)
	}
}

// TestCircles: folders that call each other in a circle are read once, and do not vanish; nor does one that calls itself.
func TestCircles(t *testing.T) {
	t.Parallel()
	call := func(to string) string { return "module \"m\" {\n  source = \"" + to + "\"\n}" }
	got := find(t, probity.Unit{Target: lay(t, map[string]string{
		"a/main.tf": call("../b"), "b/main.tf": call("../c"), "c/main.tf": call("../a"), "self/main.tf": call("."),
		"x/y/main.tf": call("../../x"), "x/main.tf": "",
	})})
	got = slices.DeleteFunc(got, func(s string) bool { return len(s) < 9 || s[:9] != "terraform" })
	if d := cmp.Diff([]string{"terraform a", "terraform self", "terraform x/y"}, got); d != "" {
		t.Errorf("roots (-want +got):\n%s", d)
	}
}
