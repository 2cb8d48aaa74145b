package reports

import (
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

// law is a framework with the evidence of this scan.
type law struct {
	probity.Framework
	Rows  []control
	Modes map[probity.Mode]int
	Chart Chart
}

type control struct {
	probity.Control
	Pass, Fail, Unknown, NA int
	Rules                   []string
	Out                     bool // of scope
}

func newLaw(in *language.Language, f probity.Framework, rules []probity.Rule, c *Counts) law {
	l := law{Framework: f, Modes: map[probity.Mode]int{}}
	states := map[state]int{}
	for _, k := range f.Controls {
		l.Modes[k.Mode]++
		row := control{Control: k, Out: outOfScope(f)}
		for _, r := range rules {
			if k.Mode == probity.Manual || !r.Serves(k) {
				continue
			}
			row.Rules = append(row.Rules, r.ID)
			if n := c.Rules[r.ID]; n != nil {
				row.Pass += n.Verdicts[probity.Pass]
				row.Fail += n.Verdicts[probity.Fail]
				row.Unknown += n.Verdicts[probity.Unknown]
				row.NA += n.Verdicts[probity.NA]
			}
		}
		states[row.state()]++
		l.Rows = append(l.Rows, row)
	}
	var parts []Segment
	for _, s := range allStates() {
		parts = append(parts, Segment{Class: s.class(), Name: s.words(in), N: states[s]})
	}
	title, _ := in.Framework(f.Title)
	l.Chart = Bar("law-"+Slug(f.ID), in.Say("Controls of {framework}", visible(title)), parts...)
	return l
}

// outOfScope reports whether the framework does not apply, by what is declared.
func outOfScope(f probity.Framework) bool {
	return f.Standing != nil && f.Standing.Applies == probity.OutOfScope
}

// Manual reports whether only a person can judge it.
func (c control) Manual() bool { return c.Mode == probity.Manual }

// rank is 0 for what applies, 1 for what may.
func rank(l law) int {
	if l.Standing == nil || l.Standing.Applies == probity.InScope {
		return 0
	}
	return 1
}

// Judged are the controls for or against which rules may give evidence.
func (l law) Judged() []control {
	return slices.DeleteFunc(slices.Clone(l.Rows), func(c control) bool { return c.Manual() })
}

// Manual are the controls that only a person can judge.
func (l law) Manual() []control {
	return slices.DeleteFunc(slices.Clone(l.Rows), func(c control) bool { return !c.Manual() })
}

// ScopeWords says whether the framework applies, and why or what to declare.
func ScopeWords(in *language.Language, f probity.Framework) string {
	if f.Standing == nil {
		return ""
	}
	switch why := GroundWords(in, f.Standing.Because); f.Standing.Applies {
	case probity.InScope:
		return in.Say("Applies: {why}.", why)
	case probity.OutOfScope:
		return in.Say("Not in scope as declared: {why}.", why)
	default:
		return in.Say("Whether it applies was not declared: {why}.", why)
	}
}

// GroundWords lists why a framework applies or does not, or what to declare.
func GroundWords(in *language.Language, because []string) string {
	var out []string
	for _, sentence := range because {
		g, what, ok := probity.GroundOf(sentence)
		if !ok { // of a scan by another version
			out = append(out, sentence)
			continue
		}
		var any []string
		for _, each := range strings.Split(what, " or ") {
			all := strings.Split(each, ", ")
			for i, word := range all {
				all[i] = in.Say(word)
			}
			any = append(any, strings.Join(all, ", "))
		}
		out = append(out, in.Say(string(g), strings.Join(any, " "+in.Say("or")+" ")))
	}
	return in.Join(out)
}

// ControlWords says what outcomes of its rules show for a control, and the style that it is said in. It never says that a control is met.
func ControlWords(in *language.Language, c probity.Control, out, rules bool, n map[probity.Verdict]int64) (words, class string) {
	row := control{Control: c, Out: out, Pass: int(n[probity.Pass]), Fail: int(n[probity.Fail]), Unknown: int(n[probity.Unknown]), NA: int(n[probity.NA])}
	if rules {
		row.Rules = []string{""} // which ones does not matter
	}
	return stateWords(in, row), row.StateClass()
}

// stateWords says what the scan shows for the control. It never says that a control is met: a scan cannot.
func stateWords(in *language.Language, c control) string { return upper(c.state().words(in)) }

// StateClass is the state's style.
func (c control) StateClass() string { return c.state().class() }

// state is what a scan shows for a control.
type state int

const (
	against state = iota // a mapped rule failed
	open                 // one is unknown
	without              // one passed, and none failed or is unknown
	nothing              // they judge nothing here
	noRule               // no rule of the scan gives evidence
	byHand               // manual
	outside              // the framework does not apply, as declared
)

func allStates() []state { return []state{against, open, without, nothing, noRule, byHand, outside} }

func (c control) state() state {
	switch {
	case c.Out:
		return outside
	case c.Manual():
		return byHand
	case c.Fail > 0:
		return against
	case c.Unknown > 0:
		return open
	case c.Pass > 0:
		return without
	case len(c.Rules) > 0:
		return nothing
	}
	return noRule
}

func (s state) words(in *language.Language) string {
	return [...]string{in.Say("evidence against"), in.Say("open"), in.Say("no failing check"), in.Say("not applicable here"), in.Say("no rule"), in.Say("not assessed automatically"),
		in.Say("out of scope as declared")}[s]
}

func (s state) class() string {
	return [...]string{"fail", "unknown", "pass", "silent", "silent", "na", "na"}[s]
}
