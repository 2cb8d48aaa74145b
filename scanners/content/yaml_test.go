package content_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/content"
)

func TestYAML(t *testing.T) {
	t.Parallel()
	run(t, map[string]edge{
		"keys": {"a.yaml", "people:\n  - name: Ada\n    phone: 030 1234\n    tags: [x, 'y']\n    on: true\n    gone: ~\n  - name: |\n      Bob\n      Ray\n",
			[]string{"people[].name|name|Ada", "people[].phone|phone|030 1234", "people[].tags[]|tags|x", "people[].tags[]|tags|y", "people[].name|name|Bob\nRay\n"}, content.YAML, 1, ""},
		"elements are records":  {"a.yml", "- id: 1\n- id: 2\n", []string{"[].id|id|1", "[].id|id|2"}, content.YAML, 2, ""},
		"several documents":     {"a.yaml", "%YAML 1.2\n---\na: x\n---\nb: y\n...\n", []string{"a|a|x", "b|b|y"}, content.YAML, 2, ""},
		"anchors":               {"a.yaml", "a: &x\n  k: v\nb: *x\nc:\n  <<: *x\n  m: w\n? [p, q]\n: r\n", []string{"a.k|k|v", "c.m|m|w", "*[]||p", "*[]||q", "*||r"}, content.YAML, 1, ""},
		"keys that are data":    {"a.yaml", "a@example.org:\n  age: 3\n", []string{"{}||a@example.org", "*.age|age|3"}, content.YAML, 1, ""},
		"comments":              {"a.yaml", "# by Ada\na: x # of Bob\n", []string{"||# by Ada", "||# of Bob", "a|a|x"}, content.YAML, 1, ""},
		"does not parse":        {"a.yaml", "---\na: x\n---\nb: 'y\nc: [\n---\nd: z\n", []string{"a|a|x", "||---", "||b: 'y", "||c: [", "d|d|z"}, content.YAML, 5, "unreadable: YAML that does not parse is read as text, without its keys: the first at line 3"},
		"an anchor that is not": {"a.yaml", "a: *secret\n", []string{"||a: *secret"}, content.YAML, 1, "unreadable: YAML that does not parse is read as text, without its keys: the first at line 1"},
		"a template":            {"a.yaml", "{{- if .x }}\nb: x\n", []string{"||{{- if .x }}", "||b: x"}, content.YAML, 2, ""},
		"UTF-16":                {"a.yaml", utf16le("\ufeffa: Zoë\n"), []string{"a|a|Zoë"}, content.YAML, 1, ""},
	})
}

// TestYAMLLines: a place is told where its first key stands, in whichever document.
func TestYAMLLines(t *testing.T) {
	t.Parallel()
	lines := map[string]int{}
	if _, err := content.Read(t.Context(), "a.yaml", strings.NewReader("# x\na: 1\n---\n\nb:\n  c: 2\n"), content.Options{}, func(c *content.Column, _ []byte) error {
		lines[c.Path] = c.Line
		return nil
	}); err != nil || lines["a"] != 2 || lines["b.c"] != 6 {
		t.Errorf("got %v, error %v; want a at line 2, b.c at line 6", lines, err)
	}
}

// TestYAMLInPieces: a document of any length is read by its keys, as if it were short.
func TestYAMLInPieces(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ begin, each, path string }{
		"elements":         {"", "- name: \"N%d\"\n  note: >\n    some: words\n", "[].name"},
		"keys":             {"", "k%dx:\n  - name: N%[1]d\n    note: 'x'\n", "k*x[].name"},
		"below a key":      {"a: 1\npeople:\n", "  - name: N%d\n    note: |\n      - no: element\n    tags: [a,\n      b: c]\n", "people[].name"},
		"beside a key":     {"people:\n", "- name: N%d\n  \"quoted\": x\n", "people[].name"},
		"far in":           {"- - a:\n      b:\n", "        k%dx:\n        - name: N%[1]d\n", "[][].a.b.k*x[].name"},
		"lines in a quote": {"a:\n", "  - \"x\n  - fake: y\n  z\"\n  - name: N%d\n", "a[].name"},
		"dashes":           {"a:\n", "  -\n    name: N%d\n  - - x\n    - y: z\n", "a[].name"},
		"Windows":          {"a:\r\n", "  - name: N%d\r\n    note: |-\r\n      b: c\r\n", "a[].name"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const n = 20000
			all := map[string]bool{}
			rep, err := content.Read(t.Context(), "a.yaml", strings.NewReader(c.begin+numbered(c.each, n)), content.Options{}, func(col *content.Column, b []byte) error {
				if path := col.Path; path == c.path || strings.Contains(c.path, "k*") && strings.HasSuffix(path, ".name") {
					all[string(b)] = true
				}
				if col.Path == "" {
					t.Errorf("got %q as text", b)
				}
				return nil
			})
			if err != nil || rep.Gap != nil || !all["N0"] || !all[fmt.Sprintf("N%d", n-1)] || len(all) < n {
				t.Errorf("got %d names, gap %q, error %v", len(all), gap(rep.Gap), err)
			}
		})
	}
}

func TestYAMLAnchorsInPieces(t *testing.T) {
	t.Parallel()
	got, rep := read(t, "a.yaml", numbered("- &a%d x\n- *a%[1]d\n", 20000), content.Options{})
	if rep.Gap != nil || len(got) != 20000 {
		t.Errorf("got %d cells, gap %q", len(got), gap(rep.Gap))
	}
}

func TestHostileYAML(t *testing.T) {
	t.Parallel()
	laughs := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'k'; c++ {
		laughs += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c, ", c-1), 9), ", "))
	}
	for name, c := range map[string]struct {
		in    string
		most  int // cells
		lost  bool
		bytes int64
	}{
		"laughs":            {laughs, 9, false, 0},
		"brackets":          {strings.Repeat("[", 100000), 2, true, 0},
		"levels":            {levels(), 700, false, 0},
		"a line":            {"a: " + strings.Repeat("x", 3<<20) + "\n", 50, true, 0},
		"an open quote":     {"a: \"" + strings.Repeat("x\n", 2<<20), 3 << 20, true, 0},
		"keys of one level": {"{" + strings.Repeat("a: 1,", 100000) + "}", 100001, false, 0},
		"cut by the budget": {"a: \"" + strings.Repeat("x\n", 2<<20), 3 << 20, false, 1000},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, rep := read(t, "a.yaml", c.in, content.Options{Bytes: c.bytes})
			if len(got) > c.most || (rep.Gap != nil && rep.Gap.Reason == probity.Unreadable) != c.lost {
				t.Errorf("got %d cells, gap %q", len(got), gap(rep.Gap))
			}
		})
	}
}

// levels is a document of mappings in mappings.
func levels() string {
	var b strings.Builder
	for i := range 700 {
		fmt.Fprintf(&b, "%*sk:\n", i, "")
	}
	return b.String() + strings.Repeat(" ", 700) + "k: x\n"
}
