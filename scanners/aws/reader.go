package aws

import (
	"context"
	"iter"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/estate"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// reader holds what the services of one region say, or those of an account as a whole.
type reader struct {
	ctx     context.Context //nolint:containedctx // of the unit that it lives in
	cfg     aws.Config
	permits permits
	unit    probity.Unit
	target  Target
	account string
	region  string
	now     time.Time

	mu     sync.Mutex
	things []*Thing
	byID   map[string]*Thing
	losses []resource.Loss
	beside []probity.Found
	keys   keyring
}

func newReader(ctx context.Context, s *session, u probity.Unit, t Target, account, region string) *reader {
	return &reader{ctx: ctx, cfg: s.in(region), permits: s.permits, unit: u, target: t, account: account, region: region, now: s.now().UTC(), byID: map[string]*Thing{},
		keys: keyring{account: account}}
}

// services asks all services side by side.
func (r *reader) services(of []service) {
	var wg sync.WaitGroup
	for _, s := range of {
		wg.Go(func() { s.read(r) })
	}
	wg.Wait()
}

// add takes a thing that a service told of. It may be called from several goroutines.
func (r *reader) add(t Thing) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.things = append(r.things, &t)
	for _, id := range []string{t.ARN, t.ID} {
		if id != "" {
			r.byID[t.Type+" "+id] = &t
		}
	}
}

// lose tells that resources of some types may be missing.
func (r *reader) lose(gap probity.Gap, at *probity.Origin, types ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, t := range types {
		r.losses = append(r.losses, resource.Loss{Gap: gap, Origin: at, Type: t})
	}
}

// lost is why things of a type may be missing, as far as listings have ended; nil where none are.
func (r *reader) lost(typ string) *probity.Gap {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, l := range r.losses {
		if l.Type == typ {
			return &l.Gap
		}
	}
	return nil
}

// has reports whether a thing of a type was told of, by its ID or ARN.
func (r *reader) has(typ, id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.byID[typ+" "+id] != nil
}

// tell yields something beside the things: coverage, or a read of content.
func (r *reader) tell(f probity.Found) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.beside = append(r.beside, f)
}

// at is the origin of what an operation said.
func (r *reader) at(operation string) *probity.Origin {
	return &probity.Origin{Call: operation, At: r.now}
}

// wants reports whether a rule reads a fact, or one below it. A call that fills facts that none reads is not made.
func (r *reader) wants(paths ...probity.Path) bool {
	if r.unit.Asks.Paths == nil {
		return true
	}
	for _, p := range paths {
		for _, asked := range r.unit.Asks.Paths {
			if within(asked, p) || within(p, asked) {
				return true
			}
		}
	}
	return false
}

// scans reports whether the target has a region, so that a unit of it tells what is at home there.
func (r *reader) scans(region string) bool {
	return region != "" && matches(r.target.Regions, region)
}

// tagPaths are the facts for which tags are read: in any case where they select what is scanned.
func (r *reader) tagPaths() []probity.Path {
	if len(r.target.Tags) > 0 {
		return nil
	}
	return paths("tags")
}

func within(path, prefix probity.Path) bool {
	n := len(prefix)
	return len(path) >= n && path[:n] == prefix && (len(path) == n || path[n] == '.' || path[n] == '[')
}

// found maps everything that was said, with what only the provider tells of it.
func (r *reader) found(at estate.Place) iter.Seq[probity.Found] {
	return func(yield func(probity.Found) bool) {
		also := map[string]*Thing{}
		all := make([]*resource.Resource, 0, len(r.things))
		for _, t := range r.things {
			all = append(all, r.resource(t))
			also[t.address()] = t
		}
		left := 0
		for f := range estate.Found(at, all, r.losses) {
			if a, ok := f.(probity.Asset); ok {
				if !tagged(a, r.target.Tags) {
					left++
					continue
				}
				also[a.ID].complete(&a)
				f = a
			}
			if !yield(f) {
				return
			}
		}
		if left > 0 {
			yield(probity.Coverage{Supply: probity.Supply{On: at.On, Scope: at.Scope}, Gap: &probity.Gap{Reason: probity.Filtered, Because: "without the tags asked for"}, Count: left})
		}
		for _, f := range r.beside {
			if !yield(f) {
				return
			}
		}
	}
}

// tagged reports whether a store bears the tags asked for. One whose tags are not known is kept; so is what guards stores.
func tagged(a probity.Asset, want map[string]string) bool {
	have, known := a.Tags.Get()
	switch a.Class {
	case probity.Network, probity.Account, probity.Identity, probity.Key:
		return true
	}
	for k, v := range want {
		if got, ok := have[k]; known && (!ok || v != "" && got != v) {
			return false
		}
	}
	return true
}
