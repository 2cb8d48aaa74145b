package pipeline

import (
	"runtime"
	"slices"

	"github.com/probity-scan/probity"
)

// waits is how many units that ask over a network are scanned side by side: they wait for answers most of their time.
const waits = 16

// lanes are the units that wait to be scanned: those of live targets, and those that keep a processor busy.
type lanes struct {
	isLive  func(probity.Unit) bool
	workers int
	most    int // of both
	of      [2]lane
}

// lane lets what was found last go first: an account is done before the next one begins, or what is kept of each until it is
// done would be kept of all of them.
type lane struct {
	stack         []*task
	running, most int
}

func newLanes(o Options) lanes {
	l := lanes{isLive: o.Live, most: o.Parallel}
	l.of[0].most, l.of[1].most = waits, runtime.GOMAXPROCS(0)
	if o.Parallel > 0 {
		l.of[0].most, l.of[1].most = o.Parallel, o.Parallel
	} else {
		l.most = l.of[0].most + l.of[1].most
	}
	l.workers = l.most
	return l
}

func (l *lanes) live(u probity.Unit) bool { return l.isLive != nil && l.isLive(u) }

func (l *lanes) lane(t *task) *lane {
	if l.live(t.unit) {
		return &l.of[0]
	}
	return &l.of[1]
}

func (l *lanes) add(ts []*task) {
	for _, t := range slices.Backward(ts) {
		at := l.lane(t)
		at.stack = append(at.stack, t)
	}
}

// take gives the next unit that may run, if there is one; without credentials none of a live target.
func (l *lanes) take(expired bool) *task {
	for i := range l.of {
		at := &l.of[i]
		last := len(at.stack) - 1
		if last < 0 || at.running >= at.most || l.running() >= l.most || expired && i == 0 {
			continue
		}
		t := at.stack[last]
		at.stack[last], at.stack = nil, at.stack[:last]
		at.running++
		return t
	}
	return nil
}

func (l *lanes) left(t *task) { l.lane(t).running-- }

func (l *lanes) running() int { return l.of[0].running + l.of[1].running }

// idle: nothing runs, so nothing that waits will ever be let run.
func (l *lanes) idle() bool { return l.running() == 0 }
