package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/gate"
)

const toldNotices = 20 // line by line; reports hold all

// conclude is how scan and gate end: what lets findings be, what people should know, reports, and the exit code.
func (g *gateFlags) conclude(scan probity.Scan, o gate.Options, out *outputs, tell func(kind, line string), stdout, stderr io.Writer) error {
	scan, decision, err := gate.Judge(scan, o)
	if err != nil {
		return err
	}
	tellNotices(func(line string) { tell("notice", line) }, scan.Notices)
	if err := tellLosses(func(line string) { tell("lost", line) }, scan); err != nil {
		return err
	}
	if g.exitZero {
		decision.Code = gate.Clean
	}
	kept := out.taken(scan) // before reports, which may say what became of findings; a history that is broken loses none of them
	if err := errors.Join(out.write(scan, decision), kept); err != nil {
		return err
	}
	if !g.quiet {
		to := stdout
		if out.stdout {
			to = stderr
		}
		if err := reports.Summary(to, scan, reports.SummaryOptions{Width: width(to), Color: colourful(to)}); err != nil {
			return err
		}
		fmt.Fprintf(to, "exit %d: %s\n", decision.Code, printable(decision.Reason))
	}
	if decision.Code != gate.Clean {
		return exit{code: decision.Code}
	}
	return nil
}

// tellNotices says a line for each waiver, ignore or baseline that somebody should look at.
func tellNotices(say func(string), notices []probity.Notice) {
	for i, n := range notices {
		if i == toldNotices {
			say(fmt.Sprintf("%d more notices on waivers and baselines: -o json=FILE shows all", len(notices)-i))
			return
		}
		line := n.Text
		if at := n.Origin.String(); at != "" && n.Kind != probity.Stale {
			line += " (" + at + ")"
		}
		say(printable(line))
	}
}
