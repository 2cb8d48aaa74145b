package detectors_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
	"github.com/probity-scan/probity/scanners/personaldata/synthetic"
)

// Checks agree with generators that compute check digits in other ways: what is issued passes, and with another last
// character it does not.
func TestChecksAgreeWithIssuers(t *testing.T) {
	t.Parallel()
	byID := map[string]detectors.Detector{}
	for _, d := range detectors.All() {
		byID[d.ID] = d
	}
	for _, id := range synthetic.Numbers() {
		d, known := byID[id]
		if !known {
			t.Errorf("%s: no detector", id)
			continue
		}
		r := rand.New(rand.NewPCG(1, 2))
		for range 500 {
			good, bad := synthetic.Number(r, id, false), synthetic.Number(r, id, true)
			if !passes(d, good) {
				t.Errorf("%s: %s is refused", id, good)
				break
			}
			if passes(d, bad) && !strings.Contains("cn-rid is-kennitala", id) {
				t.Errorf("%s: %s passes", id, bad)
				break
			}
		}
	}
}

func passes(d detectors.Detector, number string) bool {
	if d.Check == nil {
		return d.Find([]byte(number), 0).Strength > detectors.Rejected
	}
	code := strings.Map(func(c rune) rune {
		if strings.ContainsRune(" -./", c) {
			return -1
		}
		return c
	}, number)
	return d.Check(detectors.Of([]byte(code))) > detectors.Rejected
}
