package reports

import (
	"cmp"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// Groups and examples are bounded: an estate may name a million variables that have no value.
const (
	maxGroups   = 500
	maxExamples = 5
)

type counter struct {
	*Counts
	gaps   map[gapKey]*GapCount
	losses map[lossKey]*LossCount
}

// gapKey tells gaps apart by what would decide them, and where nobody said that, by the fact.
type gapKey struct {
	reason probity.Reason
	needs  string
	fact   probity.Path
	loss   string // what happened: two broken files are two
}

type lossKey struct {
	what, needs, because string
	reason               probity.Reason
	trouble              bool
}

func (c *counter) coverage(v probity.Coverage) {
	if v.Gap == nil {
		return
	}
	what := supplied(v.Supply)
	if v.Path == "" && what != "" && v.Gap.Reason.Loss() {
		what = "list of stores" // a file that cannot be read loses them all, whatever their class
	}
	at := visible(v.Origin.String())
	if at == "" && what != "" {
		at = visible(v.On.ID)
	}
	c.lost(cmp.Or(what, "contents of "+v.On.ID), *v.Gap, v.Count, at)
}

// asset counts it, and the losses among its facts: what no rule asked for was lost all the same.
func (c *counter) asset(a probity.Asset) {
	c.Assets++
	for _, l := range probity.Leaves(a) {
		if _, g := l.Value(); g != nil && g.Reason.Loss() {
			if what, told := c.told(*g); told {
				c.lost(what, *g, 0, visible(a.ID))
			} else {
				c.lost(factsOf+cmp.Or(string(a.Class), string(a.Kind)), *g, 1, visible(a.ID))
			}
		}
	}
}

const factsOf = "facts of "

// told gives under what coverage, which comes first, has told the gap.
func (c *counter) told(g probity.Gap) (what string, ok bool) {
	for k := range c.losses {
		if k.reason == g.Reason && k.needs == g.Needs && k.because == g.Because && !strings.HasPrefix(k.what, factsOf) && (!ok || k.what < what) {
			what, ok = k.what, true
		}
	}
	return what, ok
}

func (c *counter) lost(what string, g probity.Gap, things int, example string) {
	c.lose(lossKey{what, g.Needs, g.Because, g.Reason, false}, things, example)
}

func (c *counter) lose(k lossKey, things int, example string) {
	l := c.losses[k]
	if l == nil && len(c.losses) >= maxGroups {
		k = lossKey{"other things", "", "", k.reason, k.trouble}
		l = c.losses[k]
	}
	if l == nil {
		l = &LossCount{What: k.what, Gap: probity.Gap{Reason: k.reason, Needs: k.needs, Because: k.because}, trouble: k.trouble}
		c.losses[k] = l
	}
	l.Times++
	l.Things += things
	switch {
	case slices.Contains(l.Examples, example):
		l.again++
	case example != "" && len(l.Examples) < maxExamples:
		l.Examples = append(l.Examples, example)
	}
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
			if f.Waiver != nil {
				c.Waived++
				r.Waived++
				continue
			}
			c.Findings++
			c.Severities[f.Risk.Severity]++
			r.Findings++
			r.Severities[f.Risk.Severity]++
		}
	}
}

// unknown counts an outcome once under each of its deciding gaps. One that names no gap is not dropped.
func (c *counter) unknown(o probity.Outcome) {
	seen := map[gapKey]bool{}
	for _, e := range o.Evidence {
		if e.Gap != nil {
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
		k.loss = e.Gap.Because
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

// supplied names what a unit was to tell; it is empty for all that is in a thing.
func supplied(s probity.Supply) string {
	of := string(s.Class)
	if of == "" {
		of = string(s.Kind)
	}
	switch {
	case s.Path != "" && of != "":
		return string(s.Path) + " of " + of
	case s.Path != "":
		return string(s.Path)
	case of != "":
		return "list of " + of
	}
	return ""
}
