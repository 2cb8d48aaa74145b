package reports

import (
	"slices"

	"github.com/probity-scan/probity"
)

// Groups and examples are bounded: an estate may name a million variables that have no value.
const (
	maxGroups   = 500
	maxExamples = 5
	maxPlaces   = 3   // named of one cause
	maxNames    = 200 // told apart of one cause
)

type counter struct {
	*Counts
	gaps   map[gapKey]*GapCount
	losses map[lossKey]*LossCount
	at     probity.Asset // the one that is counted: thousands take one's place
}

// gapKey tells gaps apart by what would decide them, and where nobody said that, by the fact.
type gapKey struct {
	reason probity.Reason
	needs  string
	fact   probity.Path
	loss   string // what happened: two broken files are two
}

func (c *counter) outcome(o probity.Outcome) {
	c.Outcomes++
	c.Verdicts[o.Verdict]++
	r := c.Rules[o.Rule]
	if r == nil {
		r = &RuleCounts{Verdicts: map[probity.Verdict]int{}, Severities: map[probity.Severity]int{}}
		c.Rules[o.Rule] = r
	}
	r.Verdicts[o.Verdict]++
	switch o.Verdict {
	case probity.Unknown:
		c.unknown(o)
	case probity.Fail:
		for _, f := range o.Findings {
			switch {
			case f.Waived():
				c.Waived++
				r.Waived++
				if f.Waiver.Kind == probity.FalsePositive {
					c.Refuted++
				}
				continue
			case f.Later:
				c.Later++
				r.Known++
				c.Compared = true
				continue
			case !f.Stands():
				c.Known++
				r.Known++
				c.Compared = true
				continue
			}
			c.Findings++
			c.Severities[f.Risk.Severity]++
			c.Compared = c.Compared || f.State != ""
			if f.Waiver != nil {
				c.Proposed++
			}
			r.Findings++
			r.Severities[f.Risk.Severity]++
		}
	}
}

// unknown counts an outcome once under each of its deciding gaps. One that names no gap is not dropped.
func (c *counter) unknown(o probity.Outcome) {
	seen, told := map[gapKey]bool{}, map[*LossCount]bool{}
	for _, e := range o.Evidence {
		if e.Gap != nil {
			c.undecided(o, e, told)
			c.gap(o, e, seen)
		}
	}
	if len(seen) == 0 {
		c.gap(o, probity.Evidence{Asset: o.Asset, Gap: &probity.Gap{Reason: probity.NotCollected}}, seen)
	}
	reasons := map[probity.Reason]bool{}
	for k := range seen {
		if !reasons[k.reason] {
			c.Reasons[k.reason]++
		}
		reasons[k.reason] = true
	}
}

func (c *counter) gap(o probity.Outcome, e probity.Evidence, seen map[gapKey]bool) {
	k := gapKey{reason: e.Gap.Reason, needs: e.Gap.Needs}
	switch {
	case k.reason.Loss() && e.Gap.Because != "":
		k.loss = c.known(*e.Gap).because
	case k.needs == "":
		k.fact = e.Fact
	}
	g := c.gaps[k]
	if g == nil && len(c.gaps) >= maxGroups {
		k.needs, k.fact, k.loss = "", "", ""
		g = c.gaps[k]
	}
	if g == nil {
		g = &GapCount{Gap: *e.Gap, Rules: map[string]int{}, Facts: map[probity.Path]int{}}
		g.Gap.Needs = k.needs
		if k.loss != "" {
			g.Gap.Because = k.loss
		}
		c.gaps[k] = g
	}
	if e.Fact != "" && (g.Facts[e.Fact] > 0 || len(g.Facts) < maxGroups) {
		g.Facts[e.Fact]++
	}
	if seen[k] {
		return
	}
	seen[k] = true
	g.Outcomes++
	g.Rules[o.Rule]++
	if len(g.Examples) < maxExamples && !slices.ContainsFunc(g.Examples, func(x probity.Evidence) bool { return x.Asset == e.Asset }) {
		g.Examples = append(g.Examples, e)
	}
}
