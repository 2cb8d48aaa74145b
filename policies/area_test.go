package policies

import (
	"slices"
	"testing"

	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/probity-scan/probity"
)

// TestEEA: rules in Rego and the vocabulary know the same countries.
func TestEEA(t *testing.T) {
	t.Parallel()
	const file = "rules/lib/countries.rego"
	src, err := builtin.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	found, err := rego.New(rego.Module(file, string(src)), rego.Query("data.probity.lib.countries.eea")).Eval(t.Context())
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	var got []string
	for _, country := range found[0].Expressions[0].Value.([]any) {
		got = append(got, country.(string))
	}
	slices.Sort(got)
	if want := probity.EEA(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
