package reports

import (
	"cmp"
	"iter"
	"slices"

	"github.com/probity-scan/probity"
)

// shown is a finding chosen to be shown, with the outcome that it belongs to. People see one rule on one line once, however
// many instances of a block or calls of a module it stands for.
type shown struct {
	probity.Finding
	Outcome probity.Outcome
	Said    message // in the language of a page
	Times   int     // findings alike
	callers names   // lines that call the module which holds the place
}

// group is the findings of one rule: all counted, the worst kept.
type group struct {
	Rule   probity.Rule
	Counts *RuleCounts
	Items  []*shown
	Hidden int // findings that no item stands for
	alike  map[likeness]*shown
}

// likeness is what findings share that are told once.
type likeness struct {
	file  string
	line  int
	state probity.State
	later bool // not yet asked
}

// choice keeps the worst findings of each rule, so that memory is bounded by rules, not by the estate.
type choice struct {
	limit  int
	groups map[string]*group
}

// add keeps f if there is room or something less bad to make room; what came first stays first.
func (c *choice) add(o probity.Outcome, f probity.Finding) {
	g := c.groups[o.Rule]
	if g == nil {
		g = &group{alike: map[likeness]*shown{}}
		c.groups[o.Rule] = g
	}
	key, line := alike(f)
	s := g.alike[key]
	switch {
	case s == nil || !line:
		s = &shown{Finding: f, Outcome: o}
	case worse(f.Risk.Severity, s.Risk.Severity) < 0:
		s.Finding, s.Outcome = f, o
		g.Items = slices.DeleteFunc(g.Items, func(x *shown) bool { return x == s })
	default:
		s.another(f)
		return
	}
	s.another(f)
	at, _ := slices.BinarySearchFunc(g.Items, s, func(a, b *shown) int {
		return cmp.Or(worse(a.Risk.Severity, b.Risk.Severity), -1) // after its equals
	})
	if at >= c.limit {
		return
	}
	g.Items = slices.Insert(g.Items, at, s)
	if line {
		g.alike[key] = s
	}
	if len(g.Items) > c.limit {
		key, _ := alike(g.Items[c.limit].Finding)
		delete(g.alike, key)
		g.Items = g.Items[:c.limit]
	}
}

// alike is what the finding shares with others, if it has a line. A file or a store without one holds many things.
func alike(f probity.Finding) (key likeness, line bool) {
	p, _ := f.Place.Source()
	return likeness{p.File, p.Line, f.State, f.Later}, p.Line > 0
}

func (s *shown) another(f probity.Finding) {
	s.Times++
	if p, ok := f.Place.Source(); ok {
		for c := p.Caller; c != nil; c = c.Caller {
			s.callers.add(c.String())
		}
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
		g.Hidden = total(g.Counts)
		for _, s := range g.Items {
			g.Hidden -= s.Times
		}
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

// picks are the findings chosen to be shown.
type picks struct {
	open   choice // that stand
	known  choice // known before, or of rules that are not yet asked
	waived choice
}

// chosen walks the outcomes for the worst findings of each sort.
func chosen(scan probity.Scan, limit int) (picks, error) {
	p := picks{choice{limit, map[string]*group{}}, choice{limit, map[string]*group{}}, choice{limit, map[string]*group{}}}
	for o, err := range each(scan.Outcomes) {
		if err != nil {
			return p, err
		}
		if o.Verdict != probity.Fail {
			continue
		}
		for _, f := range o.Findings {
			switch {
			case f.Waived():
				p.waived.add(o, f)
			case f.Stands():
				p.open.add(o, f)
			default:
				p.known.add(o, f)
			}
		}
	}
	return p, nil
}

// violation is a finding with the outcome that it belongs to.
type violation struct {
	Outcome probity.Outcome
	Finding probity.Finding
}

// worstFirst yields all violations, waived ones too, and what is unknown where that is wanted; within a severity in the scan's
// order. The outcomes are walked once a severity, so that sorting needs no memory.
func worstFirst(scan probity.Scan, c *Counts, unknown bool) iter.Seq2[violation, error] {
	return func(yield func(violation, error) bool) {
		for _, sev := range append(probity.Severity("").Values(), "") {
			if c.Severities[probity.Severity(sev)] == 0 && c.Waived+c.Known+c.Later == 0 && !unknown && sev != "" {
				continue
			}
			for o, err := range each(scan.Outcomes) {
				if err != nil {
					yield(violation{}, err)
					return
				}
				if o.Verdict != probity.Fail && (o.Verdict != probity.Unknown || !unknown) {
					continue
				}
				for _, f := range o.Findings {
					if known(f.Risk.Severity) == probity.Severity(sev) && !yield(violation{o, f}, nil) {
						return
					}
				}
			}
		}
	}
}

// known is the severity, or the empty one for any that is not listed.
func known(s probity.Severity) probity.Severity {
	if s.AtLeast(probity.Low) {
		return s
	}
	return ""
}
