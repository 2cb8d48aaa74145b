// Package gate turns a scan into a decision: the exit code that a build obeys, and the sentence that says why.
package gate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
)

// The exit codes.
const (
	Clean      = 0
	Findings   = 1 // at or above the threshold; wins over Incomplete
	Usage      = 2 // wrong usage, or nothing could be begun
	Incomplete = 3 // something was lost: not all that was asked for was looked at
)

// Options are the thresholds. The zero value fails on every finding.
type Options struct {
	FailOn        probity.Severity // empty: any; None: no finding fails
	FailOnUnknown []probity.Reason // gaps by nature that fail as well
}

// None as a threshold lets every finding pass.
const None probity.Severity = "none"

// Decision is the gate's word.
type Decision struct {
	Code   int
	Reason string
}

// Decide reads the counts of a scan.
func Decide(c *reports.Counts, o Options) Decision {
	over := 0
	for s, n := range c.Severities {
		if o.FailOn != None && (o.FailOn == "" || s.AtLeast(o.FailOn)) {
			over += n
		}
	}
	switch {
	case over == 1:
		return Decision{Findings, "1 finding" + atOrAbove(o.FailOn)}
	case over > 0:
		return Decision{Findings, fmt.Sprintf("%d findings%s", over, atOrAbove(o.FailOn))}
	}
	for _, r := range probity.Reasons() {
		if n := c.Reasons[r]; n > 0 && slices.Contains(o.FailOnUnknown, r) {
			return Decision{Findings, fmt.Sprintf("%d verdicts unknown: %s", n, r)}
		}
	}
	var lost []string
	if n := len(c.Losses); n > 0 {
		lost = append(lost, c.Losses[0].What+" "+c.Losses[0].Gap.String())
		if n > 1 {
			lost = append(lost, fmt.Sprintf("%d more", n-1))
		}
	} else {
		lost = append(lost, "not all could be looked at")
	}
	if c.Incomplete() {
		return Decision{Incomplete, "incomplete: " + strings.Join(lost, ", and ")}
	}
	if o.FailOn == None {
		return Decision{Clean, "findings do not fail this gate"}
	}
	return Decision{Clean, "no finding" + atOrAbove(o.FailOn)}
}

func atOrAbove(s probity.Severity) string {
	if s == "" || s == None {
		return ""
	}
	return " at or above " + string(s)
}
