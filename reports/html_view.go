package reports

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// view is what the page shows: everything counted, a bounded choice of the rest.
type view struct {
	CSS    template.CSS
	Policy string
	probity.Header
	*Counts
	Failed      []failed
	Waivers     []group
	Unknowns    []unknowns
	Laws        []law
	Kinds       []kindCount
	Listed      []listed
	Holders     int // assets with labels
	Labels      int
	shownLabels int
	Inventory   []labelled
	Categories  []categoryCount
	HiddenRows  struct{ Assets, Labels int }
	Severity    chart
	Outcome     chart
	RuleRows    []ruleRow
}

// failed is a rule with findings.
type failed struct {
	group
	Controls []string // "gdpr 32(1)(a)"
}

// unknowns is the outcomes unknown for one reason.
type unknowns struct {
	Reason   probity.Reason
	Outcomes int
	Gaps     []GapCount
	Hidden   int
}

type ruleRow struct {
	probity.Rule
	*RuleCounts
}

func newView(scan probity.Scan, findings, rows int) (*view, error) {
	c, err := Count(scan)
	if err != nil {
		return nil, err
	}
	v := &view{Header: scan.Header, Counts: c}
	failing := 0
	for _, r := range c.Rules {
		if r.Findings > 0 {
			failing++
		}
	}
	open, waived, err := chosen(scan, max(5, min(100, findings/max(1, failing))))
	if err != nil {
		return nil, err
	}
	for _, g := range open.sorted(scan.Header, c, func(r *RuleCounts) int { return r.Findings }) {
		v.Failed = append(v.Failed, failed{g, controls(scan.Header, g.Rule)})
	}
	v.Waivers = waived.sorted(scan.Header, c, func(r *RuleCounts) int { return r.Waived })
	v.Unknowns = byReason(c, rows)
	for _, f := range scan.Frameworks {
		v.Laws = append(v.Laws, newLaw(f, scan.Rules, c))
	}
	v.charts()
	for _, r := range scan.Rules {
		n := c.Rules[r.ID]
		if n == nil {
			n = &RuleCounts{}
		}
		v.RuleRows = append(v.RuleRows, ruleRow{r, n})
	}
	return v, v.inventory(scan, rows)
}

func (v *view) charts() {
	var sev []segment
	for _, s := range probity.Severity("").Values() {
		sev = append(sev, segment{Class: s, Name: s, N: v.Severities[probity.Severity(s)]})
	}
	v.Severity = bar("severities", "Findings by severity", sev...)
	v.Outcome = bar("verdicts", "Outcomes by verdict",
		segment{Class: "fail", Name: "failed", N: v.Verdicts[probity.Fail]}, segment{Class: "unknown", Name: "unknown", N: v.Verdicts[probity.Unknown]},
		segment{Class: "pass", Name: "passed", N: v.Verdicts[probity.Pass]}, segment{Class: "na", Name: "not applicable", N: v.Verdicts[probity.NA]})
}

func byReason(c *Counts, rows int) []unknowns {
	var out []unknowns
	for _, r := range probity.Reasons() {
		u := unknowns{Reason: r, Outcomes: c.Reasons[r]}
		for _, g := range c.Gaps {
			if g.Gap.Reason == r {
				u.Gaps = append(u.Gaps, g)
			}
		}
		if len(u.Gaps) == 0 {
			continue
		}
		if n := min(len(u.Gaps), rows); n < len(u.Gaps) {
			u.Gaps, u.Hidden = u.Gaps[:n], len(u.Gaps)-n
		}
		out = append(out, u)
	}
	return out
}

// Loss reports whether the reason makes the scan incomplete.
func (u unknowns) Loss() bool { return u.Reason.Loss() }

// RuleIDs are the rules that the gap leaves undecided.
func (g GapCount) RuleIDs() []string { return byCount(g.Rules) }

// controls are where a rule stands in frameworks.
func controls(h probity.Header, r probity.Rule) []string {
	var out []string
	for _, f := range h.Frameworks {
		var ids []string
		for _, c := range f.Controls {
			if c.Mode != probity.Manual && serves(r, c) {
				ids = append(ids, visible(c.ID))
			}
		}
		if len(ids) > 0 {
			out = append(out, visible(f.ID)+" "+strings.Join(ids, ", "))
		}
	}
	return out
}

// law is a framework with the evidence of this scan.
type law struct {
	probity.Framework
	Rows   []control
	Modes  map[probity.Mode]int
	Chart  chart
	Silent int // controls that a scan can tell something of, and this one does not
}

type control struct {
	probity.Control
	Pass, Fail, Unknown int
	Rules               []string
}

func newLaw(f probity.Framework, rules []probity.Rule, c *Counts) law {
	l := law{Framework: f, Modes: map[probity.Mode]int{}}
	against, open, without := 0, 0, 0
	for _, k := range f.Controls {
		l.Modes[k.Mode]++
		row := control{Control: k}
		for _, r := range rules {
			if n := c.Rules[r.ID]; n != nil && k.Mode != probity.Manual && serves(r, k) {
				row.Pass += n.Verdicts[probity.Pass]
				row.Fail += n.Verdicts[probity.Fail]
				row.Unknown += n.Verdicts[probity.Unknown]
				row.Rules = append(row.Rules, r.ID)
			}
		}
		switch {
		case row.Fail > 0:
			against++
		case row.Unknown > 0:
			open++
		case row.Pass > 0:
			without++
		default:
			l.Silent++
		}
		l.Rows = append(l.Rows, row)
	}
	l.Silent -= l.Modes[probity.Manual]
	l.Chart = bar("law-"+slug(f.ID), "Controls of "+visible(f.Title), segment{Class: "fail", Name: "with evidence against", N: against},
		segment{Class: "unknown", Name: "open", N: open}, segment{Class: "pass", Name: "with no evidence against", N: without},
		segment{Class: "silent", Name: "without evidence here", N: l.Silent}, segment{Class: "na", Name: "manual", N: l.Modes[probity.Manual]})
	return l
}

// Manual reports whether only a person can judge it.
func (c control) Manual() bool { return c.Mode == probity.Manual }

// Manual are the controls that only a person can judge.
func (l law) Manual() []control {
	return slices.DeleteFunc(slices.Clone(l.Rows), func(c control) bool { return !c.Manual() })
}

// State says what the scan shows for the control. It never says that a control is met: a scan cannot.
func (c control) State() string {
	switch {
	case c.Mode == probity.Manual:
		return "Not assessed automatically"
	case c.Fail > 0:
		return "Evidence against"
	case c.Unknown > 0:
		return "Open"
	case c.Pass > 0:
		return "No evidence against"
	}
	return "No evidence in this scan"
}

// StateClass is the state's style.
func (c control) StateClass() string {
	switch {
	case c.Mode == probity.Manual:
		return "na"
	case c.Fail > 0:
		return "fail"
	case c.Unknown > 0:
		return "unknown"
	case c.Pass > 0:
		return "pass"
	}
	return "silent"
}

// slug is an ID as an HTML id.
func slug(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return r
		}
		return '-'
	}, strings.ToLower(s))
}

// sortedKinds are the kinds with their counts, by class and kind.
func sortedKinds(m map[kindKey]*kindCount) []kindCount {
	var out []kindCount
	for _, k := range m {
		out = append(out, *k)
	}
	slices.SortFunc(out, func(a, b kindCount) int {
		return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Where, b.Where))
	})
	return out
}

// table is losses under a name.
type lossTable struct {
	Name  string
	Items []LossCount
}

func pair(name string, items []LossCount) lossTable { return lossTable{name, items} }

// More is how many examples are not named.
func (l LossCount) More() int { return l.Times - len(l.Examples) }
