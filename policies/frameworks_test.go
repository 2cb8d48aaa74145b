package policies

import (
	"os"
	"slices"
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
	frameworks, err := readFrameworks(os.DirFS("."), "frameworks")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	ids, checks, served, asked := map[string]bool{}, map[string]bool{}, map[probity.Obligation]bool{}, map[probity.Obligation]bool{}
	for _, c := range rows {
		checks[c.ID] = true
	}
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
			for _, id := range c.Checks {
				if !checks[id] {
					t.Errorf("%s %s names check %s, which is no row of the catalogue", f.ID, c.ID, id)
				}
			}
			if c.Mode != probity.Manual && !slices.ContainsFunc(rules, func(r probity.Rule) bool { return r.Serves(c) }) {
				t.Errorf("%s %s is %s, and no rule gives evidence for it: say that it is manual, and why", f.ID, c.ID, c.Mode)
			}
		}
	}
	for o := range served {
		if !asked[o] {
			t.Errorf("obligation %s is in no framework", o)
		}
	}
	var got []string
	for _, f := range frameworks {
		got = append(got, f.ID)
	}
	want := []string{"ccpa", "cis-aws", "dora", "dpdp", "fedramp-moderate", "fsbp", "gdpr", "hipaa", "iso-27001", "iso-27018", "iso-27701", "lgpd", "nis2",
		"nist-800-53", "nist-privacy", "pci-dss", "soc2", "uk-gdpr"}
	if !slices.Equal(got, want) {
		t.Errorf("got frameworks %v, want %v", got, want)
	}
}

// TestLawLeavesJudgement: what a law leaves to judgement no rule decides.
func TestLawLeavesJudgement(t *testing.T) {
	t.Parallel()
	frameworks, err := readFrameworks(os.DirFS("."), "frameworks")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range frameworks {
		law := slices.Contains([]string{"gdpr", "uk-gdpr", "lgpd", "dpdp", "ccpa", "hipaa", "nis2", "dora"}, f.ID)
		for _, c := range f.Controls {
			if law && c.Mode == probity.Automatic {
				t.Errorf("%s %s is automatic", f.ID, c.ID)
			}
		}
	}
}

func TestBadFrameworks(t *testing.T) {
	t.Parallel()
	const head = "id: x\ntitle: X\nversion: 1\npublisher: P\napplies: always\nwhen: {providers: [aws]}\nas_of: 2026-01-01\ncontrols:\n"
	for name, tc := range map[string]struct{ text, want string }{
		"unknown key":      {head + "- {id: a, title: A, mode: manual, why: w, colour: red}\n", "x.yaml:9: framework has no key \"colour\""},
		"manual, no why":   {head + "- {id: a, title: A, mode: manual}\n", "control a is manual: say why"},
		"automatic, empty": {head + "- {id: a, title: A, mode: automatic}\n", "name the obligations"},
		"twice":            {head + "- {id: a, title: A, mode: manual, why: w}\n- {id: a, title: A, mode: manual, why: w}\n", "there twice"},
		"bad mode":         {head + "- {id: a, title: A, mode: maybe, why: w}\n", `mode "maybe"`},
		"no controls":      {head, "needs id"},
		"no condition":     {strings.Replace(head, "when: {providers: [aws]}\n", "", 1) + "- {id: a, title: A, mode: manual, why: w}\n", "a condition has one of"},
		"two conditions":   {strings.Replace(head, "[aws]", "[aws], data: [health]", 1) + "- {id: a, title: A, mode: manual, why: w}\n", "a condition has one of"},
		"a part with none": {strings.Replace(head, "{providers: [aws]}", "{all: [{}]}", 1) + "- {id: a, title: A, mode: manual, why: w}\n", "a condition has one of"},
		"not YAML":         {"id: [", "x.yaml:"},
	} {
		if _, err := readFramework("x.yaml", []byte(tc.text)); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", name, err, tc.want)
		}
	}
}
