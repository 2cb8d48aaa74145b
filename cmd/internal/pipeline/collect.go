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
	"github.com/probity-scan/probity/scanners/kinds"
	"github.com/probity-scan/probity/scanners/personaldata"
)

// collector runs units side by side under one limit and keeps what they found in the order of their making.
type collector struct {
	o       Options
	mu      sync.Mutex
	wake    *sync.Cond
	queue   []*task
	running int
	done    int
	total   int
	assets  int
	names   *personaldata.Masker // logs and progress show names as reports do
	all     []*task              // targets first, each followed through children
}

// task is a unit, where it came from, and what it gave.
type task struct {
	unit     probity.Unit
	children []*task
	assets   []probity.Asset
	coverage []probity.Coverage
	calls    []probity.Calls
	reads    []probity.Read
	left     int // children that need not be scanned
	err      error
	ran      bool
}

func newCollector(o Options) *collector {
	c := &collector{o: o, names: personaldata.NewMasker()}
	c.wake = sync.NewCond(&c.mu)
	for _, u := range o.Units {
		t := &task{unit: u}
		c.all, c.queue = append(c.all, t), append(c.queue, t)
	}
	c.total = len(c.queue)
	return c
}

// run scans until no unit is left, or ctx ends.
func (c *collector) run(ctx context.Context) {
	workers := c.o.Parallel
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	stop := context.AfterFunc(ctx, func() { c.mu.Lock(); c.wake.Broadcast(); c.mu.Unlock() })
	defer stop()
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for t := c.next(ctx); t != nil; t = c.next(ctx) {
				c.scan(ctx, t)
				c.finish(t)
			}
		})
	}
	wg.Wait()
}

func (c *collector) next(ctx context.Context) *task {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.queue) == 0 && c.running > 0 && ctx.Err() == nil {
		c.wake.Wait()
	}
	if len(c.queue) == 0 || ctx.Err() != nil {
		c.wake.Broadcast()
		return nil
	}
	t := c.queue[0]
	c.queue = c.queue[1:]
	c.running++
	c.o.progress(Progress{Phase: "scanning", Done: c.done, Total: c.total, Assets: c.assets, At: c.shown(t)})
	return t
}

func (c *collector) finish(t *task) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running--
	c.done++
	if c.o.Leave != nil {
		t.leave(c.o.Leave)
	}
	c.total += len(t.children)
	c.assets += len(t.assets)
	c.queue = append(c.queue, t.children...)
	c.wake.Broadcast()
}

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
			t.assets = append(t.assets, f)
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

// Stopped is the gap of what a stopped scan did not come to.
func Stopped() probity.Gap { return stopped("the scan was stopped") }

func stopped(because string) probity.Gap {
	return probity.Gap{Reason: probity.Timeout, Because: because, Needs: "a scan that is left to end"}
}

// promised gives the coverage of what a unit was to supply and did not answer.
func (t *task) promised() []probity.Coverage {
	gap := probity.Gap{Reason: probity.Failed, Because: "the scanner did not answer", Needs: "a report to the makers"}
	if t.err != nil {
		gap = probity.Gap{Reason: probity.Failed, Because: t.err.Error(), Needs: "another try"}
	}
	if !t.ran && t.err == nil || errors.Is(t.err, context.Canceled) || errors.Is(t.err, context.DeadlineExceeded) {
		gap = Stopped()
	}
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

// found gives what all units found, in stable order.
func (c *collector) found() ([]probity.Asset, []probity.Coverage) {
	var assets []probity.Asset
	var coverage []probity.Coverage
	walk(c.all, func(t *task) {
		assets = append(assets, t.assets...)
		coverage = append(append(coverage, t.coverage...), t.promised()...)
	})
	return assets, coverage
}

// record gives the calls made by service and operation over the whole scan, and what content was read.
func (c *collector) record() ([]probity.Calls, []probity.Read) {
	sums := map[probity.Calls]probity.Calls{}
	var reads []probity.Read
	walk(c.all, func(t *task) {
		reads = append(reads, t.reads...)
		for _, n := range t.calls {
			k := probity.Calls{Service: n.Service, Operation: n.Operation}
			sum := sums[k]
			k.Made, k.Throttled, k.Denied = sum.Made+n.Made, sum.Throttled+n.Throttled, sum.Denied+n.Denied
			sums[probity.Calls{Service: n.Service, Operation: n.Operation}] = k
		}
	})
	calls := slices.SortedFunc(maps.Values(sums), func(a, b probity.Calls) int {
		return cmp.Or(strings.Compare(a.Service, b.Service), strings.Compare(a.Operation, b.Operation))
	})
	return calls, reads
}

// trouble names targets in which nothing was recognised, and nothing lost either, and what was not begun.
func (c *collector) trouble() []probity.Trouble {
	var out []probity.Trouble
	waiting := 0
	walk(c.all, func(t *task) {
		if !t.ran && t.err == nil {
			waiting++
		}
	})
	if waiting > 0 {
		out = append(out, probity.Trouble{What: fmt.Sprintf("%d of %d units", waiting, c.total), Gap: stopped("the scan was stopped before them")})
	}
	for i, root := range c.all {
		n, lost := 0, false
		walk([]*task{root}, func(t *task) {
			for _, a := range t.assets {
				if recognised(a) {
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
