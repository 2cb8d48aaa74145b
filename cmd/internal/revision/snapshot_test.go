package revision_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/probity-scan/probity"
)

func TestTouches(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commit(map[string]string{"infra/prod/main.tf": "", "infra/test/main.tf": "", "modules/net/main.tf": "", "k8s/a.yaml": "", "prod.tfvars": ""})
	s.write(map[string]string{"modules/net/main.tf": "# other", "k8s/b.yaml": ""})
	snap, err := s.open().Since(t.Context(), "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close()
	for name, c := range map[string]struct {
		unit probity.Unit
		want bool
	}{
		"nothing of it":            {probity.Unit{Scanner: "terraform", Base: "infra", Part: "test"}, false},
		"a module that it calls":   {probity.Unit{Scanner: "terraform", Base: "infra", Part: "prod", Reads: []string{"modules/net"}}, true},
		"a longer name is another": {probity.Unit{Scanner: "terraform", Base: "modules/ne"}, false},
		"all of the repository":    {probity.Unit{Scanner: "terraform"}, true},
		"a manifest":               {probity.Unit{Scanner: "kubernetes", Part: "k8s"}, true},
		"a manifest elsewhere":     {probity.Unit{Scanner: "kubernetes", Base: "charts/x"}, false},
		"a file of a chart":        {probity.Unit{Scanner: "kubernetes-chart", Part: "k8s"}, true},
		"a chart elsewhere":        {probity.Unit{Scanner: "kubernetes-chart", Part: "charts/x"}, false},
		"what it is built from":    {probity.Unit{Scanner: "kubernetes-kustomization", Part: "overlays/a", Reads: []string{"k8s/b.yaml"}}, true},
		"what another is built of": {probity.Unit{Scanner: "kubernetes-kustomization", Part: "overlays/a", Reads: []string{"k8s/a.yaml"}}, false},
		"a base beyond the target": {probity.Unit{Scanner: "kubernetes-kustomization", Base: "overlays/a", Reads: []string{"base"}}, true},
		"a file":                   {probity.Unit{Scanner: "cloudformation", Base: "k8s", Part: "b.yaml"}, true},
		"another file":             {probity.Unit{Scanner: "cloudformation", Base: "k8s", Part: "a.yaml"}, false},
		"a file that it nests":     {probity.Unit{Scanner: "cloudformation", Base: "k8s", Part: "a.yaml", Reads: []string{"k8s/b.yaml"}}, true},
		"values as they were":      {probity.Unit{Scanner: "terraform", Base: "infra/test", Asks: probity.Asks{Code: probity.Code{VarFiles: []string{filepath.Join(s.dir, "prod.tfvars")}}}}, false},
	} {
		c.unit.Target = filepath.Join(s.dir, c.unit.Base)
		if got := snap.Touches(c.unit); got != c.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
	s.write(map[string]string{"prod.tfvars": "x = 1"})
	after, err := s.open().Since(t.Context(), "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	defer after.Close()
	for name, code := range map[string]probity.Code{"values": {VarFiles: []string{filepath.Join(s.dir, "prod.tfvars")}}, "declared roots": {Roots: []probity.Root{{Path: "test", VarFiles: []string{"../../prod.tfvars"}}}}} {
		if !after.Touches(probity.Unit{Scanner: "terraform", Target: filepath.Join(s.dir, "infra"), Part: "test", Base: "infra", Asks: probity.Asks{Code: code}}) {
			t.Errorf("%s: other values touch nothing", name)
		}
	}
	values := probity.Code{HelmValues: []string{filepath.Join(s.dir, "prod.tfvars")}}
	if !after.Touches(probity.Unit{Scanner: "kubernetes-chart", Target: s.dir, Part: "charts/x", Asks: probity.Asks{Code: values}}) {
		t.Error("other values of a chart touch nothing")
	}
}

// TestInstallModules: the snapshot gets the modules that it calls as the work tree does, and no others.
func TestInstallModules(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commit(map[string]string{".gitignore": ".terraform/\n", "infra/sub/x.tf": "module \"deep\" {\n  source = \"x/deep/aws\"\n}\n",
		"infra/main.tf": "module \"same\" {\n  source  = \"x/same/aws\"\n  version = \"1.0.0\"\n}\nmodule \"raised\" {\n  source  = \"x/raised/aws\"\n  version = \"1.0.0\"\n}\nmodule \"sub\" {\n  source = \"./sub\"\n}\n"})
	s.write(map[string]string{
		"infra/main.tf":                              "module \"same\" {\n  source  = \"x/same/aws\"\n  version = \"1.0.0\"\n}\nmodule \"raised\" {\n  source  = \"x/raised/aws\"\n  version = \"2.0.0\"\n}\nmodule \"sub\" {\n  source = \"./sub\"\n}\nmodule \"added\" {\n  source = \"x/added/aws\"\n}\n",
		"infra/.terraform/modules/same/main.tf":      "# same",
		"infra/.terraform/modules/raised/main.tf":    "# raised",
		"infra/.terraform/modules/same.kid/main.tf":  "# kid",
		"infra/.terraform/modules/sub.deep/main.tf":  "# deep",
		"infra/.terraform/modules/added/main.tf":     "# added",
		"infra/.terraform/modules/same/.git/config":  "x",
		"infra/.terraform/providers/big/of/a/binary": "x",
		"infra/.terraform/modules/modules.json": `{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"added","Source":"x","Dir":".terraform/modules/added"},
			{"Key":"raised","Source":"x","Version":"2.0.0","Dir":".terraform/modules/raised"},{"Key":"same","Source":"x","Version":"1.0.0","Dir":".terraform/modules/same"},
			{"Key":"same.kid","Source":"x","Dir":".terraform/modules/same.kid"},{"Key":"sub","Source":"./sub","Dir":"sub"},{"Key":"sub.deep","Source":"x","Dir":".terraform/modules/sub.deep"},
			{"Key":"sub.up","Source":"x","Dir":"../../.."}]}`,
		"new/.terraform/modules/modules.json": `{"Modules":[]}`,
		"bad/.terraform/modules/modules.json": `{"Modules`,
	})
	snap, err := s.open().Since(t.Context(), "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close()
	left, err := snap.InstallModules(s.dir)
	if err != nil || left != 3 {
		t.Errorf("got %d left out and %v, want 3: raised, added, and what is called by nobody", left, err)
	}
	at := snap.Of(filepath.Join(s.dir, "infra", ".terraform", "modules"))
	for name, want := range map[string]bool{"same/main.tf": true, "same.kid/main.tf": true, "sub.deep/main.tf": true, "raised": false, "added": false, "same/.git": false, "../providers": false} {
		if _, err := os.Stat(filepath.Join(at, name)); (err == nil) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestIgnoredValues: files of values that git ignores are the same before a change; others that it ignores are not needed.
func TestIgnoredValues(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commit(map[string]string{".gitignore": "*.tfvars\n*.log\n", "infra/main.tf": ""})
	s.write(map[string]string{"infra/terraform.tfvars": "x = 1", "infra/a.log": "", "new/terraform.tfvars": "x = 2"})
	snap, err := s.open().Since(t.Context(), "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close()
	for name, want := range map[string]bool{"infra/terraform.tfvars": true, "infra/a.log": false, "new/terraform.tfvars": false} {
		if _, err := os.Stat(snap.Of(filepath.Join(s.dir, name))); (err == nil) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}
