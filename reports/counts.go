package reports

import (
	"cmp"
	"maps"
	"slices"

	"github.com/probity-scan/probity"
)

// Counts is what reports and gates count, in one walk over a scan.
type Counts struct {
	Assets     int
	Outcomes   int
	Verdicts   map[probity.Verdict]int
	Findings   int                      // violations that stand
	Waived     int                      // violations accepted for a time
	Refuted    int                      // of those that are waived: what somebody called false
	Known      int                      // violations that a baseline or the base knows
	Later      int                      // violations of rules that the gate does not yet ask
	Proposed   int                      // of those that stand: with a waiver that nobody accepted yet
	Fixed      int                      // violations of the base that are there no more
	Compared   bool                     // with a base or a baseline
	Severities map[probity.Severity]int // of the violations that stand
	Rules      map[string]*RuleCounts
	Reasons    map[probity.Reason]int // unknown outcomes by the reasons of their deciding gaps; one with two counts under both
	Gaps       []GapCount             // what outcomes are unknown for, losses first, then by number
	Losses     []LossCount            // what was lost, whether or not a rule asked for it; makes the scan incomplete
	LeftOut    []LossCount            // coverage open by nature: filtered, sampled, not resolved
	Holding    int                    // stores that hold personal data of their own
	Detectors  map[string]int         // of these, those in which a detector found some
	Trouble    int                    // what the run itself could not do; among the losses too
}

// RuleCounts is one rule's share.
type RuleCounts struct {
	Verdicts   map[probity.Verdict]int
	Findings   int
	Waived     int
	Known      int // known before, or of rules that are not yet asked
	Severities map[probity.Severity]int
}

// Worst is the highest severity of a rule's standing findings, or the empty one.
func (r *RuleCounts) Worst() probity.Severity {
	for _, v := range probity.Severity("").Values() {
		if r.Severities[probity.Severity(v)] > 0 {
			return probity.Severity(v)
		}
	}
	return ""
}

// GapCount is the unknown outcomes that one gap decides. An outcome with two deciding gaps counts under both.
type GapCount struct {
	Gap      probity.Gap // Because is of the first one
	Outcomes int
	Rules    map[string]int
	Facts    map[probity.Path]int
	Examples []probity.Evidence
}

// Incomplete reports whether something was lost: only losses do, never gaps by nature.
func (c *Counts) Incomplete() bool {
	return len(c.Losses) > 0 || // troubles are among them, whatever their gap
		slices.ContainsFunc(c.Gaps, func(g GapCount) bool { return g.Gap.Reason.Loss() })
}

// Count walks the scan once.
func Count(scan probity.Scan) (*Counts, error) {
	c := &counter{Counts: &Counts{
		Verdicts: map[probity.Verdict]int{}, Severities: map[probity.Severity]int{},
		Detectors: map[string]int{}, Rules: map[string]*RuleCounts{}, Reasons: map[probity.Reason]int{},
	}, gaps: map[gapKey]*GapCount{}, losses: map[lossKey]*LossCount{}}
	if scan.Base != nil {
		c.Compared, c.Fixed = true, len(scan.Base.Absent)
	}
	for _, t := range scan.Trouble {
		c.Trouble++
		c.stopped(t)
	}
	for v, err := range each(scan.Coverage) {
		if err != nil {
			return nil, err
		}
		c.coverage(v)
	}
	for a, err := range each(scan.Assets) {
		if err != nil {
			return nil, err
		}
		c.asset(a)
	}
	for o, err := range each(scan.Outcomes) {
		if err != nil {
			return nil, err
		}
		c.outcome(o)
	}
	c.sort()
	return c.Counts, nil
}

func (c *counter) sort() {
	for _, g := range c.gaps {
		c.Gaps = append(c.Gaps, *g)
	}
	slices.SortFunc(c.Gaps, func(a, b GapCount) int {
		return cmp.Or(reasonRank(a.Gap.Reason)-reasonRank(b.Gap.Reason), b.Outcomes-a.Outcomes, cmp.Compare(a.Gap.Needs, b.Gap.Needs), cmp.Compare(factsText(nil, a.Facts), factsText(nil, b.Facts)),
			cmp.Compare(a.Gap.Because, b.Gap.Because))
	})
	for _, l := range c.losses {
		if l.Gap.Reason.Loss() || l.trouble {
			c.Losses = append(c.Losses, l.close())
		} else {
			c.LeftOut = append(c.LeftOut, l.close())
		}
	}
	for _, ls := range [][]LossCount{c.Losses, c.LeftOut} {
		slices.SortFunc(ls, func(a, b LossCount) int {
			return cmp.Or(reasonRank(a.Gap.Reason)-reasonRank(b.Gap.Reason), cmp.Compare(a.What, b.What), cmp.Compare(a.Gap.Needs, b.Gap.Needs),
				cmp.Compare(a.Gap.Because, b.Gap.Because))
		})
	}
}

// reasonRank orders gaps: losses first, as listed.
func reasonRank(r probity.Reason) int {
	if i := slices.Index(probity.Reasons(), r); i >= 0 {
		return i
	}
	return len(probity.Reasons())
}

// byCount are a map's keys, most frequent first.
func byCount[K cmp.Ordered](m map[K]int) []K {
	return slices.SortedFunc(maps.Keys(m), func(a, b K) int { return cmp.Or(m[b]-m[a], cmp.Compare(a, b)) })
}

// N is how many outcomes have the verdict.
func (c *Counts) N(v probity.Verdict) int { return c.Verdicts[v] }

// N is how many outcomes of the rule have the verdict.
func (r *RuleCounts) N(v probity.Verdict) int { return r.Verdicts[v] }
