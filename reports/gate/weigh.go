package gate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
)

// tally is what one walk over the outcomes comes to.
type tally struct {
	failing  int
	unknown  map[probity.Reason]int
	seen     map[string]bool // entries of the baseline that are there
	claimed  map[string]*use // by the claims' groups
	outcomes int
	decided  []probity.Gone // unknown at the base, and failing now on assets that are as they were
}

// use is what became of a claim.
type use struct {
	findings int // that it speaks of
	lapses   map[string]int
	proposed []probity.Finding
	refused  []probity.Finding
}

// weigh counts what fails, over outcomes that are judged already.
func (j *judge) weigh(scan probity.Scan) (*tally, error) {
	t := &tally{unknown: map[probity.Reason]int{}, seen: map[string]bool{}, claimed: map[string]*use{}}
	for o, err := range each(scan.Outcomes) {
		if err != nil {
			return nil, err
		}
		t.outcomes++
		if o.Verdict != probity.Fail && o.Verdict != probity.Unknown {
			continue
		}
		stands := false
		for _, f := range o.Findings {
			_, v := j.finding(o, f)
			j.claim(t, f, v)
			if e, ok := j.entry(o.Rule, f); ok {
				t.seen[e.Fingerprint] = true
			}
			stands = stands || f.Stands()
			if j.compared != nil && o.Verdict == probity.Fail && f.State == probity.Unchanged && j.compared.was(o.Rule, f) == probity.Unknown {
				t.decided = append(t.decided, probity.Gone{Rule: o.Rule, Finding: f})
			}
			if o.Verdict == probity.Fail && f.Stands() && fails(j.thresholds[o.Rule], f.Risk.Severity) {
				t.failing++
			}
		}
		if o.Verdict == probity.Unknown && (stands || len(o.Findings) == 0) {
			for _, r := range reasons(o, j.o.Unknown) {
				t.unknown[r]++
			}
		}
	}
	return t, nil
}

func (j *judge) claim(t *tally, f probity.Finding, v verdict) {
	if v.at < 0 {
		return
	}
	group := j.claims.all[v.at].group
	u := t.claimed[group]
	if u == nil {
		u = &use{lapses: map[string]int{}}
		t.claimed[group] = u
	}
	u.findings++
	switch {
	case v.lapse != "":
		u.lapses[v.lapse]++
	case v.refused:
		u.refused = append(u.refused, f)
	case v.waiver != nil && v.waiver.Proposed:
		u.proposed = append(u.proposed, f)
	}
}

// decide gives the exit code.
func (j *judge) decide(t *tally, c *reports.Counts) Decision {
	noun := "finding"
	if j.relative {
		noun = "new finding"
	}
	switch {
	case t.failing == 1:
		return Decision{Findings, "1 " + noun + j.above()}
	case t.failing > 0:
		return Decision{Findings, fmt.Sprintf("%d %ss%s", t.failing, noun, j.above())}
	}
	for _, r := range probity.Reasons() {
		switch n := t.unknown[r]; {
		case n == 1:
			return Decision{Findings, "1 verdict unknown: " + string(r)}
		case n > 1:
			return Decision{Findings, fmt.Sprintf("%d verdicts unknown: %s", n, r)}
		}
	}
	if c.Incomplete() {
		return Decision{Incomplete, "incomplete: " + lost(c)}
	}
	if len(j.o.Thresholds) > 0 && !slices.ContainsFunc(j.o.Thresholds, Thresholds.any) {
		return Decision{Clean, "findings do not fail this gate"}
	}
	return Decision{Clean, "no " + noun + j.above()}
}

func lost(c *reports.Counts) string {
	n := len(c.Losses)
	if n == 0 {
		return "not all could be looked at"
	}
	text := c.Losses[0].What + " " + c.Losses[0].Gap.String()
	if n > 1 {
		text += fmt.Sprintf(", and %d more", n-1)
	}
	return text
}

// any reports whether something can fail.
func (t Thresholds) any() bool {
	for _, s := range t.Rules {
		if s != None {
			return true
		}
	}
	for _, s := range t.Frameworks {
		if s != None {
			return true
		}
	}
	return t.FailOn != None
}

// above names the thresholds, where they are one.
func (j *judge) above() string {
	if len(j.o.Thresholds) == 0 {
		return ""
	}
	only := None
	var more []string
	for _, t := range j.o.Thresholds {
		only = strictest(only, t.FailOn)
		if len(t.Rules) > 0 && !slices.Contains(more, "rules") {
			more = append(more, "rules")
		}
		if len(t.Frameworks) > 0 && !slices.Contains(more, "frameworks") {
			more = append(more, "frameworks")
		}
	}
	text := ""
	if only != "" && only != None {
		text = " at or above " + string(only)
	}
	switch {
	case len(more) == 0:
		return text
	case text == "":
		return " by the thresholds of " + strings.Join(more, " and ")
	}
	return text + ", or by the thresholds of " + strings.Join(more, " and ")
}
