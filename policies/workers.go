package policies

import (
	"context"
	"iter"
	"runtime"
	"sync"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/child"
)

// batch is assets that one worker judges, with a row of outcomes for each.
type batch struct {
	assets []probity.Asset
	rows   [][]probity.Outcome
	err    error
	done   chan struct{}
}

// few is how many assets a worker takes at a time; where users' rules judge them as well, a child does so under one deadline.
const few = 32

// Judge yields an outcome for each asset and each rule of its class, in the order of the assets and of rule IDs. Assets are
// judged side by side, a few batches ahead of what is taken.
func (c *Corpus) Judge(ctx context.Context, e Estate) iter.Seq2[probity.Outcome, error] {
	return func(yield func(probity.Outcome, error) bool) {
		p, err := c.prepare(ctx, e)
		if err != nil {
			yield(probity.Outcome{}, err)
			return
		}
		ctx, cancel := context.WithCancel(ctx)
		l := newLine(p)
		defer l.wait()
		defer cancel()
		l.start(ctx, e.Assets)
		for b := range l.order {
			<-b.done
			if !b.tell(yield) {
				return
			}
			l.free <- b
		}
	}
}

// tell yields the outcomes of a batch; false: no more are wanted.
func (b *batch) tell(yield func(probity.Outcome, error) bool) bool {
	if b.err != nil {
		yield(probity.Outcome{}, b.err)
		return false
	}
	for _, row := range b.rows {
		for _, o := range row {
			if !yield(o, nil) {
				return false
			}
		}
	}
	return true
}

// line is batches on their way: they are filled in order, judged by whoever is free, and told in order.
type line struct {
	panel         *panel
	order         chan *batch // filled ones
	work          chan *batch // the same
	free          chan *batch
	size, workers int
	group         sync.WaitGroup
}

func newLine(p *panel) *line {
	l := &line{panel: p, size: few, workers: runtime.GOMAXPROCS(0)}
	if p.corpus.users.runner != nil {
		l.size = child.Batch
	}
	n := 2 * l.workers
	l.order, l.work, l.free = make(chan *batch, n), make(chan *batch, n), make(chan *batch, n)
	for range n {
		l.free <- &batch{}
	}
	return l
}

func (l *line) start(ctx context.Context, assets iter.Seq2[probity.Asset, error]) {
	l.group.Go(func() {
		defer close(l.order)
		defer close(l.work)
		l.fill(ctx, assets)
	})
	for range l.workers {
		l.group.Go(func() {
			for b := range l.work {
				if b.err == nil {
					b.err = l.panel.judge(ctx, b)
				}
				close(b.done)
			}
		})
	}
}

// fill cuts the assets into batches. What cannot be read is the error of the batch that it would have been in.
func (l *line) fill(ctx context.Context, assets iter.Seq2[probity.Asset, error]) {
	var b *batch
	next := func() bool {
		select {
		case b = <-l.free:
		case <-ctx.Done():
			b = &batch{err: ctx.Err()}
		}
		b.assets, b.done = b.assets[:0], make(chan struct{})
		return b.err == nil
	}
	send := func() { // there is room for all batches
		for len(b.rows) < len(b.assets) {
			b.rows = append(b.rows, nil)
		}
		b.rows = b.rows[:len(b.assets)]
		for i := range b.rows {
			b.rows[i] = b.rows[i][:0]
		}
		l.order <- b
		l.work <- b
		b = nil
	}
	for a, err := range assets {
		if b == nil && !next() {
			break
		}
		if b.err = err; err != nil {
			break
		}
		if b.assets = append(b.assets, a); len(b.assets) == l.size {
			send()
		}
	}
	if b != nil {
		send()
	}
}

// wait ends with the workers. What they still do nobody asks for any more.
func (l *line) wait() {
	for b := range l.order {
		<-b.done
	}
	l.group.Wait()
}
