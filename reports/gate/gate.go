// Package gate turns a scan into a decision: the exit code that a build obeys, and the sentence that says why. It says of each
// finding what lets it be: a waiver, a comment in code, a baseline, the base of a change, or the version of the rules asked.
package gate

import (
	"time"

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

// Options are what the gate weighs a scan by. The zero value fails on every finding.
type Options struct {
	Now        time.Time
	Thresholds []Thresholds     // each may only add what fails; none: any finding fails
	Unknown    []probity.Reason // gaps that fail as well
	AsOf       string           // rules that came or changed after this version do not fail; empty: all are asked
	Waivers    []Waiver         //
	Limits     Limits           //
	Baseline   *Baseline        // nil: none
	Base       *Base            // what a change is judged against; nil: all is judged
	Audit      bool             // nothing lets a finding be
}

// Waiver is one with who wrote it: Central ones are not a repository's own, and bound by no limit.
type Waiver struct {
	probity.Waiver
	Central bool
}

// Base is the state that a change begins from.
type Base struct {
	Name    string            // a revision, a file
	Scan    probity.Scan      //
	Judged  bool              // the scan to judge was compared with it before, and says how: Scan is not looked at
	Waivers []probity.Waiver  // those of its configuration: others are the change's own proposals
	Writes  func(string) bool // whether the change writes a file, repository-relative; nil: nobody knows
}

// Limits are the worst severities that a repository may let be by itself.
type Limits struct {
	InRepository probity.Severity // by waivers, comments and baselines; empty: any; None: none
	InChange     probity.Severity // by waivers and comments that the change itself adds; empty: medium; None: none
}

// Decision is the gate's word.
type Decision struct {
	Code   int
	Reason string
}

// Judge gives the scan with what lets its findings be, and the decision. The scan is walked several times and not held.
func Judge(scan probity.Scan, o Options) (probity.Scan, Decision, error) {
	j, err := newJudge(scan, o)
	if err != nil {
		return probity.Scan{}, Decision{}, err
	}
	scan.Outcomes = j.outcomes(scan.Outcomes)
	t, err := j.weigh(scan)
	if err != nil {
		return probity.Scan{}, Decision{}, err
	}
	if scan.Header, err = j.header(scan, t); err != nil {
		return probity.Scan{}, Decision{}, err
	}
	counts, err := reports.Count(scan)
	if err != nil {
		return probity.Scan{}, Decision{}, err
	}
	return scan, j.decide(t, counts), nil
}
