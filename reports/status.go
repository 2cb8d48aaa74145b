package reports

import (
	"cmp"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

// told is a finding chosen to be shown, with its rule.
type told struct {
	*shown
	Rule probity.Rule
}

// ranked are the findings that were chosen, over all rules, worst first.
func ranked(groups []group) []told {
	var out []told
	for _, g := range groups {
		for _, s := range g.Items {
			out = append(out, told{s, g.Rule})
		}
	}
	slices.SortStableFunc(out, func(a, b told) int { return worse(a.Risk.Severity, b.Risk.Severity) })
	return out
}

// How many findings of a rule are of a sort.
func standing(r *RuleCounts) int { return r.Findings }
func before(r *RuleCounts) int   { return r.Known }
func accepted(r *RuleCounts) int { return r.Waived }

// headline is the scan in one line: "2 new findings (1 critical, 1 high), 12 known before, 1 waived, 3 fixed; 40 outcomes unknown".
func headline(c *Counts) string {
	var sev []string
	for _, s := range probity.Severity("").Values() {
		if n := c.Severities[probity.Severity(s)]; n > 0 {
			sev = append(sev, thousands(n)+" "+s)
		}
	}
	found := Plural(c.Findings, "finding")
	if c.Compared {
		found = Plural(c.Findings, "new finding")
	}
	if len(sev) > 0 {
		found += " (" + strings.Join(sev, ", ") + ")"
	}
	return strings.Join(append([]string{found}, history(nil, c)...), ", ") + "; " + Plural(c.Verdicts[probity.Unknown], "outcome") + " unknown"
}

// history is what the gate knows of findings: "12 known before", "1 waived", "3 fixed".
func history(in *language.Language, c *Counts) []string {
	var out []string
	for _, p := range []struct {
		n    int
		said string
	}{{c.Known, in.Say("{n} known before", c.Known)}, {c.Later, in.Say("{n} of later rules", c.Later)}, {c.Waived, in.Say("{n} waived", c.Waived)},
		{c.Proposed, in.Say("{n} with a waiver that is only proposed", c.Proposed)}, {c.Fixed, in.Say("{n} fixed", c.Fixed)}} {
		if p.n > 0 {
			out = append(out, p.said)
		}
	}
	return out
}

// incomplete says that something was lost, and what first; empty where nothing was.
func incomplete(c *Counts) string {
	switch {
	case !c.Incomplete():
		return ""
	case len(c.Losses) == 0:
		return "The scan is incomplete: not all could be looked at"
	case len(c.Losses) == 1:
		return "The scan is incomplete: " + lossLine(nil, c.Losses[0])
	}
	return "The scan is incomplete, for " + Plural(len(c.Losses), "loss") + ". The first: " + lossLine(nil, c.Losses[0])
}

// notes are what else there is to say of a finding: its history, how often, from where, who wants to accept it.
func notes(s *shown) []string {
	var out []string
	switch {
	case s.Later:
		out = append(out, beforeWords(nil, s.Finding))
	case s.State != "":
		out = append(out, string(s.State))
	}
	if s.Times > 1 {
		out = append(out, thousands(s.Times)+" times on this line")
	}
	if s.callers.n > 0 {
		out = append(out, "called at "+some(nil, s.callers))
	}
	if p, ok := s.Place.Source(); ok && p.Inside != nil {
		out = append(out, "in the module at "+visible(p.Inside.String()))
	}
	if w := s.Waiver; w != nil && w.Proposed {
		out = append(out, "waiver proposed by "+owner(nil, *w)+", "+untilWords(nil, *w)+": not accepted yet")
	}
	return out
}

// inFile is the file and line to look at: of a live store, a path of its own.
func inFile(f probity.Finding) (file string, line, column int) {
	if p, ok := f.Place.Source(); ok {
		return p.File, max(1, p.Line), max(1, p.Column)
	}
	return assetPath(f), 1, 1
}

// firstTarget is where things belong that have no place of their own.
func firstTarget(h probity.Header) string {
	if len(h.Targets) == 0 {
		return "."
	}
	return cmp.Or(strings.TrimPrefix(visible(h.Targets[0]), "./"), ".")
}

// owner is who answers for a waiver; for a comment in the code nobody is named.
func owner(in *language.Language, w probity.Waiver) string {
	if w.Owner == "" && w.Kind == probity.Inline {
		return in.Say("a comment in the code")
	}
	return cmp.Or(visible(w.Owner), in.Say("nobody"))
}
