package gate

import (
	"cmp"
	"slices"

	"github.com/probity-scan/probity"
)

// Diff is what lies between two scans, in lists: new and worse ones by severity, the others by asset and rule.
type Diff struct {
	New       []probity.Gone `json:"new"`
	Worse     []Worsened     `json:"worse"`
	Fixed     []probity.Gone `json:"fixed"`
	Unseen    []NotSeen      `json:"not_seen"`
	Unchanged []probity.Gone `json:"unchanged"`
}

// Worsened is a finding with what it was.
type Worsened struct {
	probity.Gone
	Was probity.Finding `json:"was"`
}

// Lists gives all findings of a verdict fail, by what became of them.
func (c *Comparison) Lists(head probity.Scan) (Diff, error) {
	d := Diff{New: []probity.Gone{}, Worse: []Worsened{}, Fixed: []probity.Gone{}, Unseen: []NotSeen{}, Unchanged: []probity.Gone{}}
	d.Fixed, d.Unseen = append(d.Fixed, c.Fixed...), append(d.Unseen, c.Unseen...)
	for o, err := range each(head.Outcomes) {
		if err != nil {
			return d, err
		}
		if o.Verdict != probity.Fail {
			continue
		}
		for _, f := range o.Findings {
			g := probity.Gone{Rule: o.Rule, Finding: f}
			switch c.Of(o.Rule, o.Verdict, f) {
			case Appeared:
				d.New = append(d.New, g)
			case Worse:
				fp, _ := c.known(o.Rule, f)
				d.Worse = append(d.Worse, Worsened{g, c.base[fp].Finding})
			default:
				d.Unchanged = append(d.Unchanged, g)
			}
		}
	}
	slices.SortStableFunc(d.New, bySeverity)
	slices.SortStableFunc(d.Worse, func(a, b Worsened) int { return bySeverity(a.Gone, b.Gone) })
	return d, nil
}

func bySeverity(a, b probity.Gone) int {
	rank := func(s probity.Severity) int { return slices.Index(s.Values(), string(s)) }
	return cmp.Or(cmp.Compare(rank(a.Risk.Severity), rank(b.Risk.Severity)), inOrder(a, b))
}
