package serve

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/pipeline"
)

// Plan is a scan that can run: what a person would get who typed it.
type Plan struct {
	Options pipeline.Options                                                  // with the first units of the targets
	Inputs  []string                                                          // digests of what is asked besides the units: alike on all machines that ask the same
	Judge   func(probity.Scan) (probity.Scan, error)                          // what waivers and baseline let be
	Write   func(ctx context.Context, scan string, judged probity.Scan) error // reports
	Close   func()
}

// Planner makes the plan of a schedule, at the time that counts as now.
type Planner func(ctx context.Context, s config.Schedule, at time.Time) (*Plan, error)

// plans are those of running scans, which each process makes for itself: what is asked may hold secrets, and stands nowhere.
type plans struct {
	make Planner
	mu   sync.Mutex
	of   map[string]*planned
}

type planned struct {
	once sync.Once
	plan *Plan
	err  error
}

// get makes the plan of a scan once.
func (p *plans) get(ctx context.Context, scan string, s config.Schedule, at time.Time) (*Plan, error) {
	p.mu.Lock()
	x := p.of[scan]
	if x == nil {
		x = &planned{}
		p.of[scan] = x
	}
	p.mu.Unlock()
	x.once.Do(func() {
		x.plan, x.err = p.new(ctx, s, at)
	})
	if x.err != nil {
		p.mu.Lock()
		if p.of[scan] == x {
			delete(p.of, scan)
		}
		p.mu.Unlock()
	}
	return x.plan, x.err
}

// new makes a plan whose units have the schedule's place.
func (p *plans) new(ctx context.Context, s config.Schedule, at time.Time) (*Plan, error) {
	plan, err := p.make(context.WithoutCancel(ctx), s, at)
	if err != nil {
		return nil, fmt.Errorf("planning: %w", err)
	}
	for i := range plan.Options.Units {
		if u := &plan.Options.Units[i]; u.Place == (probity.Place{}) {
			u.Place = probity.Place(s.Place)
		}
	}
	return plan, nil
}

// put hands over the plan of a scan that begins, so that its units need not make it again.
func (p *plans) put(scan string, plan *Plan) {
	x := &planned{plan: plan}
	x.once.Do(func() {})
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.of[scan] != nil { // a unit was faster
		plan.Close()
		return
	}
	p.of[scan] = x
}

// drop lets go of a plan. A unit that still runs needs no rules, and what it learns of content is not kept.
func (p *plans) drop(scan string) {
	p.mu.Lock()
	x := p.of[scan]
	delete(p.of, scan)
	p.mu.Unlock()
	if x == nil {
		return
	}
	if x.once.Do(func() {}); x.plan != nil { // it is made first
		x.plan.Close()
	}
}

// names gives the scans of which there are plans.
func (p *plans) names() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []string
	for n := range p.of {
		out = append(out, n)
	}
	return out
}

// asked is a digest of what a plan asks: units of one scan are all scanned by the same.
func (p *Plan) asked() (string, error) {
	b, err := json.Marshal([]any{p.Options.Units, slices.Sorted(slices.Values(p.Inputs))})
	if err != nil {
		return "", fmt.Errorf("naming what is asked: %w", err)
	}
	key, err := p.Options.Key()
	if err != nil {
		return "", fmt.Errorf("naming what is asked: %w", err)
	}
	m := hmac.New(sha256.New, key) // variables may hold secrets, which nobody is to try against it
	m.Write(b)
	return hex.EncodeToString(m.Sum(nil)[:16]), nil
}
