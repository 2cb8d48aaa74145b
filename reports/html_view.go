package reports

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

// view is what the page shows: everything counted, a bounded choice of the rest.
type view struct {
	CSS    template.CSS
	Policy string
	probity.Header
	*Counts
	Failed   []failed
	Before   []group // known before, or of rules that are not yet asked
	Waivers  []group
	Unknowns []unknowns
	Laws     []law               // those that apply before those of which nobody said
	Outside  []probity.Framework // out of scope as declared
	Kinds    []kindCount
	Listed   []listed
	Looked
	Labels      int
	shownLabels int
	Inventory   []labelled
	Categories  []categoryCount
	HiddenRows  struct{ Assets, Labels int }
	Severity    Chart
	Outcome     Chart
	RuleRows    []ruleRow
	Worst       []worstStore
	scan        probity.Scan
	linked      map[probity.Ref]string
	rules       map[string]probity.Rule
	most        int // lines of the register
	wrong       error
	in          *language.Language
}

// AskedOf are the services of providers that were called.
func (v *view) AskedOf() []askedService { return asked(v.Calls) }

// AskedLine sums them up.
func (v *view) AskedLine() string { return askedLine(v.in, v.Calls) }

// ReadLine sums up what content was read.
func (v *view) ReadLine() string { return readLine(v.in, v.Reads) }

// Shown are the choices of the register: severities, and stores without findings.
func (v *view) Shown() []string { return append(probity.Severity("").Values(), "none") }

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

func newView(scan probity.Scan, o HTMLOptions) (*view, error) {
	findings, rows := orDefault(o.Findings, 1000), orDefault(o.Rows, 500)
	c, err := Count(scan)
	if err != nil {
		return nil, err
	}
	if scan, err = located(scan, false); err != nil {
		return nil, err
	}
	v := &view{in: o.Language, Header: scan.Header, Counts: c, scan: scan, most: orDefault(o.Register, 200_000)}
	v.rules = map[string]probity.Rule{}
	for _, r := range scan.Rules {
		v.rules[r.ID] = r
	}
	failing := 0
	for _, r := range c.Rules {
		if r.Findings > 0 {
			failing++
		}
	}
	p, err := chosen(scan, max(5, min(100, findings/max(1, failing))))
	if err != nil {
		return nil, err
	}
	for _, g := range v.say(p.open.sorted(scan.Header, c, standing)) {
		v.Failed = append(v.Failed, failed{g, controls(scan.Header, g.Rule)})
	}
	v.Before = v.say(p.known.sorted(scan.Header, c, before))
	v.Waivers = v.say(p.waived.sorted(scan.Header, c, accepted))
	v.Unknowns = byReason(c, rows)
	for _, f := range scan.Frameworks {
		if outOfScope(f) {
			v.Outside = append(v.Outside, f)
			continue
		}
		v.Laws = append(v.Laws, newLaw(v.in, f, scan.Rules, c))
	}
	slices.SortStableFunc(v.Laws, func(a, b law) int { return rank(a) - rank(b) })
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
	var sev []Segment
	for _, s := range probity.Severity("").Values() {
		sev = append(sev, Segment{Class: s, Name: v.in.Say(s), N: v.Severities[probity.Severity(s)]})
	}
	v.Severity = Bar("severities", v.in.Say("Findings by severity"), sev...)
	v.Outcome = Bar("verdicts", v.in.Say("Outcomes by verdict"),
		Segment{Class: "fail", Name: lower(v.in.Say("Failed")), N: v.Verdicts[probity.Fail]}, Segment{Class: "unknown", Name: lower(v.in.Say("Unknown")), N: v.Verdicts[probity.Unknown]},
		Segment{Class: "pass", Name: lower(v.in.Say("Passed")), N: v.Verdicts[probity.Pass]}, Segment{Class: "na", Name: lower(v.in.Say("Not applicable")), N: v.Verdicts[probity.NA]})
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
		if outOfScope(f) {
			continue
		}
		var ids []string
		for _, c := range f.Controls {
			if c.Mode != probity.Manual && r.Serves(c) {
				ids = append(ids, visible(c.ID))
			}
		}
		if len(ids) > 0 {
			out = append(out, visible(f.ID)+" "+strings.Join(ids, ", "))
		}
	}
	return out
}

// Slug is an ID as an HTML id.
func Slug(s string) string {
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
