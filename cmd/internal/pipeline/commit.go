package pipeline

import (
	"iter"
	"slices"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/state"
)

// commit ends a unit: what it did not tell becomes a gap, names are masked, and the checkpoint keeps what will not change by
// another try.
func (c *collector) commit(t *task) error {
	m := <-c.maskers
	defer func() { c.maskers <- m }()
	defer func() { t.unit.Supplies = nil }() // nobody asks for them any more
	if t.kept {
		m.share(t.assets)
		return nil
	}
	t.coverage = append(t.coverage, t.promised()...)
	if err := m.all(t.assets, t.coverage, t.reads); err != nil {
		return err
	}
	m.share(t.assets)
	if !t.begun() {
		return nil
	}
	t.ends = map[probity.Reason]bool{}
	for g := range t.gaps() {
		t.ends[g.Reason] = true
	}
	if t.passing() {
		return nil
	}
	if err := c.o.Checkpoint.Keep(t.unit, t.result()); err != nil {
		c.unkept.Do(func() { c.o.say(err.Error() + ": a scan that is cut off will read this anew") })
	}
	return nil
}

// known takes over what a unit found before this scan was cut off.
func (c *collector) known(t *task) bool {
	r, ok := c.o.Checkpoint.Known(t.unit)
	if !ok {
		return false
	}
	t.ran, t.kept = true, true
	t.assets, t.coverage, t.calls, t.reads = r.Assets, r.Coverage, r.Calls, r.Reads
	for _, u := range r.Children {
		t.children = append(t.children, &task{unit: u})
	}
	return true
}

func (t *task) result() state.Result {
	r := state.Result{Assets: t.assets, Coverage: t.coverage, Calls: t.calls, Reads: t.reads}
	for _, child := range t.children {
		r.Children = append(r.Children, child.unit)
	}
	return r
}

// passing reports whether another try may tell more.
func (t *task) passing() bool {
	return slices.ContainsFunc([]probity.Reason{probity.Throttled, probity.Timeout, probity.Unreachable, probity.Expired, probity.Failed},
		func(r probity.Reason) bool { return t.ends[r] })
}

// gaps are those that the unit ended with: of listings and of links, and of facts those that were lost.
func (t *task) gaps() iter.Seq[*probity.Gap] {
	return func(yield func(*probity.Gap) bool) {
		for i := range t.coverage {
			if g := t.coverage[i].Gap; g != nil && !yield(g) {
				return
			}
		}
		for i := range t.assets {
			for _, l := range probity.Losses(t.assets[i]) {
				if _, g := l.Value(); !yield(g) {
					return
				}
			}
			for _, l := range t.assets[i].Links.Items {
				if l.Gap != nil && !yield(l.Gap) {
					return
				}
			}
		}
	}
}

// whole reports whether another scan could tell no more than this one.
func (c *collector) whole() bool {
	whole := true
	walk(c.all, func(t *task) { whole = whole && t.begun() && !t.passing() })
	return whole
}

// results are what all units found, in stable order.
func (c *collector) results() iter.Seq[state.Result] {
	return func(yield func(state.Result) bool) {
		more := true
		walk(c.all, func(t *task) { more = more && yield(t.result()) })
	}
}
