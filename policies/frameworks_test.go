package policies

import (
	"strings"
	"testing"

	"github.com/probity-scan/probity"
)

// TestFrameworksMeetRules: no obligation stands alone, on either side.
func TestFrameworksMeetRules(t *testing.T) {
	t.Parallel()
	rules, err := index()
	if err != nil {
		t.Fatal(err)
	}
	frameworks, err := readFrameworks(builtin, "frameworks")
	if err != nil {
		t.Fatal(err)
	}
	ids, served, asked := map[string]bool{}, map[probity.Obligation]bool{}, map[probity.Obligation]bool{}
	for _, r := range rules {
		ids[r.ID] = true
		for _, o := range r.Obligations {
			served[o] = true
		}
	}
	for _, f := range frameworks {
		for _, c := range f.Controls {
			for _, o := range c.Obligations {
				asked[o] = true
				if !served[o] {
					t.Errorf("%s %s names obligation %s, which no rule serves", f.ID, c.ID, o)
				}
			}
			for _, id := range c.Rules {
				if !ids[id] {
					t.Errorf("%s %s names rule %s, which is not there", f.ID, c.ID, id)
				}
			}
		}
	}
	for o := range served {
		if !asked[o] {
			t.Errorf("obligation %s is in no framework", o)
		}
	}
	for _, want := range []string{"gdpr", "nist-800-53", "pci-dss"} {
		found := false
		for _, f := range frameworks {
			found = found || strings.HasPrefix(f.ID, want)
		}
		if !found {
			t.Errorf("framework %s is missing", want)
		}
	}
}

func TestBadFrameworks(t *testing.T) {
	t.Parallel()
	const head = "id: x\ntitle: X\nversion: 1\npublisher: P\napplies: always\nas_of: 2026-01-01\ncontrols:\n"
	for name, tc := range map[string]struct{ text, want string }{
		"unknown key":      {head + "- {id: a, title: A, mode: manual, why: w, colour: red}\n", "x.yaml:8: framework has no key \"colour\""},
		"manual, no why":   {head + "- {id: a, title: A, mode: manual}\n", "control a is manual: say why"},
		"automatic, empty": {head + "- {id: a, title: A, mode: automatic}\n", "name the obligations"},
		"twice":            {head + "- {id: a, title: A, mode: manual, why: w}\n- {id: a, title: A, mode: manual, why: w}\n", "there twice"},
		"bad mode":         {head + "- {id: a, title: A, mode: maybe, why: w}\n", `mode "maybe"`},
		"no controls":      {head, "needs id"},
		"not YAML":         {"id: [", "x.yaml:"},
	} {
		if _, err := readFramework("x.yaml", []byte(tc.text)); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", name, err, tc.want)
		}
	}
}
