package resolve

import (
	"context"
	"reflect"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// watchers gives the step that completes what a region of an account misses by its own listings: an analyzer of the organisation looks
// at it from another account, a trail of all regions is told by its home, and what a scan read itself needs no other discovery.
func watchers() step {
	var read map[probity.Scope]contents
	trails := recordersOf()
	return func(ctx context.Context, inv Inventory, a *probity.Asset) (bool, error) {
		if a.Kind != accountKind || a.Scope.Region == "" || fromCode(a) {
			return false, nil
		}
		changed := false
		if missing(a, "analyzer") {
			f, err := lookedAt(ctx, inv, a)
			if err != nil {
				return false, err
			}
			if changed = !f.IsZero(); changed {
				a.Settings = a.Settings.With(probity.Settings{"analyzer": f})
			}
		}
		if f, told := a.Settings["trail"]; told && !f.Is(func(v any) bool { return v == true }) {
			t, err := trailed(ctx, inv, trails, a)
			if err != nil {
				return false, err
			}
			if t.is(true) || t.gap != nil && missing(a, "trail") {
				a.Settings = a.Settings.With(probity.Settings{"trail": anyway(t.fact())})
				changed = true
			}
		}
		if !missing(a, "discovery") {
			return changed, nil
		}
		if read == nil {
			var err error
			if read, err = contentsOf(ctx, inv); err != nil {
				return false, err
			}
		}
		if c := read[probity.Scope{Account: a.Scope.Account, Region: a.Scope.Region}]; c.read && len(c.from) > 0 {
			a.Settings = a.Settings.With(probity.Settings{"discovery": probity.Known[any](true, derived(c.from...))})
			changed = true
		}
		return changed, nil
	}
}

func missing(a *probity.Asset, setting string) bool {
	v, known := a.Settings[setting].Get()
	return known && v == false
}

// trailed is whether a trail, or a store of events, that another region told records the calls of a region.
func trailed(ctx context.Context, inv Inventory, trails []*neighbours, a *probity.Asset) (truth, error) {
	var ts []truth
	for _, n := range trails {
		near, err := n.of(ctx, inv, a)
		if err != nil {
			return truth{}, err
		}
		for _, trail := range near {
			if sees(&trail, a) {
				here := known(trail.Scope.Region == a.Scope.Region, probity.Evidence{Asset: trail.Ref, Fact: "kind", Value: string(trail.Kind), Origin: trail.Origin})
				ts = append(ts, and(setting(&trail, "logging"), setting(&trail, "management_events"), or(here, setting(&trail, "multi_region"))))
			}
		}
	}
	return or(ts...), nil
}

// lookedAt is whether an analyzer of the organisation looks at a region of one of its accounts. It stands in an account that the
// organisation chose, which a scan may not see.
func lookedAt(ctx context.Context, inv Inventory, a *probity.Asset) (probity.Fact[any], error) {
	whole, ok, err := find(ctx, inv, probity.Ref{ID: "aws://" + a.Scope.Account})
	if err != nil {
		return probity.Fact[any]{}, err
	}
	in := whole.Settings["organisation"]
	of, known := in.Get()
	if id, is := of.(probity.Optional[string]); ok && known && is && !id.Set {
		return probity.Fact[any]{}, nil
	}
	for other, err := range inv.Assets(ctx, Query{Kind: kinds.AccessAnalyzer}) {
		if err != nil {
			return probity.Fact[any]{}, err
		}
		if typ, _ := other.Settings["type"].Get(); typ != "ORGANIZATION" || other.Scope.Region != a.Scope.Region || fromCode(&other) || !setting(&other, "on").is(true) {
			continue
		}
		home, _, err := find(ctx, inv, probity.Ref{ID: "aws://" + other.Scope.Account})
		if err != nil {
			return probity.Fact[any]{}, err
		}
		if its, told := home.Settings["organisation"].Get(); told && known && reflect.DeepEqual(its, of) {
			return probity.Known[any](true, derived(evidence(&other, "settings.type", other.Settings["type"]),
				evidence(&home, "settings.organisation", home.Settings["organisation"]), evidence(&whole, "settings.organisation", in))), nil
		}
	}
	gap := probity.Gap{Reason: probity.NotCollected, Because: "an analyzer of the organisation may look at it", Needs: "a scan of the account that administers its analyzers"}
	return anyway(probity.Missing[bool](gap, derived(evidence(&whole, "settings.organisation", in)))), nil
}

// anyway is a fact as settings hold it.
func anyway(f probity.Fact[bool]) probity.Fact[any] {
	return probity.SettingsOf(struct {
		V probity.Fact[bool] `json:"v"`
	}{f})["v"]
}

// contents is whether all buckets of a region were read, at least by sample.
type contents struct {
	read bool
	from []probity.Evidence
}

func contentsOf(ctx context.Context, inv Inventory) (map[probity.Scope]contents, error) {
	out := map[probity.Scope]contents{}
	for b, err := range inv.Assets(ctx, Query{Kind: bucketKind}) {
		if err != nil {
			return nil, err
		}
		at := probity.Scope{Account: b.Scope.Account, Region: b.Scope.Region}
		c, seen := out[at]
		_, gap := b.Labels.Value()
		c.read = (c.read || !seen) && (gap == nil || gap.Reason == probity.Sampled)
		if len(c.from) == 0 { // one of many is enough to show
			c.from = []probity.Evidence{{Asset: b.Ref, Fact: "labels", Gap: gap, Origin: b.Labels.From()}}
		}
		out[at] = c
	}
	return out, nil
}
