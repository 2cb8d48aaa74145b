package tree

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/scannertest"
)

// lay writes files; a name that ends in a slash is an empty folder.
func lay(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if strings.HasSuffix(name, "/") {
			must(t, os.MkdirAll(p, 0o755))
			continue
		}
		must(t, os.MkdirAll(filepath.Dir(p), 0o755))
		must(t, os.WriteFile(p, []byte(text), 0o644))
	}
	return dir
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func isPlan(head []byte) bool { return strings.Contains(string(head), `"terraform_version"`) }

func options() Options {
	return Options{Formats: Formats{IsPlan: isPlan}, Supplies: func(u probity.Unit) []probity.Supply {
		return []probity.Supply{{Kind: probity.Kind(u.Scanner), On: probity.Ref{ID: u.Part}}}
	}}
}

// find gives units as "scanner part", and coverage as "reason: because: count file".
func find(t *testing.T, u probity.Unit) []string {
	t.Helper()
	var got []string
	for f, err := range New(options()).Scan(t.Context(), u) {
		must(t, err)
		switch f := f.(type) {
		case probity.Unit:
			got = append(got, f.Scanner+" "+f.Part)
		case probity.Coverage:
			if f.Gap != nil {
				line := fmt.Sprintf("%s: %s: %d", f.Gap.Reason, f.Gap.Because, f.Count)
				if f.Origin != nil {
					line += " " + f.Origin.File
				}
				got = append(got, line)
			}
		}
	}
	return got
}

func TestFind(t *testing.T) {
	t.Parallel()
	const sqlite = "SQLite format 3\x00"
	for _, tt := range []struct {
		name    string
		files   map[string]string
		part    string
		exclude []string
		want    []string
	}{
		{name: "empty", files: map[string]string{"a/": ""}},
		{name: "code only", files: map[string]string{"main.go": "", ".gitignore": "", ".golangci.yml": "", "pyproject.toml": "", "package.json": "{}", "requirements.txt": "x", ".eslintrc.json": "{}", "tsconfig.build.json": "{}"}},
		{name: "topmost folder with data", files: map[string]string{"x/y/a.csv": "", "x/y/z/b.json": "", "x/w/c.txt.gz": ""}, want: []string{"objects x/w", "objects x/y"}},
		{name: "terraform", files: map[string]string{"infra/main.tf": "module \"a\" {\n  source = \"./modules/a\"\n}\n", "infra/modules/a/main.tf": "", "infra/modules/a/examples/x/main.tf": "module \"a\" {\n source=\"../..\"\n}",
			"infra/policy.json": `{"Statement":[{"Effect":"Allow"}]}`, "infra/x.tfvars": "", "other/a.tofu": ""},
			want: []string{"terraform infra", "terraform infra/modules/a/examples/x", "terraform other", "not-collected: files that no scanner reads: .json: 1"}},
		{name: "data beside terraform", files: map[string]string{"a/main.tf": "", "a/customers.json": "[]", "a/x.tf.json": "{}", "a/plan.json": `{"terraform_version":"1.9"}`},
			want: []string{"objects a", "terraform-plan a/plan.json", "terraform a"}},
		{name: "states", files: map[string]string{"terraform.tfstate": "{}", "terraform.tfstate.backup": "", "a/terraform.tfstate.1700000000.backup": "", "a/old.json": `{"terraform_version":"1.9","serial":3,"lineage":"x"}`},
			want: []string{"not-collected: Terraform states, which hold secrets, are not read: 4"}},
		{name: "hidden data", files: map[string]string{"a/.people.csv": "", ".exports/b.csv": ""}, want: []string{"objects .exports", "objects a"}},
		{name: "only what may be data, in no repository", files: map[string]string{"a.html": "", "b/c.yaml": "", "b/d.go": ""}, want: []string{"objects "}},
		{name: "formats", files: map[string]string{".git/": "", "a.html": "", "b/c.yaml": "", "b/d.ORC": "", "e": "", "f.ada-lovelace": ""}, want: []string{"filtered: .git, .probity, .terraform, .terragrunt-cache, node_modules and vendor: 1", "not-collected: files that no scanner reads: .html, .orc, .yaml: 5"}},
		{name: "many formats", files: map[string]string{".git/": "", "a.a1": "", "a.a2": "", "a.a3": "", "a.a4": "", "a.a5": "", "a.a6": "", "a.a7": "", "a.a8": "", "a.a9": "", "a.b1": ""},
			want: []string{"filtered: .git, .probity, .terraform, .terragrunt-cache, node_modules and vendor: 1", "not-collected: files that no scanner reads: .a1, .a2, .a3, .a4, .a5, .a6, .a7, .a8, …: 10"}},
		{name: "terraform as JSON", files: map[string]string{"a/main.tf.json": `{"module":{"b":{"source":"../b"}}}`, "b/main.tf": ""}, want: []string{"terraform a"}},
		{name: "modules in a circle", files: map[string]string{"a/main.tf": "module \"b\" {\n source = \"../b\"\n}", "b/main.tf": "module \"a\" {\n source = \"../a\"\n}"}, want: []string{"terraform a"}},
		{name: "only variables", files: map[string]string{"env/prod.tfvars": "a = 1"}},
		{name: "installed modules", files: map[string]string{"main.tf": "", ".terraform/modules/x/main.tf": ""}, want: []string{"terraform ", "filtered: .git, .probity, .terraform, .terragrunt-cache, node_modules and vendor: 1"}},
		{name: "plan", files: map[string]string{"p/plan.json": `{"format_version":"1.2","terraform_version":"1.9"}`, "p/data.json": "{}"}, want: []string{"objects p", "terraform-plan p/plan.json"}},
		{name: "sqlite", files: map[string]string{"d/app.db": sqlite, "d/app.db-wal": "x", "d/odd": sqlite, "d/other.db": "Berkeley", "d/zero.db": "", "d/broken.sqlite": "x"},
			want: []string{"sqlite d/app.db", "sqlite d/broken.sqlite", "sqlite d/odd", "sqlite d/zero.db", "not-collected: files that no scanner reads: .db: 1"}},
		{name: "parts of a database", files: map[string]string{"x.db": sqlite, "x.db-wal": "", "x.db-shm": "", "people-journal": ""}, want: []string{"sqlite x.db", "not-collected: files that no scanner reads: 1"}},
		{name: "data beside the others", files: map[string]string{"a.csv": "", "infra/main.tf": "", "db/x.sqlite": sqlite}, want: []string{"objects ", "sqlite db/x.sqlite", "terraform infra"}},
		{name: "tool folders", files: map[string]string{".vscode/a.json": "{}", "node_modules/a/a.json": "{}", "go.mod": "", "vendor/b.csv": "", ".git/config": "", ".probity/baseline/infra.jsonl": "{}", "a/vendor": "file"},
			want: []string{"filtered: .git, .probity, .terraform, .terragrunt-cache, node_modules and vendor: 4", "not-collected: files that no scanner reads: .json: 2"}},
		{name: "a vendor's data", files: map[string]string{"vendor/b.csv": ""}, want: []string{"objects vendor"}},
		{name: "ignored", files: map[string]string{".gitignore": "*.log\nout/\n!keep.log\n", "out/a.csv": "", "a.log": "", "keep.log": "", "sub/.gitignore": "*.csv", "sub/x.csv": ""},
			want: []string{"objects ", "filtered: ignored by git: 3"}},
		{name: "excluded", files: map[string]string{"fixtures/a.csv": "", "x/fixtures/b.csv": "", "c.csv": "", "z/old/main.tf": ""}, exclude: []string{"fixtures/**", "**/old/"},
			want: []string{"objects ", "filtered: excluded by the configuration: 2"}},
		{name: "a part", files: map[string]string{".gitignore": "b.csv", "x/a.csv": "", "x/b.csv": "", "y/c.csv": ""}, part: "x", want: []string{"objects x", "filtered: ignored by git: 1"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := find(t, probity.Unit{Target: lay(t, tt.files), Part: tt.part, Asks: probity.Asks{Exclude: tt.exclude}})
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("found (-want +got):\n%s", d)
			}
		})
	}
}

func TestFile(t *testing.T) {
	t.Parallel()
	dir := lay(t, map[string]string{".git/": "", ".gitignore": "*", "infra/x.tf": "", "plan.json": `{"terraform_version":"1.9"}`, "x.csv": "", "x.gz": "\x1f\x8b", "notes.md": "", "x.db": "SQLite format 3\x00"})
	for file, want := range map[string]probity.Unit{
		"infra/x.tf": {Scanner: "terraform", Target: filepath.Join(dir, "infra"), Base: "repo/infra"},
		"plan.json":  {Scanner: "terraform-plan", Target: filepath.Join(dir, "plan.json"), Base: "repo/plan.json"},
		"x.csv":      {Scanner: "objects", Target: filepath.Join(dir, "x.csv"), Base: "repo/x.csv"},
		"x.gz":       {Scanner: "objects", Target: filepath.Join(dir, "x.gz"), Base: "repo/x.gz"},
		"notes.md":   {Scanner: "objects", Target: filepath.Join(dir, "notes.md"), Base: "repo/notes.md"},
		"x.db":       {Scanner: "sqlite", Target: filepath.Join(dir, "x.db"), Base: "repo/x.db"},
	} {
		want.Supplies = options().Supplies(want)
		u := probity.Unit{Target: filepath.Join(dir, filepath.FromSlash(file)), Base: "repo/" + file}
		var got []probity.Unit
		for f, err := range New(options()).Scan(t.Context(), u) {
			must(t, err)
			if u, ok := f.(probity.Unit); ok {
				got = append(got, u)
			}
		}
		if d := cmp.Diff([]probity.Unit{want}, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", file, d)
		}
	}
}

// TestNamedState: a state is not read, even where somebody named it.
func TestNamedState(t *testing.T) {
	t.Parallel()
	got := find(t, probity.Unit{Target: filepath.Join(lay(t, map[string]string{"terraform.tfstate": "{}"}), "terraform.tfstate"), Base: "terraform.tfstate"})
	if d := cmp.Diff([]string{"not-collected: Terraform states, which hold secrets, are not read: 1"}, got); d != "" {
		t.Errorf("found (-want +got):\n%s", d)
	}
}

// TestNamed: what stands above a target in its repository counts, unless it would leave out the target itself.
func TestNamed(t *testing.T) {
	t.Parallel()
	dir := lay(t, map[string]string{".git/info/exclude": "secret.csv\n", ".gitignore": "/exports/\n*.txt\n", "exports/a.txt": "", "exports/secret.csv": "", "data/a.txt": "", "data/b.csv": "", "data/secret.csv": ""})
	for part, want := range map[string][]string{
		"exports": {"objects "},
		"data":    {"objects ", "filtered: ignored by git: 2"},
	} {
		got := find(t, probity.Unit{Target: filepath.Join(dir, part)})
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", part, d)
		}
	}
}

func TestLinks(t *testing.T) {
	t.Parallel()
	outside := lay(t, map[string]string{"a.csv": ""})
	dir := lay(t, map[string]string{"x/": ""})
	must(t, os.Symlink("..", filepath.Join(dir, "x", "loop")))
	must(t, os.Symlink(outside, filepath.Join(dir, "out")))
	must(t, os.Symlink(filepath.Join(outside, "a.csv"), filepath.Join(dir, "a.csv")))
	got := find(t, probity.Unit{Target: dir})
	if d := cmp.Diff([]string{"filtered: symbolic links are not followed: 3"}, got); d != "" {
		t.Errorf("found (-want +got):\n%s", d)
	}
}

func TestBadTarget(t *testing.T) {
	t.Parallel()
	dir := lay(t, map[string]string{"a/": ""})
	for _, tt := range []struct {
		unit probity.Unit
		want string
	}{
		{probity.Unit{Target: filepath.Join(dir, "none")}, "none: no such file or directory"},
		{probity.Unit{Target: dir, Asks: probity.Asks{Exclude: []string{"a["}}}, `exclude pattern "a[" is malformed`},
		{probity.Unit{Target: os.DevNull}, "neither a folder nor a regular file"},
	} {
		var got error
		for _, err := range New(Options{}).Scan(t.Context(), tt.unit) {
			got = err
		}
		if got == nil || !strings.Contains(got.Error(), tt.want) {
			t.Errorf("got error %v, want %q", got, tt.want)
		}
	}
}

// broken fails to list one folder, as a bad disk does.
type broken struct {
	fstest.MapFS
	dir string
	err error
}

func (b broken) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == b.dir {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: b.err}
	}
	return b.MapFS.ReadDir(name)
}

func TestUnreadableFolder(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]probity.Gap{
		errors.New("input/output error"): {Reason: probity.Unreadable, Because: "input/output error"},
		fs.ErrPermission:                 {Reason: probity.Denied, Because: "permission denied", Needs: "read permission on the file"},
	} {
		s := &Site{FS: broken{fstest.MapFS{"a/x.csv": {}, "b/x.csv": {}, "c/x.csv": {}}, "b", err}}
		var folders []string
		left, err := s.Walk(t.Context(), ".", func(f Folder) error { folders = append(folders, f.Path); return nil })
		must(t, err)
		if d := cmp.Diff([]string{".", "a", "b", "c"}, folders); d != "" {
			t.Errorf("visited (-want +got):\n%s", d)
		}
		if d := cmp.Diff([]Loss{{"b", want}}, left.Lost); d != "" {
			t.Errorf("lost (-want +got):\n%s", d)
		}
	}
}

func TestManyLosses(t *testing.T) {
	t.Parallel()
	var l Left
	for range losses + 5 {
		l.lose("x", fs.ErrPermission)
	}
	if len(l.Lost) != losses || l.More != 5 {
		t.Errorf("got %d told and %d more, want %d and 5", len(l.Lost), l.More, losses)
	}
}

// TestContract counts goroutines, which tests beside it start too.
func TestContract(t *testing.T) { //nolint:paralleltest // see above
	dir := lay(t, map[string]string{"a.csv": "", "infra/main.tf": "", "x.db": "SQLite format 3\x00", ".gitignore": "*.log", "a.log": "", "node_modules/": ""})
	u := probity.Unit{Scanner: "tree", Target: dir, Base: "repo"}
	u.Supplies = Supplies(u)
	scannertest.Run(t, func() probity.Scanner { return New(options()) }, u, probity.Unit{Scanner: "tree", Target: filepath.Join(dir, "a.csv"), Base: "a.csv"})
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	dir := lay(t, map[string]string{"a/b/c/": ""})
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("enough")
	site, err := Open(probity.Unit{Target: dir}, Formats{})
	must(t, err)
	defer site.Close()
	n := 0
	_, err = site.Walk(ctx, ".", func(Folder) error { n++; cancel(why); return nil })
	if !errors.Is(err, why) || n != 1 {
		t.Errorf("got %v after %d folders, want %v after the first", err, n, why)
	}
}

// layMany lays files of five kinds, 100 in each folder.
func layMany(t testing.TB, folders int) string {
	t.Helper()
	dir := lay(t, map[string]string{".gitignore": "*.log\nbuild/\n/cache/**\n!keep.log\n"})
	for i := range folders {
		d := filepath.Join(dir, fmt.Sprintf("d%02d", i%20), fmt.Sprintf("e%03d", i))
		must(t, os.MkdirAll(d, 0o755))
		for j := range 100 {
			name := fmt.Sprintf("f%d%s", j, []string{".go", ".csv", ".json", ".log", ".dat"}[j%5])
			must(t, os.WriteFile(filepath.Join(d, name), nil, 0o644))
		}
	}
	return dir
}

func TestMany(t *testing.T) {
	t.Parallel()
	got := find(t, probity.Unit{Target: layMany(t, 50)})
	if want := "filtered: ignored by git: 1000"; len(got) != 51 || got[50] != want {
		t.Errorf("got %d findings that end in %q, want a folder each and %q", len(got), got[len(got)-1], want)
	}
}

// BenchmarkWalk walks 100,000 files.
func BenchmarkWalk(b *testing.B) {
	dir := layMany(b, 1000)
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range New(options()).Scan(b.Context(), probity.Unit{Target: dir}) {
			must(b, err)
		}
	}
}

// TestDocuments: in a repository a manual or an archive is part of a program; elsewhere it is somebody's data.
func TestDocuments(t *testing.T) {
	t.Parallel()
	files := map[string]string{"letters/a.pdf": "%PDF-1.4", "old/all.tgz": "x", "notes/settings.yaml": "a: 1"}
	for _, git := range []bool{false, true} {
		want := []string{"letters", "old"}
		if git {
			files[".git/HEAD"], want = "ref: refs/heads/main", nil
		}
		s, err := Open(probity.Unit{Target: lay(t, files)}, Formats{})
		must(t, err)
		var got []string
		_, err = s.Walk(t.Context(), ".", func(f Folder) error {
			if f.Has(Data) {
				got = append(got, f.Path)
			}
			return nil
		})
		must(t, err)
		s.Close()
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("in a repository %v: stores (-want +got):\n%s", git, d)
		}
	}
}
