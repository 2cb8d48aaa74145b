package gate

import (
	"testing"

	"github.com/probity-scan/probity"
)

// renamed is the scan of a release that calls rule versioning otherwise.
func renamed() probity.Scan {
	s := scanOf([]probity.Asset{bucket("a", false)}, fail("keeps-versions", "a", probity.Medium, "d1"))
	s.Rules[0].ID, s.Rules[0].Aliases = "keeps-versions", []string{"versioning"}
	return s
}

// TestAliases: what people wrote under a rule's former name holds under its new one.
func TestAliases(t *testing.T) {
	t.Parallel()
	w := probity.Waiver{Rule: "versioning", Asset: "a", Reason: "old", Owner: "me", Until: day(90)}
	for name, c := range map[string]struct {
		o    Options
		code int
	}{
		"nothing":                 {Options{}, Findings},
		"waiver":                  {Options{Waivers: []Waiver{{Waiver: w}}}, Clean},
		"waiver of another":       {Options{Waivers: []Waiver{{Waiver: probity.Waiver{Rule: "version", Asset: "a", Reason: "old", Owner: "me", Until: day(90)}}}}, Findings},
		"threshold":               {Options{Thresholds: []Thresholds{{FailOn: probity.Low, Rules: map[string]probity.Severity{"versioning": None}}}}, Clean},
		"threshold, by a pattern": {Options{Thresholds: []Thresholds{{FailOn: probity.Low, Rules: map[string]probity.Severity{"version*": None}}}}, Clean},
		"baseline":                {Options{Baseline: baselineOf(t, one(probity.Medium), nil)}, Clean},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, d := judged(t, renamed(), c.o)
			if d.Code != c.code {
				t.Errorf("got %d: %s", d.Code, d.Reason)
			}
			if c.code == Clean && len(s.Notices) > 0 {
				t.Errorf("somebody is told: %q", notices(s))
			}
		})
	}
}
