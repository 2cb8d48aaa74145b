package reports

import (
	"cmp"
	"slices"

	"github.com/probity-scan/probity"
)

// shown is a finding chosen to be shown, with the outcome that it belongs to.
type shown struct {
	probity.Finding
	Outcome probity.Outcome
}

// group is the findings of one rule: all counted, the worst kept.
type group struct {
	Rule   probity.Rule
	Counts *RuleCounts
	Items  []shown
	Hidden int
}

// choice keeps the worst findings of each rule, so that memory is bounded by rules, not by the estate.
type choice struct {
	limit  int
	groups map[string]*group
}

// add keeps f if there is room or something less bad to make room; what came first stays first.
func (c *choice) add(rule string, s shown) {
	g := c.groups[rule]
	if g == nil {
		g = &group{}
		c.groups[rule] = g
	}
	at, _ := slices.BinarySearchFunc(g.Items, s, func(a, b shown) int {
		if c := worse(a.Risk.Severity, b.Risk.Severity); c != 0 {
			return c
		}
		return -1 // after its equals
	})
	if at < c.limit {
		g.Items = slices.Insert(g.Items, at, s)
	}
	if len(g.Items) > c.limit {
		g.Items = g.Items[:c.limit]
	}
}

// sorted are the groups, worst first, with what is known of their rules.
func (c *choice) sorted(h probity.Header, counts *Counts, total func(*RuleCounts) int) []group {
	rules := map[string]probity.Rule{}
	for _, r := range h.Rules {
		rules[r.ID] = r
	}
	var out []group
	for id, g := range c.groups {
		g.Rule = rules[id]
		if g.Rule.ID == "" { // a scan read from a file need not hold its rules
			g.Rule = probity.Rule{ID: id, Title: id}
		}
		g.Counts = counts.Rules[id]
		g.Hidden = total(g.Counts) - len(g.Items)
		out = append(out, *g)
	}
	slices.SortFunc(out, func(a, b group) int {
		return cmp.Or(worse(a.Items[0].Risk.Severity, b.Items[0].Risk.Severity), total(b.Counts)-total(a.Counts), cmp.Compare(a.Rule.ID, b.Rule.ID))
	})
	return out
}

// worse orders severities, worst first.
func worse(a, b probity.Severity) int {
	switch {
	case a == b:
		return 0
	case a.AtLeast(b) && !b.AtLeast(a):
		return -1
	case b.AtLeast(a) && !a.AtLeast(b):
		return 1
	}
	return cmp.Compare(a, b)
}

// chosen walks the outcomes for the worst findings that stand, and for those that are waived.
func chosen(scan probity.Scan, limit int) (open, waived choice, err error) {
	open, waived = choice{limit, map[string]*group{}}, choice{limit, map[string]*group{}}
	for o, err := range each(scan.Outcomes) {
		if err != nil {
			return open, waived, err
		}
		if o.Verdict != probity.Fail {
			continue
		}
		for _, f := range o.Findings {
			switch {
			case f.Waived():
				waived.add(o.Rule, shown{f, o})
			case f.Stands():
				open.add(o.Rule, shown{f, o})
			}
		}
	}
	return open, waived, nil
}
