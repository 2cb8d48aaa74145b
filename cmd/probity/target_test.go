package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTargetsApart: identities are made of paths, so that stores of two repositories must not share one.
func TestTargetsApart(t *testing.T) {
	t.Parallel()
	repo := func(home, base string) target {
		return target{scanner: "tree", abs: home + "/" + base, home: home, base: base}
	}
	for name, c := range map[string]struct {
		in   []target
		want []string
	}{
		"one":                       {[]target{repo("/src/a", "infra")}, []string{"infra"}},
		"one, twice":                {[]target{repo("/src/a", "infra"), repo("/src/a", "infra")}, []string{"infra"}},
		"two of one repository":     {[]target{repo("/src/a", "infra"), repo("/src/a", "db")}, []string{"infra", "db"}},
		"two repositories":          {[]target{repo("/src/a", "infra"), repo("/src/b", "infra")}, []string{"a/infra", "b/infra"}},
		"repositories of one name":  {[]target{repo("/src/x/a", "infra"), repo("/src/y/a", "infra")}, []string{"x/a/infra", "y/a/infra"}},
		"whole repositories":        {[]target{repo("/src/a", ""), repo("/src/b", "")}, []string{"a", "b"}},
		"a repository inside other": {[]target{repo("/src", "a"), repo("/src/a", "a")}, []string{"src/a", "a/a"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, x := range apart(c.in, false) {
				got = append(got, x.base)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestTargetsBesidesARepository: paths in a repository stay what its host knows, whatever else is scanned with it.
func TestTargetsBesidesARepository(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, d := range []string{"src/.git", "src/runner"} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	at := func(home, base string) target {
		return target{scanner: "tree", abs: filepath.Join(dir, home, base), home: filepath.Join(dir, home), base: base}
	}
	for name, c := range map[string]struct {
		in   []target
		want []string
	}{
		"a plan elsewhere":                 {[]target{at("src", "infra"), at("tmp", "plan.json")}, []string{"infra", "tmp/plan.json"}},
		"all of the repository":            {[]target{at("tmp", "plan.json"), at("src", "")}, []string{"tmp/plan.json", ""}},
		"a name that the repository bears": {[]target{at("src", "infra"), at("a/runner", "plan.json")}, []string{"infra", "a/runner/plan.json"}},
		"two folders of one name":          {[]target{at("src", "infra"), at("a/x", "p.json"), at("b/x", "p.json")}, []string{"infra", "a/x/p.json", "b/x/p.json"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, x := range apart(c.in, false) {
				got = append(got, x.base)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRedacted(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"./infra":                         "./infra",
		"postgres://u:hunter2@db/x":       "postgres://u:***@db/x",
		"postgres://u:p@ss/w:d@db/x":      "postgres://u:***@db/x",
		"postgres://u@db/x?password=a&b=": "postgres://u@db/x?password=***&b=",
		"s3://bucket/prefix":              "s3://bucket/prefix",
	} {
		if got := redacted(in); got != want {
			t.Errorf("redacted(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestConfinedOutputs: a configuration that was found writes below the current directory, through no link, over nothing but a
// report.
func TestConfinedOutputs(t *testing.T) {
	t.Chdir(t.TempDir())
	outside := t.TempDir()
	victim := filepath.Join(outside, "authorized_keys")
	for path, text := range map[string]string{victim: "keys", "main.go": "package main", "old.json": `{"format":"1.0"}`} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(outside, "out"); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{"json=out/authorized_keys": "escapes", "json=main.go": "no report", "json=old.json": "", "json=new.json": ""} {
		o, err := openOutputs([]spec{{text: text, confined: true}}, nil)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: got %v, want %q", text, err, want)
		}
		if err == nil {
			o.discard()
		}
	}
	if b, err := os.ReadFile(victim); err != nil || string(b) != "keys" {
		t.Errorf("outside: %q %v", b, err)
	}
	o, err := openOutputs([]spec{{text: "json=main.go"}}, nil)
	if err != nil {
		t.Fatalf("what a person names may be replaced: %v", err)
	}
	o.discard()
	left, err := filepath.Glob(".*")
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// TestOutputsThatAreNoFiles: a device or a pipe is written to, and stays what it is; a wrong place costs no scan.
func TestOutputsThatAreNoFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	link := filepath.Join(dir, "link.json")
	if err := os.Symlink(filepath.Join(dir, "real.json"), link); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "real.json"), []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	o, err := openOutputs([]spec{{text: "json=" + os.DevNull}, {text: "sarif=" + link}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	o.discard()
	if after, err := os.Stat(os.DevNull); err != nil || after.Mode() != before.Mode() {
		t.Errorf("%s became %v", os.DevNull, after.Mode())
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link became %v", info.Mode())
	}
	for _, specs := range [][]spec{
		{{text: "json=" + dir}}, {{text: "json=" + dir + "/a"}, {text: "sarif=" + dir + "/./a"}}, {{text: "json=" + dir + "/none/a"}}, {{text: "json"}, {text: "html=-"}}, {{text: "pdf=a"}},
	} {
		if o, err := openOutputs(specs, nil); err == nil {
			o.discard()
			t.Errorf("%v: want an error", specs)
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, ".*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}
