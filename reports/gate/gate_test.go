package gate

import (
	"strings"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
)

func TestDecide(t *testing.T) {
	t.Parallel()
	found := func(s probity.Severity, n int) *reports.Counts {
		return &reports.Counts{Severities: map[probity.Severity]int{s: n}, Reasons: map[probity.Reason]int{probity.Computed: 2}}
	}
	lost := func(c *reports.Counts) *reports.Counts {
		c.Losses = []reports.LossCount{{What: "labels", Gap: probity.Gap{Reason: probity.Denied}}, {What: "files"}}
		return c
	}
	for name, tc := range map[string]struct {
		counts *reports.Counts
		o      Options
		want   int
		says   string
	}{
		"nothing found":           {found(probity.Low, 0), Options{}, Clean, "no finding"},
		"any finding fails":       {found(probity.Low, 1), Options{}, Findings, "1 finding"},
		"below the threshold":     {found(probity.Medium, 3), Options{FailOn: probity.High}, Clean, "no finding at or above high"},
		"at the threshold":        {found(probity.High, 3), Options{FailOn: probity.High}, Findings, "3 findings at or above high"},
		"above the threshold":     {found(probity.Critical, 1), Options{FailOn: probity.High}, Findings, "1 finding"},
		"none fails":              {found(probity.Critical, 9), Options{FailOn: None}, Clean, "do not fail"},
		"lost":                    {lost(found(probity.Low, 0)), Options{}, Incomplete, "labels we were not allowed to read, and 1 more"},
		"lost, below threshold":   {lost(found(probity.Low, 1)), Options{FailOn: probity.High}, Incomplete, "incomplete"},
		"findings win over loss":  {lost(found(probity.High, 1)), Options{}, Findings, "1 finding"},
		"a fact was lost":         {&reports.Counts{Gaps: []reports.GapCount{{Gap: probity.Gap{Reason: probity.Denied}}}}, Options{}, Incomplete, "incomplete"},
		"trouble is incomplete":   {&reports.Counts{Trouble: 1, Losses: []reports.LossCount{{What: "rule x", Gap: probity.Gap{Reason: probity.Failed}}}}, Options{}, Incomplete, "rule x failed"},
		"unknown that may not be": {found(probity.Low, 0), Options{FailOnUnknown: []probity.Reason{probity.Computed}}, Findings, "2 verdicts unknown: computed"},
		"unknown that may be":     {found(probity.Low, 0), Options{FailOnUnknown: []probity.Reason{probity.Unresolved}}, Clean, ""},
	} {
		if got := Decide(tc.counts, tc.o); got.Code != tc.want || !strings.Contains(got.Reason, tc.says) {
			t.Errorf("%s: got %+v, want %d %q", name, got, tc.want, tc.says)
		}
	}
}
