package policies

import (
	"strings"
	"testing"
)

func FuzzMetadata(f *testing.F) {
	f.Add(ruleText("a-rule", "true"))
	f.Add("# METADATA\n# custom: {classes: [bucket]}\npackage user.x\n")
	f.Add("# METADATA\n# a: &a [*a]\n# custom: *a\npackage user.x\n")
	f.Fuzz(func(t *testing.T, src string) {
		r, err := readMetadata("x.rego", []byte(src))
		switch {
		case err == nil && (r.ID == "" || len(r.Classes) == 0 || r.Source.Line < 1):
			t.Errorf("taken without what a rule needs: %+v", r)
		case err != nil && (strings.Contains(err.Error(), "\n") || !strings.HasPrefix(err.Error(), "x.rego:")):
			t.Errorf("an error is one line with the file's name: %q", err)
		}
		if _, _, _, err := readUserFile("x.rego", []byte(src)); err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("an error is one line: %q", err)
		}
	})
}

func FuzzFramework(f *testing.F) {
	f.Add("id: x\ntitle: X\nversion: 1\napplies: always\nas_of: 2026-01-01\ncontrols:\n- {id: a, title: A, mode: manual, why: w}\n")
	f.Fuzz(func(t *testing.T, src string) {
		if _, err := readFramework("x.yaml", []byte(src)); err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("an error is one line: %q", err)
		}
	})
}
