package policies

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestCatalogue: IDs are those that peers can have, and every row is said once.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	rows, err := Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	shapes := map[Peer]*regexp.Regexp{
		Prowler:     regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)+$`),
		Checkov:     regexp.MustCompile(`^CKV2?_[A-Z0-9]+_\d+$`),
		SecurityHub: regexp.MustCompile(`^[A-Z][A-Za-z0-9]*\.\d+$`),
		KICS:        regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`),
		Trivy:       regexp.MustCompile(`^(AWS|KSV|KCV|DS)-\d{4,5}$`),
		Tfsec:       regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)+$`),
	}
	inputs := []string{"aws", "tf", "cfn", "k8s", "db", "content", "meta"}
	last := ""
	for _, c := range rows {
		if c.ID <= last {
			t.Errorf("%s stands behind %s: sort, and say each once", c.ID, last)
		}
		last = c.ID
		if c.Kind == "" || c.Service == "" || c.Title == "" || len(c.Inputs) == 0 {
			t.Errorf("%s: a row needs kind, service, title and inputs", c.ID)
		}
		for _, in := range c.Inputs {
			if !slices.Contains(inputs, in) {
				t.Errorf("%s: input %q is none of %v", c.ID, in, inputs)
			}
		}
		for p, ids := range c.Peers {
			for _, id := range ids {
				if !shapes[p].MatchString(id) {
					t.Errorf("%s: %s has no check %q", c.ID, p, id)
				}
			}
		}
	}
	if len(rows) < 382 {
		t.Errorf("got %d rows, want those of the catalogue", len(rows))
	}
}

// TestChecks: rules name rows that are there, and each row has a rule, or a reason why it has none.
func TestChecks(t *testing.T) {
	t.Parallel()
	rows, err := Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := index()
	if err != nil {
		t.Fatal(err)
	}
	there, answered := map[string]bool{}, map[string]bool{}
	for _, c := range rows {
		there[c.ID] = true
	}
	for _, r := range rules {
		if r.Because == "" {
			t.Errorf("rule %s does not say why it is so severe: custom.because", r.ID)
		}
		for _, id := range r.Checks {
			answered[id] = true
			if !there[id] {
				t.Errorf("rule %s answers %s, which is no row of the catalogue", r.ID, id)
			}
		}
	}
	for _, c := range rows {
		if c.Left == "" && !answered[c.ID] {
			t.Errorf("row %s has no rule, and no reason why it has none", c.ID)
		}
	}
}

func TestBadCatalogue(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ text, want string }{
		"strange column": {"id,colour\na,red\n", `no column "colour"`},
		"cells missing":  {"id,title\na\n", "wrong number of fields"},
		"empty":          {"", "EOF"},
	} {
		_, err := readCatalogue(fstest.MapFS{"catalogue.csv": {Data: []byte(tc.text)}})
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", name, err, tc.want)
		}
	}
	if _, err := readCatalogue(fstest.MapFS{}); err == nil {
		t.Error("got no error for a catalogue that is not there")
	}
}
