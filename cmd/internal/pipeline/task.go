package pipeline

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/probity-scan/probity"
)

// task is a unit, where it came from, and what it gave.
type task struct {
	unit     probity.Unit
	children []*task
	assets   []*probity.Asset
	coverage []probity.Coverage
	calls    []probity.Calls
	reads    []probity.Read
	left     int // children that need not be scanned
	err      error
	ran      bool
	kept     bool                    // in the checkpoint: an earlier run scanned it
	expired  bool                    // it was not begun, since there were no credentials any more
	ends     map[probity.Reason]bool // with which gaps it ended
}

// begun reports whether somebody looked at the unit.
func (t *task) begun() bool { return t.ran || t.err != nil }

// leave takes out the children that need not be scanned, and says how many they are.
func (t *task) leave(why func(probity.Unit) string) {
	reasons := map[string]int{}
	t.children = slices.DeleteFunc(t.children, func(child *task) bool {
		reason := why(child.unit)
		if reason != "" {
			reasons[reason]++
		}
		return reason != ""
	})
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		t.left += reasons[reason]
		t.coverage = append(t.coverage, probity.Coverage{Gap: &probity.Gap{Reason: probity.Filtered, Because: reason}, Count: reasons[reason],
			Supply: probity.Supply{On: probity.Ref{Root: t.unit.Base, ID: "."}}})
	}
}

// Stopped is the gap of what a stopped scan did not come to.
func Stopped() probity.Gap { return stopped("the scan was stopped") }

func stopped(because string) probity.Gap {
	return probity.Gap{Reason: probity.Timeout, Because: because, Needs: "a scan that is left to end"}
}

func lapsed(because string) probity.Gap {
	return probity.Gap{Reason: probity.Expired, Because: because, Needs: "a fresh login, and --resume"}
}

// promised gives the coverage of what a unit was to supply and did not answer.
func (t *task) promised() []probity.Coverage {
	gap := probity.Gap{Reason: probity.Failed, Because: "the scanner did not answer", Needs: "a report to the makers"}
	if t.err != nil {
		gap = probity.Gap{Reason: probity.Failed, Because: t.err.Error(), Needs: "another try"}
	}
	switch {
	case t.expired:
		gap = lapsed("the credentials expired")
	case !t.begun(), errors.Is(t.err, context.Canceled), errors.Is(t.err, context.DeadlineExceeded):
		gap = Stopped()
	}
	return t.unanswered(gap)
}

// unanswered gives a gap to all that the unit was to supply and did not answer.
func (t *task) unanswered(gap probity.Gap) []probity.Coverage {
	var out []probity.Coverage
	for _, s := range t.unit.Supplies {
		if !slices.ContainsFunc(t.coverage, func(c probity.Coverage) bool { return c.Supply == s }) {
			out = append(out, probity.Coverage{Supply: s, Gap: &gap})
		}
	}
	if len(t.unit.Supplies) == 0 && t.err != nil {
		out = append(out, probity.Coverage{Gap: &gap, Origin: &probity.Origin{File: t.name()}})
	}
	return out
}

func (t *task) name() string {
	if t.unit.Part == "" || t.unit.Part == "." {
		return t.unit.Target
	}
	return t.unit.Target + "/" + t.unit.Part
}
