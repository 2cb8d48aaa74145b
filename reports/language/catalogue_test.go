package language

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
)

// said finds messages: in Go as Say("…") and Count("…"), in templates as t, th and count.
var said = regexp.MustCompile(`(?:\.(?:Say|Count|Key)\(|[{(]+(?:t|th|count) )("(?:[^"\\]|\\.)*")`)

// messages are all that the reports say, with the words of the vocabulary that they show.
func messages(t *testing.T) []string {
	t.Helper()
	seen := map[string]bool{}
	err := filepath.WalkDir("..", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(p, "_test.go") || !strings.HasSuffix(p, ".go") && !strings.HasSuffix(p, ".gohtml") {
			return err
		}
		b, err := os.ReadFile(p)
		for _, m := range said.FindAllSubmatch(b, -1) {
			key, err := strconv.Unquote(string(m[1]))
			if err != nil {
				t.Errorf("%s: %s: %v", p, m[1], err)
			}
			seen[key] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, values := range [][]string{probity.Severity("").Values(), probity.Category("").Values(), probity.Class("").Values(), probity.Mode("").Values(),
		probity.State("").Values(), probity.ReviewVerdict("").Values(), probity.Protection("").Values(),
		{string(probity.CopyOf), string(probity.ReplicaOf), string(probity.SnapshotOf), "kept"}, {"controller", "processor", "joint"},
		{"inside the EEA", "third country, basis declared", "third country, no basis declared", "country not known",
			"inside the exporter's country", "third country, adequate by decision", "third country, adequacy declared and no decision known"},
		{"joint controller", "on behalf of the controller"}, {"rows", "cells", "objects", "keys"},
		{string(probity.Unreachable), string(probity.Unreadable), string(probity.Failed)},
		{"an unknown place"},                                                     // which findings are told with
		{"parameters", "sample for personal data"},                               // inputs of scans, and why content was read
		probity.Ground("").Values(), probity.Question("").Values(), {"personal"}, // why a framework applies, and what people have to declare
		{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}} {
		for _, v := range values {
			seen[v] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// A catalogue says all that is said, and nothing that nobody says; each of its forms has the names of the English.
func TestCatalogues(t *testing.T) {
	t.Parallel()
	want := messages(t)
	if len(want) < 200 {
		t.Fatalf("%d messages were found in the sources: the pattern does not see them", len(want))
	}
	for _, code := range Codes() {
		l, err := Of(code)
		if err != nil {
			t.Fatal(err)
		}
		if l == nil {
			continue
		}
		for _, key := range want {
			if _, ok := l.messages[key]; !ok {
				t.Errorf("%s lacks %q", code, key)
			}
		}
		for _, key := range slices.Sorted(maps.Keys(l.messages)) {
			if !slices.Contains(want, key) {
				t.Errorf("%s has %q, which nobody says", code, key)
			}
			for form, text := range l.messages[key] {
				names, in := placeholders(key), placeholders(text)
				slices.Sort(names)
				slices.Sort(in)
				if form != "other" && !slices.Contains(in, "n") { // "one" may say it without a figure
					names = slices.DeleteFunc(names, func(n string) bool { return n == "n" })
				}
				if !slices.Equal(names, in) {
					t.Errorf("%s: %q (%s) names %v, want %v", code, key, form, in, names)
				}
				if strings.ContainsAny(text, "<>&") {
					t.Errorf("%s: %q holds markup", code, key)
				}
			}
			if _, plural := l.messages[key]["one"]; plural != strings.Contains(key, "|") && code != "en" {
				t.Errorf("%s: %q has plural forms where English has none, or none where it has", code, key)
			}
		}
	}
}

// A key that stands twice would be read once.
func TestCataloguesAreStrict(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"a key twice": "a: b\na: c\n", "a form that is none": "a: {single: b, other: c}\n", "no other": "a: {one: b}\n", "no catalogue": "- a\n",
	} {
		if _, err := parse("de", []byte(text)); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
