package aws_test

import (
	"encoding/json"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// filled fails the test where filling the emulator does.
func filled(t *testing.T) func(error) {
	return func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
}

// wantFact compares a fact's value, as JSON; of one that is not known, its gap.
func wantFact(t *testing.T, a probity.Asset, path probity.Path, want string) {
	t.Helper()
	for p, l := range probity.Leaves(a) {
		if p != path {
			continue
		}
		v, gap := l.Value()
		if gap != nil {
			v = gap
		}
		if o, ok := v.(probity.Optional[string]); ok {
			if v = nil; o.Set {
				v = o.Value
			}
		}
		got, err := json.Marshal(v)
		if err != nil || string(got) != want {
			t.Errorf("%s: %s is %s, want %s (%v)", a.ID, path, got, want, err)
		}
		return
	}
	t.Errorf("%s has no %s", a.ID, path)
}

// everyFactAsked: a fact that an attribute says has been asked of an API.
func everyFactAsked(t *testing.T, found awstest.Scanned) {
	t.Helper()
	for _, a := range found.Assets {
		for p, l := range probity.Leaves(a) {
			if _, gap := l.Value(); gap != nil && gap.Reason == probity.NotCollected && gap.Because != "" {
				t.Errorf("%s: %s: %s", a.ID, p, gap.Because)
			}
		}
	}
}
