package pipeline_test

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/probity-scan/probity"
)

const rulesDir = "../../../policies/rules"

// TestExamples scans the examples of each rule, for every source they are written for, and compares the verdicts.
func TestExamples(t *testing.T) {
	t.Parallel()
	files := ruleFiles(t, ".txtar")
	if rules := ruleFiles(t, ".rego"); len(rules) != len(files) {
		t.Errorf("%d rules have %d files of examples", len(rules), len(files))
	}
	for _, file := range files {
		id := strings.TrimSuffix(path.Base(file), ".txtar")
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			judged := map[string]bool{}
			for name, c := range casesOf(t, file) {
				if c.engine() == "" {
					t.Run(name, func(t *testing.T) { c.check(t, id) })
				}
				for _, x := range c.expect {
					judged[x.verdict] = true
				}
			}
			if !judged["fail"] || !judged["pass"] {
				t.Errorf("examples have verdicts %v, want a pass and a fail", judged)
			}
		})
	}
}

// example is one case: its folder, and what is expected of the stores in it.
type example struct {
	files  map[string][]byte
	expect []expectation
}

type expectation struct{ verdict, asset string }

// casesOf reads "<case>/<source>/<file>", where the file expect holds lines "<verdict> <asset>".
func casesOf(t *testing.T, file string) map[string]*example {
	t.Helper()
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]*example{}
	for _, f := range a.Files {
		name, rest, ok := strings.Cut(f.Name, "/")
		if !ok {
			t.Fatalf("%s: file %s is in no case", file, f.Name)
		}
		c := cases[name]
		if c == nil {
			c = &example{files: map[string][]byte{}}
			cases[name] = c
		}
		if path.Base(rest) != "expect" {
			c.files[rest] = bytes.ReplaceAll(f.Data, []byte("ACCESS-KEY"), []byte("AKI"+"A"+"QWERTZ2345NMKLPO"))
			continue
		}
		for line := range strings.Lines(string(f.Data)) {
			verdict, asset, ok := strings.Cut(strings.TrimSpace(line), " ")
			if !ok || !slices.Contains(probity.Verdict("").Values(), verdict) {
				t.Fatalf("%s: %s: want <verdict> <asset>, got %q", file, f.Name, line)
			}
			c.expect = append(c.expect, expectation{verdict, asset})
		}
	}
	return cases
}

func (c *example) check(t *testing.T, id string) {
	c.compare(t, c.job(t, id))
}

func (c *example) compare(t *testing.T, j job) {
	t.Helper()
	got := map[string]probity.Outcome{}
	for _, o := range outcomes(t, j.run(t)) {
		got[o.Asset.ID] = o
	}
	if len(c.expect) == 0 {
		t.Error("nothing is expected")
	}
	for _, x := range c.expect {
		o, ok := got[x.asset]
		switch {
		case !ok:
			t.Errorf("%s: not judged; judged are %v", x.asset, ids(got))
		case string(o.Verdict) != x.verdict:
			t.Errorf("%s: got %s, want %s; evidence %s", x.asset, o.Verdict, x.verdict, evidence(o))
		}
	}
}

// job writes the example into a folder, and scans it by one rule.
func (c *example) job(t *testing.T, id string) job {
	t.Helper()
	j := job{dir: t.TempDir(), rules: []string{id}}
	for name, b := range c.files {
		p := filepath.Join(j.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, b, 0o644); err != nil {
			t.Fatal(err)
		}
		if name == "probity.yaml" {
			j.config = p
		}
	}
	return j
}

func ids(m map[string]probity.Outcome) []string {
	var out []string
	for id := range m {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

func evidence(o probity.Outcome) string {
	var b strings.Builder
	for _, e := range o.Evidence {
		b.WriteString(string(e.Fact))
		if e.Gap != nil {
			b.WriteString(" (" + string(e.Gap.Reason) + " " + e.Gap.Because + ")")
		}
		b.WriteString("; ")
	}
	return b.String()
}

func ruleFiles(t *testing.T, ext string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(rulesDir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(p, ext) && !strings.HasSuffix(p, "_test.rego") && !strings.Contains(filepath.ToSlash(p), "/lib/") {
			out = append(out, filepath.ToSlash(p))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
