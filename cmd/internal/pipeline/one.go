package pipeline

import (
	"context"
	"errors"
	"fmt"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/state"
)

// One scans a single unit, as Run does with each: names are masked, and what it did not tell are gaps. Its children are those
// that need a scan. again: another try may tell more. When ctx ends on the way, nothing of it counts.
func One(ctx context.Context, o Options, u probity.Unit) (r state.Result, again bool, err error) {
	o.Units, o.Checkpoint = []probity.Unit{u}, nil
	c := newCollector(o)
	t := c.all[0]
	c.scan(ctx, t)
	if err := ctx.Err(); err != nil {
		return state.Result{}, true, fmt.Errorf("scanning a unit: %w", err)
	}
	if err := c.commit(t); err != nil {
		return state.Result{}, false, err
	}
	if o.Leave != nil {
		t.leave(o.Leave)
	}
	return t.result(), t.passing(), nil
}

// Deep scans a unit with all that is found below it, as one.
func Deep(ctx context.Context, o Options, u probity.Unit) (all state.Result, again bool, err error) {
	for waiting := []probity.Unit{u}; len(waiting) > 0; waiting = waiting[1:] {
		r, more, err := One(ctx, o, waiting[0])
		if err != nil {
			return state.Result{}, true, err
		}
		waiting, again = append(waiting, r.Children...), again || more
		all.Assets, all.Coverage = append(all.Assets, r.Assets...), append(all.Coverage, r.Coverage...)
		all.Calls, all.Reads = append(all.Calls, r.Calls...), append(all.Reads, r.Reads...)
	}
	return all, again, nil
}

// Unreached is what a unit comes to that nobody could take: all that it was to tell is a gap.
func Unreached(u probity.Unit, g probity.Gap) state.Result {
	t := &task{unit: u, err: errors.New(g.String())}
	return state.Result{Coverage: t.unanswered(g)}
}
