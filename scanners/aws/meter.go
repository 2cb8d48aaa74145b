package aws

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go"
	stack "github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	probity "github.com/probity-scan/probity"
)

// meter counts the calls to one account and slows them down: one limit for each region and service, whose calls back off
// together when the provider throttles one of them.
type meter struct {
	account string
	o       Options
	mu      sync.Mutex
	regions map[string]*metered
}

// metered is what is known of one region: the calls since they were last asked for, and the limits of services.
type metered struct {
	calls  map[asked]*probity.Calls
	limits map[string]*limit
}

type asked struct{ service, name string }

// limit lets a number of calls through at a time, and none until a pause is over.
type limit struct {
	slots   chan struct{}
	longest time.Duration // of pauses
	mu      sync.Mutex
	until   time.Time
	pause   time.Duration
	outages map[string]*outage // by operation

	inside int // calls that wait or go on; under the meter's lock
}

const (
	sideBySide = 12 // calls of one service in one region
	firstPause = 250 * time.Millisecond
	longest    = 20 * time.Second
)

func newMeter(account string, o Options) *meter {
	return &meter{account: account, o: o, regions: map[string]*metered{}}
}

// in is what is known of a region; the caller holds the lock.
func (m *meter) in(region string) *metered {
	r := m.regions[region]
	if r == nil {
		r = &metered{calls: map[asked]*probity.Calls{}, limits: map[string]*limit{}}
		m.regions[region] = r
	}
	return r
}

// join gives the limit of a service in a region, which is kept as long as somebody has joined.
func (m *meter) join(region, service string) *limit {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.in(region)
	l := r.limits[service]
	if l == nil {
		l = &limit{slots: make(chan struct{}, sideBySide), longest: m.o.Pause, outages: map[string]*outage{}}
		r.limits[service] = l
	}
	l.inside++
	return l
}

func (m *meter) part(l *limit) {
	m.mu.Lock()
	defer m.mu.Unlock()
	l.inside--
}

func (l *limit) outage(operation string) *outage {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.outages[operation] == nil {
		l.outages[operation] = &outage{}
	}
	return l.outages[operation]
}

// attach counts each attempt, those that are repeated too: it stands behind the SDK's retries. Whoever reads the account's logs
// sees in the agent who called, and what for.
func (m *meter) attach(s *stack.Stack) error {
	if err := s.Build.Add(stack.BuildMiddlewareFunc("ProbityAgent", agent), stack.After); err != nil {
		return err
	}
	return s.Finalize.Insert(stack.FinalizeMiddlewareFunc("ProbityMeter", func(ctx context.Context, in stack.FinalizeInput, next stack.FinalizeHandler) (stack.FinalizeOutput, stack.Metadata, error) {
		region, of := middleware.GetRegion(ctx), asked{middleware.GetServiceID(ctx), middleware.GetOperationName(ctx)}
		l := m.join(region, of.service)
		defer m.part(l)
		if err := l.enter(ctx); err != nil {
			return stack.FinalizeOutput{}, stack.Metadata{}, err
		}
		defer l.leave()
		down := l.outage(of.name)
		if err := down.shut(wall()); err != nil {
			return stack.FinalizeOutput{}, stack.Metadata{}, err
		}
		out, meta, err := next.HandleFinalize(ctx, in)
		err = m.notOffered(ctx, region, err)
		l.told(throttled(err))
		if ctx.Err() == nil {
			err = down.told(wall(), err)
		}
		m.count(region, of, err)
		return out, meta, err
	}), "Retry", stack.After)
}

func (m *meter) count(region string, of asked, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.in(region)
	c := r.calls[of]
	if c == nil {
		c = &probity.Calls{Account: m.account, Region: region, Service: of.service, Operation: of.name}
		r.calls[of] = c
	}
	c.Made++
	switch {
	case throttled(err):
		c.Throttled++
	case refused(err):
		c.Denied++
	}
}

// take gives what was counted in a region since it was last taken, and lets go of limits that are as they began: an
// organisation has thousands of regions.
func (m *meter) take(region string) []probity.Calls {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.in(region)
	delete(m.regions, region)
	var out []probity.Calls
	for _, c := range r.calls {
		out = append(out, *c)
	}
	for service, l := range r.limits {
		if l.inside > 0 || !l.fresh(wall()) {
			m.in(region).limits[service] = l
		}
	}
	slices.SortFunc(out, func(a, b probity.Calls) int { return strings.Compare(a.Service+a.Operation, b.Service+b.Operation) })
	return out
}

func (l *limit) enter(ctx context.Context) error {
	select {
	case l.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	for {
		l.mu.Lock()
		wait := l.until.Sub(wall())
		l.mu.Unlock()
		if wait <= 0 {
			return nil
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			<-l.slots
			return ctx.Err()
		}
	}
}

func (l *limit) leave() { <-l.slots }

// told makes the next pause longer, or forgets it.
func (l *limit) told(throttled bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !throttled {
		l.pause /= 2
		return
	}
	if wall().Before(l.until) {
		return // of the same burst
	}
	l.pause = min(max(2*l.pause, firstPause), l.longest)
	l.until = wall().Add(l.pause/2 + rand.N(l.pause/2)) //nolint:gosec // spreads calls, guards nothing
}

// fresh reports whether a limit holds nobody back and remembers no failure.
func (l *limit) fresh(now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, o := range l.outages {
		if o.failing() {
			return false
		}
	}
	return now.After(l.until) && l.pause < firstPause
}

func throttled(err error) bool {
	if err == nil {
		return false
	}
	return slices.ContainsFunc(retry.DefaultThrottles, func(t retry.IsErrorThrottle) bool { return t.IsErrorThrottle(err).Bool() })
}

func refused(err error) bool {
	var api smithy.APIError
	return errors.As(err, &api) && denies(api.ErrorCode())
}

func agent(ctx context.Context, in stack.BuildInput, next stack.BuildHandler) (stack.BuildOutput, stack.Metadata, error) {
	if r, ok := in.Request.(*smithyhttp.Request); ok {
		name := strings.ReplaceAll(middleware.GetServiceID(ctx), " ", "_") + "." + middleware.GetOperationName(ctx)
		r.Header.Set("User-Agent", r.Header.Get("User-Agent")+" app/probity md/operation#"+name)
	}
	return next.HandleBuild(ctx, in)
}

// wall is this machine's clock: pauses go by it, whatever day a scan is for, and a scan that nobody told another day.
func wall() time.Time { return time.Now() } //nolint:forbidigo // see above
