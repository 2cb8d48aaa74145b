package policies

import (
	"slices"
	"testing"

	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/probity-scan/probity"
)

// countriesOf evaluates a set of countries in the library of rules.
func countriesOf(t *testing.T, query string) []string {
	t.Helper()
	const file = "rules/lib/countries.rego"
	src, err := builtin.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	found, err := rego.New(rego.Module(file, string(src)), rego.Query("data.probity.lib.countries."+query)).Eval(t.Context())
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	var got []string
	for _, country := range found[0].Expressions[0].Value.([]any) {
		got = append(got, country.(string))
	}
	slices.Sort(got)
	return got
}

// TestEEA: rules in Rego and the vocabulary know the same countries.
func TestEEA(t *testing.T) {
	t.Parallel()
	if got, want := countriesOf(t, "eea"), probity.EEA(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestAdequacy: rules in Rego and the vocabulary know the same decisions.
func TestAdequacy(t *testing.T) {
	t.Parallel()
	for exporter, area := range map[string]string{"DE": "eu", "NO": "efta", "GB": "uk", "CH": "ch"} {
		full, partly := countriesOf(t, "adequate."+area), countriesOf(t, "partly."+area)
		for a := 'A'; a <= 'Z'; a++ {
			for b := 'A'; b <= 'Z'; b++ {
				country := string(a) + string(b)
				got := probity.AdequacyOf(exporter, country)
				if country == exporter { // rules never ask
					continue
				}
				want := probity.NoDecision
				switch {
				case slices.Contains(probity.EEA(), exporter) && slices.Contains(probity.EEA(), country):
					want = probity.Domestic
				case slices.Contains(full, country):
					want = probity.Adequate
				case slices.Contains(partly, country):
					want = probity.PartlyAdequate
				}
				if got != want {
					t.Errorf("from %s to %s: got %s, want %s", exporter, country, got, want)
				}
			}
		}
	}
	if got := probity.AdequacyOf("US", "DE"); got != probity.NoSuchLaw {
		t.Errorf("from the US: got %s", got)
	}
}
