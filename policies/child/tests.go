package child

import (
	"context"
	"time"

	"github.com/probity-scan/probity/policies/workshop"
)

func (t *Tests) answer(ctx context.Context, a ask) (out answer) {
	var err error
	if a.Names {
		out.Names, err = workshop.Names(t.Files)
	} else {
		out.Tested, err = workshop.Run(ctx, t.Files, t.Helpers, *a.Test)
	}
	if err != nil {
		return answer{Error: err.Error()}
	}
	return out
}

// RunTests runs the tests of a folder, which are a stranger's as its rules are: all at once, and where the child dies of that each alone, so that
// the one is named of which it does, and the others are told of all the same. An error is that of the folder: something does not compile.
func RunTests(ctx context.Context, program string, t Tests, l Limits) (workshop.Tested, error) {
	r := NewRunner(program, Job{Tests: &t}, l)
	defer r.Close()
	named, err := r.ask(ctx, ask{Names: true})
	if err != nil {
		return workshop.Tested{}, err
	}
	all, limits := "", r.limits
	const each = 100 * time.Millisecond // which most take; where that is not enough, each has the whole time
	r.limits.Deadline += each * time.Duration(len(named.Names))
	a, err := r.ask(ctx, ask{Test: &all})
	if err == nil {
		return workshop.Sum(a.Tested), nil
	}
	if r.proc != nil || ctx.Err() != nil { // it answered
		return workshop.Tested{}, err
	}
	r.limits = limits
	var runs []workshop.Report
	for _, test := range named.Names {
		a, err := r.ask(ctx, ask{Test: &test.Name})
		if ctx.Err() != nil {
			return workshop.Tested{}, ctx.Err()
		}
		if err != nil {
			test.Error = err.Error()
			a.Tested.Tests = []workshop.Test{test}
		}
		runs = append(runs, a.Tested)
	}
	return workshop.Sum(runs...), nil
}
