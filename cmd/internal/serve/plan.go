package serve

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/pipeline"
)

// Plan is a scan that can run: what a person would get who typed it.
type Plan struct {
	Options pipeline.Options                         // with the first units of the targets
	Judge   func(probity.Scan) (probity.Scan, error) // what waivers and baseline let be
	Write   func(probity.Scan) error                 // reports
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
		x.plan, x.err = p.make(context.WithoutCancel(ctx), s, at)
		if x.err != nil {
			return
		}
		for i := range x.plan.Options.Units {
			if u := &x.plan.Options.Units[i]; u.Place == (probity.Place{}) {
				u.Place = probity.Place(s.Place)
			}
		}
	})
	if x.err != nil {
		p.drop(scan)
	}
	return x.plan, x.err
}

// drop lets go of a plan; units that still run with it end first.
func (p *plans) drop(scan string) {
	p.mu.Lock()
	x := p.of[scan]
	delete(p.of, scan)
	p.mu.Unlock()
	if x != nil && x.plan != nil {
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
	b, err := json.Marshal([]any{p.Options.Units, p.Options.Inputs})
	if err != nil {
		return "", fmt.Errorf("naming what is asked: %w", err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16]), nil
}
