package reports

import (
	"slices"

	"github.com/probity-scan/probity"
)

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
			if n := c.Rules[r.ID]; n != nil && k.Mode != probity.Manual && r.Serves(k) {
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
func (c control) State() string { words, _ := c.state(); return words }

// StateClass is the state's style.
func (c control) StateClass() string { _, class := c.state(); return class }

func (c control) state() (words, class string) {
	switch {
	case c.Mode == probity.Manual:
		return "Not assessed automatically", "na"
	case c.Fail > 0:
		return "Evidence against", "fail"
	case c.Unknown > 0:
		return "Open", "unknown"
	case c.Pass > 0:
		return "No evidence against", "pass"
	}
	return "No evidence in this scan", "silent"
}
