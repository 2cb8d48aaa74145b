package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/state"
	"github.com/probity-scan/probity/scanners/kinds"
	"github.com/probity-scan/probity/scanners/personaldata"
)

// collector runs units side by side and keeps what they found in the order of their making.
type collector struct {
	o       Options
	mu      sync.Mutex
	wake    *sync.Cond
	waiting lanes
	done    int
	total   int
	assets  int
	names   *personaldata.Masker            // logs and progress show names as reports do
	maskers chan *masker                    // as many as there are processors
	all     []*task                         // targets first, each followed through children
	calls   map[probity.Calls]probity.Calls // sums of all units, by service and operation
	expired bool                            // credentials: no further live unit is begun
	err     error                           // the first of committing
	unkept  sync.Once                       // says that the checkpoint cannot be written
}

func newCollector(o Options) *collector {
	if o.Checkpoint == nil {
		o.Checkpoint = (*state.Checkpoint)(nil)
	}
	c := &collector{o: o, names: personaldata.NewMasker(), waiting: newLanes(o), calls: map[probity.Calls]probity.Calls{}, maskers: make(chan *masker, runtime.GOMAXPROCS(0))}
	c.wake = sync.NewCond(&c.mu)
	key := sync.OnceValues(o.Key)
	for range cap(c.maskers) {
		c.maskers <- newMasker(key)
	}
	for _, u := range o.Units {
		c.all = append(c.all, &task{unit: u})
	}
	c.waiting.add(c.all)
	c.total = len(c.all)
	return c
}

// run scans until no unit is left, or ctx ends.
func (c *collector) run(ctx context.Context) {
	stop := context.AfterFunc(ctx, func() { c.mu.Lock(); c.wake.Broadcast(); c.mu.Unlock() })
	defer stop()
	var wg sync.WaitGroup
	for range c.waiting.workers {
		wg.Go(func() {
			for t := c.next(ctx); t != nil; t = c.next(ctx) {
				if !c.known(t) {
					c.scan(ctx, t)
				}
				c.finish(t, c.commit(t))
			}
		})
	}
	wg.Wait()
}

func (c *collector) next(ctx context.Context) *task {
	c.mu.Lock()
	defer c.mu.Unlock()
	for ctx.Err() == nil {
		if t := c.waiting.take(c.expired); t != nil {
			c.o.progress(Progress{Phase: "scanning", Done: c.done, Total: c.total, Assets: c.assets, At: c.shown(t)})
			return t
		}
		if c.waiting.idle() {
			break
		}
		c.wake.Wait()
	}
	c.wake.Broadcast()
	return nil
}

func (c *collector) finish(t *task, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting.left(t)
	c.count(t)
	c.err = cmp.Or(c.err, err)
	c.expired = c.expired || t.ends[probity.Expired]
	c.done++
	if c.o.Leave != nil {
		t.leave(c.o.Leave)
	}
	c.total += len(t.children)
	c.assets += len(t.assets)
	c.waiting.add(t.children)
	c.wake.Broadcast()
}

// count adds the calls of a unit to all. Of thousands of units a recording alone tells them one by one.
func (c *collector) count(t *task) {
	for _, n := range t.calls {
		k := probity.Calls{Service: n.Service, Operation: n.Operation}
		sum := c.calls[k]
		c.calls[k] = probity.Calls{Service: n.Service, Operation: n.Operation, Made: sum.Made + n.Made, Throttled: sum.Throttled + n.Throttled, Denied: sum.Denied + n.Denied}
	}
	if c.o.Record == "" {
		t.calls = nil
	}
}

func (c *collector) scan(ctx context.Context, t *task) {
	s, ok := c.o.Scanners[t.unit.Scanner]
	if !ok {
		t.err = fmt.Errorf("no scanner %q", t.unit.Scanner)
		return
	}
	t.ran = true
	defer func() {
		if p := recover(); p != nil { // what it held may be content: only the stack is told
			t.err = errors.New("the scanner crashed: please report it")
			c.o.Log.WithFields(logrus.Fields{"unit": c.named(t), "stack": string(debug.Stack())}).Debug("scanner crashed")
		}
	}()
	log := c.o.Log.WithField("unit", c.named(t))
	for f, err := range s.Scan(ctx, t.unit) {
		if err != nil {
			t.err = err
			break
		}
		switch f := f.(type) {
		case probity.Asset:
			t.assets = append(t.assets, &f)
		case probity.Coverage:
			t.coverage = append(t.coverage, f)
		case probity.Calls:
			t.calls = append(t.calls, f)
		case probity.Read:
			t.reads = append(t.reads, f)
		case probity.Unit:
			t.children = append(t.children, &task{unit: f})
		}
	}
	if t.err != nil && !errors.Is(t.err, context.Canceled) {
		log.WithError(t.err).Warn("unit ended early")
	}
	log.WithField("assets", len(t.assets)).Debug("unit scanned")
}

// recognised reports whether an asset is more than a file of a format that is not read.
func recognised(a probity.Asset) bool {
	_, gap := a.Labels.Value()
	return a.Kind != kinds.FilesFolder || gap == nil || len(a.Labels.Items) > 0 || !strings.Contains(gap.Because, "format not read")
}

// shown is a task's name for people; the caller holds the lock.
func (c *collector) shown(t *task) string {
	name, _ := c.names.Mask(t.name())
	return name
}

func (c *collector) named(t *task) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.shown(t)
}

// walk visits tasks and their children in the order that one worker would have met them.
func walk(ts []*task, visit func(*task)) {
	for _, t := range ts {
		visit(t)
		walk(t.children, visit)
	}
}

// found gives what all units found, in stable order, and lets go of it.
func (c *collector) found() ([]*probity.Asset, []probity.Coverage) {
	answers := 0
	walk(c.all, func(t *task) { answers += len(t.coverage) })
	assets, coverage := make([]*probity.Asset, 0, c.assets), make([]probity.Coverage, 0, answers)
	walk(c.all, func(t *task) {
		assets, coverage = append(assets, t.assets...), append(coverage, t.coverage...)
		t.assets, t.coverage = nil, nil
	})
	return assets, coverage
}

// settle says of what was not begun what it was to tell.
func (c *collector) settle() error {
	var err error
	walk(c.all, func(t *task) {
		if t.begun() {
			return
		}
		t.expired = c.expired && c.waiting.live(t.unit)
		err = cmp.Or(err, c.commit(t))
	})
	return cmp.Or(c.err, err)
}

// record gives the calls made by service and operation over the whole scan, and what content was read.
func (c *collector) record() ([]probity.Calls, []probity.Read) {
	var reads []probity.Read
	walk(c.all, func(t *task) { reads = append(reads, t.reads...) })
	calls := slices.SortedFunc(maps.Values(c.calls), func(a, b probity.Calls) int {
		return cmp.Or(strings.Compare(a.Service, b.Service), strings.Compare(a.Operation, b.Operation))
	})
	return calls, reads
}

// trouble names targets in which nothing was recognised, and nothing lost either, and what was not begun.
func (c *collector) trouble() []probity.Trouble {
	var out []probity.Trouble
	waiting, expired := 0, 0
	walk(c.all, func(t *task) {
		switch {
		case t.expired:
			expired++
		case !t.begun():
			waiting++
		}
	})
	if c.expired {
		out = append(out, probity.Trouble{What: "credentials", Gap: lapsed(fmt.Sprintf("they expired before %d of %d units", expired, c.total))})
	}
	if waiting > 0 {
		out = append(out, probity.Trouble{What: fmt.Sprintf("%d of %d units", waiting, c.total), Gap: stopped("the scan was stopped before them")})
	}
	for i, root := range c.all {
		n, lost := 0, false
		walk([]*task{root}, func(t *task) {
			for _, a := range t.assets {
				if recognised(*a) {
					n++
				}
			}
			lost = lost || t.err != nil || !t.ran || t.left > 0 || slices.ContainsFunc(t.coverage, func(c probity.Coverage) bool { return c.Gap != nil && c.Gap.Reason.Loss() })
		})
		if n == 0 && !lost {
			out = append(out, probity.Trouble{What: "target " + masked(c.o.Targets[i : i+1])[0], Gap: probity.Gap{Reason: probity.Unreadable, Because: "nothing in it was recognised",
				Needs: "a folder with code of infrastructure, plan JSON, SQLite or data files"}})
		}
	}
	return out
}
