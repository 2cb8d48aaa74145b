package kubernetes_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	probity "github.com/probity-scan/probity"
)

// told gives the IDs of assets and the texts of gaps.
func told(found []probity.Found) (ids, gaps string) {
	for _, f := range found {
		switch f := f.(type) {
		case probity.Asset:
			ids += f.ID + "\n"
		case probity.Coverage:
			if f.Gap != nil {
				gaps += f.Gap.String() + "\n"
			}
		}
	}
	return ids, gaps
}

// Each manifest stands before a good one, which must be found still.
func TestHostileManifests(t *testing.T) {
	t.Parallel()
	bomb := "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bomb}\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := range 9 {
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
	}
	merge := "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bomb}\nm0: &m0 {k: v}\n"
	for i := range 30 {
		merge += fmt.Sprintf("m%d: &m%d {<<: [*m%d, *m%d]}\n", i+1, i+1, i, i)
	}
	for name, c := range map[string]struct {
		text string
		gap  string
	}{
		"aliases":         {bomb, "expands to more values"},
		"merges":          {merge, "expands to more values"},
		"holds itself":    {"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: &d\n  x: *d\n", ""},
		"merges itself":   {"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: &d\n  <<: *d\n", ""},
		"deep":            {"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: " + strings.Repeat("[", 3000) + strings.Repeat("]", 3000) + "\n", "nested too deep"},
		"syntax":          {"apiVersion: v1\nkind: [\n", "no YAML"},
		"a template":      {"apiVersion: v1\nkind: {{ .Values.kind }}\nmetadata: {name: {{ x }} }\n", "nothing here renders"},
		"no name":         {"apiVersion: v1\nkind: Secret\ndata: [1]\n", ""},
		"other types":     {"apiVersion: apps/v1\nkind: Deployment\nmetadata: [a]\nspec: {template: {spec: {containers: {a: b}, volumes: 3}}}\n", ""},
		"list of a list":  {"apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: List, items: [1]}]}]}]\n", ""},
		"numbers as keys": {"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: 1e999, labels: {1: 2}}\ndata: {? [a] : b}\n", ""},
		"100,000 lines":   {"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: long}\ndata:\n" + strings.Repeat("  key: value\n", 100_000), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, dir, "a.yaml", c.text+"---\n"+postgres)
			ids, gaps := told(scan(t, probity.Unit{Scanner: "tree", Target: dir}))
			if !strings.Contains(ids, "apps/StatefulSet/default/db\n") {
				t.Errorf("got %q, want the good one still", ids)
			}
			if c.gap == "" && strings.Contains(gaps, "YAML") || !strings.Contains(gaps, c.gap) {
				t.Errorf("got gaps %q, want %q", gaps, c.gap)
			}
		})
	}
}

func TestLongManifest(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var b strings.Builder
	for i := range 6000 {
		fmt.Fprintf(&b, "---\n%s", strings.Replace(postgres, "name: db\n", fmt.Sprintf("name: db%d\n", i), 1))
	}
	write(t, dir, "a.yaml", b.String())
	ids, gaps := told(scan(t, probity.Unit{Scanner: "tree", Target: dir}))
	if n := strings.Count(ids, "StatefulSet"); n != 6000 || gaps != "" {
		t.Errorf("got %d stores and gaps %q, want 6000", n, gaps)
	}
}

// packed is a chart as an archive.
func packed(t testing.TB, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	for name, text := range files {
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(text))}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestHostileCharts(t *testing.T) {
	t.Parallel()
	const head = "apiVersion: v2\nname: sub\nversion: 1.0.0\n"
	for name, c := range map[string]struct {
		sub  string
		gap  string
		also string
	}{
		"packed":       {packed(t, map[string]string{"sub/Chart.yaml": head, "sub/templates/s.yaml": secretText}), "", "core/Secret/default/s"},
		"no archive":   {"\x1f\x8bnothing", "a chart below that cannot be read", ""},
		"climbs":       {packed(t, map[string]string{"sub/Chart.yaml": head, "sub/../../../climbed.yaml": secretText}), "a chart below that cannot be read", ""},
		"absolute":     {packed(t, map[string]string{"/sub/Chart.yaml": head, "/etc/x": "x"}), "a chart below that cannot be read", ""},
		"tar bomb":     {packed(t, map[string]string{"sub/Chart.yaml": head, "sub/templates/a.yaml": strings.Repeat("#", 200<<20)}), "a chart below that cannot be read", ""},
		"without name": {packed(t, map[string]string{"sub/Chart.yaml": "a: b\n"}), "a chart below that cannot be read", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, dir, "chart/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n")
			write(t, dir, "chart/templates/db.yaml", postgres)
			write(t, dir, "chart/charts/sub-1.0.0.tgz", c.sub)
			ids, gaps := told(scan(t, probity.Unit{Scanner: "tree", Target: dir}))
			if !strings.Contains(ids, "apps/StatefulSet/default/db\n") || !strings.Contains(ids, c.also) {
				t.Errorf("got %q, want the chart's own store and %q", ids, c.also)
			}
			if c.gap == "" && gaps != "" || !strings.Contains(gaps, c.gap) {
				t.Errorf("got gaps %q, want %q", gaps, c.gap)
			}
		})
	}
}

// Links are not followed, neither in circles nor out of the repository.
func TestLinksInCharts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "outside/s.yaml", secretText)
	write(t, dir, "repo/chart/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n")
	write(t, dir, "repo/chart/templates/db.yaml", postgres)
	for name, to := range map[string]string{"templates/loop": "..", "templates/out.yaml": "../../../outside/s.yaml", "charts": "."} {
		if err := os.Symlink(to, filepath.Join(dir, "repo/chart", filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
	}
	ids, gaps := told(scan(t, probity.Unit{Scanner: "tree", Target: filepath.Join(dir, "repo")}))
	if ids != "apps/StatefulSet/default/db\n" || !strings.Contains(gaps, "symbolic links are not followed") {
		t.Errorf("got %q and gaps %q, want the store alone, and links told", ids, gaps)
	}
}

// No value of a Secret, a variable or a connection string is in what is found.
func TestKeepsNoValues(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "a.yaml", secretText+`---
apiVersion: v1
kind: ConfigMap
metadata: {name: c}
data:
  password: opensesame1
  url: postgres://app:opensesame2@db/x?sslmode=disable
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec: {template: {spec: {containers: [{name: a, image: a, env: [{name: PASSWORD, value: opensesame3}], args: ["--token=opensesame4"]}]}}}
---
bad: [opensesame5
`)
	for _, f := range scan(t, probity.Unit{Scanner: "tree", Target: dir}) {
		if text := fmt.Sprintf("%+v", f); strings.Contains(text, "opensesame") {
			t.Errorf("got a value in %T", f)
		}
	}
}
