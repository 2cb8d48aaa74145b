package reports

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/probity-scan/probity"
)

// SummaryOptions are what the terminal is like.
type SummaryOptions struct {
	Width int  // columns; 0 is 100
	Color bool // ANSI colours
	Each  int  // findings shown a rule; 0 is 5, below 0 all
	Rules int  // rules shown; 0 is 20, below 0 all
}

// Summary writes what a person wants to read first: the worst findings by rule, what is unknown and why, what was lost.
func Summary(w io.Writer, scan probity.Scan, o SummaryOptions) error {
	c, err := Count(scan)
	if err != nil {
		return err
	}
	if scan, err = located(scan, false); err != nil {
		return err
	}
	p, err := chosen(scan, orDefault(o.Each, 5))
	if err != nil {
		return err
	}
	t := &terminal{w: bufio.NewWriter(w), width: max(40, orDefault(o.Width, 100)), color: o.Color}
	t.findings(p.open.sorted(scan.Header, c, standing), orDefault(o.Rules, 20))
	t.unknown(c)
	t.lines("Lost", c.Losses, red)
	t.lines("Left out", c.LeftOut, dim)
	t.totals(c)
	for _, line := range []string{heldLine(c), standingLine(scan.Frameworks), askedLine(nil, scan.Calls), readLine(nil, scan.Reads)} {
		if line != "" {
			t.wrapped(dim, "", 2, line)
		}
	}
	return t.w.Flush()
}

func orDefault(n, def int) int {
	switch {
	case n == 0:
		return def
	case n < 0: // no limit
		return int(^uint(0) >> 1)
	}
	return n
}

func (t *terminal) findings(groups []group, limit int) {
	if len(groups) > 0 {
		defer func() {
			t.say("%s\n", t.in(dim, "probity explain "+handle(groups[0].Items[0].Finding)+" --scan FILE tells all of a finding; -o json=FILE writes FILE"))
		}()
	}
	for i, g := range groups {
		if i == limit {
			n := 0
			for _, h := range groups[i:] {
				n += h.Counts.Findings
			}
			t.say("%s\n", t.in(dim, fmt.Sprintf("… and %s of %s; -o html=report.html or -o json=scan.json shows all", Plural(n, "finding"), Plural(len(groups)-i, "more rule"))))
			return
		}
		worst := g.Items[0].Risk.Severity
		t.say("%s  %s  %s", t.in(severityStyle(worst), fmt.Sprintf("%-8s", strings.ToUpper(string(worst)))), t.in(bold, visible(g.Rule.ID)), t.in(dim, Plural(g.Counts.Findings, "finding")))
		t.wrapped(dim, "  ", 2, "should hold: "+visible(g.Rule.Title))
		for _, f := range g.Items {
			at, message := place(f.Finding), visible(f.Message)
			if n := notes(f); len(n) > 0 {
				message += " (" + strings.Join(n, "; ") + ")"
			}
			t.finding(at, message, handle(f.Finding))
		}
		if g.Hidden > 0 {
			t.say("  %s", t.in(dim, "… and "+thousands(g.Hidden)+" more"))
		}
		t.say("")
	}
}

// finding is a line or two: where, what, and at the end what probity explain takes.
func (t *terminal) finding(at, message, id string) {
	if n := len([]rune(at)) + len([]rune(message)) + len(id) + 6; n <= t.width {
		t.say("  %s  %s  %s", t.in(cyan, at), message, t.in(dim, id))
		return
	}
	t.say("  %s  %s", t.in(cyan, at), t.in(dim, id))
	t.wrapped("", "    ", 4, message)
}

func severityStyle(s probity.Severity) style {
	switch s {
	case probity.Critical, probity.High:
		return alarm
	case probity.Medium:
		return yellow
	}
	return dim
}

// unknown tells each loss on a line of its own, and of gaps by nature one line a reason.
func (t *terminal) unknown(c *Counts) {
	if len(c.Gaps) == 0 {
		return
	}
	t.say("%s  %s", t.in(bold, "Unknown"), t.in(dim, Plural(c.Verdicts[probity.Unknown], "outcome")+", by what would decide them"))
	const most = 12
	told, losses := map[probity.Reason]bool{}, 0
	for _, g := range c.Gaps {
		switch {
		case g.Gap.Reason.Loss():
			if losses++; losses <= most {
				t.wrapped(red, fmt.Sprintf("  %6s  ", thousands(g.Outcomes)), 10, factsText(nil, g.Facts)+": "+Because(nil, g.Gap))
			}
		case !told[g.Gap.Reason]:
			told[g.Gap.Reason] = true
			t.wrapped("", fmt.Sprintf("  %6s  ", thousands(c.Reasons[g.Gap.Reason])), 10, nature(c.Gaps, g.Gap.Reason))
		}
	}
	if losses > most {
		t.say("  %s", t.in(dim, "… and "+Plural(losses-most, "more loss")))
	}
	t.say("")
}

// nature is all gaps of one reason in a line, with the most frequent as the example.
func nature(gaps []GapCount, r probity.Reason) string {
	facts, needs, example := map[probity.Path]int{}, 0, ""
	for _, g := range gaps {
		if g.Gap.Reason != r {
			continue
		}
		for f, n := range g.Facts {
			facts[f] += n
		}
		if g.Gap.Needs == "" {
			continue
		}
		if needs++; needs == 1 {
			example = visible(g.Gap.Needs)
		}
	}
	s := factsText(nil, facts) + ": " + reasonWords(nil, r)
	if needs > 0 {
		s += "; " + example
	}
	if needs > 1 {
		s += " and " + thousands(needs-1) + " more"
	}
	return s
}

func (t *terminal) lines(title string, losses []LossCount, s style) {
	if len(losses) == 0 {
		return
	}
	t.say("%s", t.in(bold, title))
	const most = 15
	for i, l := range losses {
		if i == most {
			t.say("  %s", t.in(dim, "… and "+thousands(len(losses)-most)+" more"))
			break
		}
		t.wrapped(s, "  ", 4, lossLine(nil, l))
	}
	t.say("")
}

func (t *terminal) totals(c *Counts) {
	var sev []string
	for _, s := range probity.Severity("").Values() {
		if n := c.Severities[probity.Severity(s)]; n > 0 {
			sev = append(sev, t.in(severityStyle(probity.Severity(s)), thousands(n)+" "+s))
		}
	}
	found := Plural(c.Findings, "finding")
	if len(sev) > 0 {
		found += " (" + strings.Join(sev, ", ") + ")"
	}
	for _, p := range history(nil, c) {
		found += ", " + p
	}
	t.say("%s · %s", t.in(bold, Plural(c.Assets, "asset")), found)
	t.say("%s passed, %s failed, %s unknown, %s not applicable", thousands(c.Verdicts[probity.Pass]), thousands(c.Verdicts[probity.Fail]),
		thousands(c.Verdicts[probity.Unknown]), thousands(c.Verdicts[probity.NA]))
	if c.Incomplete() {
		t.say("%s", t.in(alarm, "The scan is incomplete: what was lost is listed above."))
	} else {
		t.say("%s", t.in(green, "The scan is complete: nothing was lost."))
	}
}
