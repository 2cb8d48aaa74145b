package revision_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
)

// TestTouchesFromAfar: a unit is different wherever lies what it reads: behind links, in modules that nobody listed, in files that
// functions read, in submodules.
func TestTouchesFromAfar(t *testing.T) {
	t.Parallel()
	const volume = "resource \"aws_ebs_volume\" \"v\" {\n}\n"
	for name, c := range map[string]struct {
		change  map[string]string
		scanner string
		part    string
		want    bool
	}{
		"a module that a module calls":       {map[string]string{"modules/deep/main.tf": "# other"}, "terraform", "infra/prod", true},
		"that of another root":               {map[string]string{"modules/deep/main.tf": "# other"}, "terraform", "infra/alone", false},
		"a module that long code may call":   {map[string]string{"policies/p.json": "{}"}, "terraform", "infra/long", true},
		"a file that a function reads":       {map[string]string{"policies/p.json": "{}"}, "terraform", "infra/reads", true},
		"no function, no file":               {map[string]string{"policies/p.json": "{}"}, "terraform", "infra/alone", false},
		"code is read by no function":        {map[string]string{"infra/alone/main.tf": "# other"}, "terraform", "infra/reads", false},
		"a file behind a link":               {map[string]string{"common/v.tf": "# other"}, "terraform", "infra/linked", true},
		"a folder behind a link":             {map[string]string{"infra/alone/main.tf": "# other"}, "terraform", "link", true},
		"a module above the end of a link":   {map[string]string{"modules/deep/main.tf": "# other"}, "terraform", "link2", true},
		"a base that an overlay names":       {map[string]string{"kus/base/x.conf": "other"}, "kubernetes-kustomization", "kus/prod", true},
		"a file of another tool in a base":   {map[string]string{"kus/base/vault.hcl": "other"}, "kubernetes-kustomization", "kus/prod", true},
		"one that a base names elsewhere":    {map[string]string{"kus/notes.md": "other"}, "kubernetes-kustomization", "kus/prod", true},
		"one that nothing names":             {map[string]string{"kus/other.md": "other"}, "kubernetes-kustomization", "kus/prod", false},
		"a module of a mapped one":           {map[string]string{"vendored/common/main.tf": "# other"}, "terraform", "infra/mapped", true},
		"a mapped one that nothing calls":    {map[string]string{"vendored/common/main.tf": "# other"}, "terraform", "infra/alone", false},
		"what nobody tells of a template":    {map[string]string{"kus/notes.md": "other"}, "cloudformation", "app.yaml", true},
		"code of Terraform makes no overlay": {map[string]string{"infra/alone/main.tf": "# other"}, "kubernetes-kustomization", "kus/prod", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSandbox(t)
			s.write(map[string]string{"infra/prod/main.tf": "module \"a\" {\n  source = \"../../modules/a\"\n}\n", "modules/a/main.tf": "module \"d\" {\n  source = \"../deep\"\n}\n",
				"modules/deep/main.tf": volume, "infra/alone/main.tf": volume, "infra/reads/main.tf": "locals {\n  p = file(\"${path.module}/../../policies/p.json\")\n}\n",
				"infra/long/main.tf": strings.Repeat("# long\n", 1<<20),
				"policies/p.json":    "[]", "common/v.tf": volume, "infra/linked/main.tf": volume, "kus/base/x.conf": "x", "kus/prod/kustomization.yaml": "resources: [../base]\n",
				"kus/base/kustomization.yaml": "configMapGenerator:\n- name: c\n  files: [vault.hcl, a=../notes.md]\n", "kus/base/vault.hcl": "x", "kus/notes.md": "x", "kus/other.md": "x",
				"infra/mapped/main.tf":   "module \"x\" {\n  source = \"example.org/lib/x?ref=1\"\n}\n",
				"vendored/lib/x/main.tf": "module \"c\" {\n  source = \"../../common\"\n}\n", "vendored/common/main.tf": volume})
			for link, to := range map[string]string{"infra/linked/v.tf": "../../common/v.tf", "link": "infra/alone", "link2": "infra/prod"} {
				if err := os.Symlink(to, filepath.Join(s.dir, link)); err != nil {
					t.Fatal(err)
				}
			}
			s.commit(nil)
			s.write(c.change)
			snap, err := s.open().Since(t.Context(), "HEAD")
			if err != nil {
				t.Fatal(err)
			}
			defer snap.Close()
			for side, target := range map[string]string{"the work tree": s.dir, "the snapshot": snap.Of(s.dir)} {
				u := probity.Unit{Scanner: c.scanner, Target: target, Part: c.part, Reads: map[string][]string{"cloudformation": {"."}}[c.scanner]}
				u.Asks.Code.Modules = map[string]string{"example.org/lib": filepath.Join(target, "vendored", "lib")}
				if got := snap.Touches(u); got != c.want {
					t.Errorf("%s: got %v", side, got)
				}
			}
		})
	}
}

// TestSubmodules: a submodule is compared file by file with the commit that the base had of it; a repository that the base does
// not know is new as a whole.
func TestSubmodules(t *testing.T) {
	t.Parallel()
	lib, s := newSandbox(t), newSandbox(t)
	lib.commit(map[string]string{"same/main.tf": "# 1", "other/main.tf": "# 1"})
	s.commit(map[string]string{"main.tf": "# 1"})
	s.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", lib.dir, "lib")
	s.commit(nil)
	touches := func(part string) bool {
		t.Helper()
		snap, err := s.open().Since(t.Context(), "HEAD")
		if err != nil {
			t.Fatal(err)
		}
		defer snap.Close()
		if b, err := os.ReadFile(filepath.Join(snap.Of(s.dir), "lib", "other", "main.tf")); err != nil || string(b) != "# 1" {
			t.Errorf("the base has %q %v of the submodule", b, err)
		}
		return snap.Touches(probity.Unit{Scanner: "terraform", Target: s.dir, Part: part})
	}
	if touches("lib/other") {
		t.Error("nothing changed")
	}
	s.write(map[string]string{"lib/other/main.tf": "# 2"})
	if !touches("lib/other") || touches("lib/same") {
		t.Error("a change that is not committed counts for what it touches")
	}
	sandbox{t, filepath.Join(s.dir, "lib")}.commit(nil)
	if !touches("lib/other") || touches("lib/same") {
		t.Error("another commit counts for what it touches")
	}
	s.git("clone", "-q", lib.dir, filepath.Join(s.dir, "new"))
	if !touches("new/same") || touches("lib/same") {
		t.Error("a repository that is new inside of another is a change")
	}
}

// TestSnapshotInside: a snapshot that lies in the repository is no part of the change, and no scan looks into it.
func TestSnapshotInside(t *testing.T) {
	s := newSandbox(t)
	s.commit(map[string]string{"main.tf": "# 1", "tmp/keep": ""})
	t.Setenv("TMPDIR", filepath.Join(s.dir, "tmp"))
	first, err := s.open().Since(t.Context(), "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	if first.Touches(probity.Unit{Scanner: "kubernetes", Target: s.dir, Part: "tmp"}) {
		t.Error("the snapshot itself counts as a change")
	}
	if rel, err := filepath.Rel(filepath.Join(s.dir, "tmp"), first.Of(s.dir)); err != nil || filepath.Base(rel) != ".probity" {
		t.Errorf("the files are in %q, want a folder that scans leave out", rel)
	}
}
