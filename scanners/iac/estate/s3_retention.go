package estate

import (
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

func (e *estate) bucketRetention(b *bucket, a *probity.Asset) {
	a.Retention.Rules = expiries(b.piece(s3Lifecycle, []string{"rule"}, "lifecycle_rule"))
	a.Retention.Lock = b.lock()
}

// expiries are the enabled lifecycle rules that delete.
func expiries(v resource.Value) probity.List[probity.Expiry] {
	if !v.Set() {
		return listedNone(v, kinds.S3Expiry())
	}
	blocks, rest := v.Blocks()
	var out []probity.Expiry
	for _, r := range blocks {
		on := enabled(r.Get("status"), enabled(r.Get("enabled"), probity.Known(true, v.At)))
		if is, ok := on.Get(); ok && !is {
			continue
		} else if !ok {
			_, rest = on.Value()
			continue
		}
		prefix, gap := rulePrefix(r)
		part, doubt := narrowed(r)
		if part {
			continue // what it leaves stays for ever, and the list says what all of a prefix comes to
		}
		gap = first(gap, doubt)
		for _, x := range []struct {
			noncurrent bool
			path       []string
		}{{false, []string{"expiration", "days"}}, {true, []string{"noncurrent_version_expiration", "noncurrent_days"}}, {true, []string{"noncurrent_version_expiration", "days"}}} {
			days := r.Get(x.path...)
			gap := gap
			if kept := r.Get("noncurrent_version_expiration", "newer_noncurrent_versions"); x.noncurrent && !void(kept) {
				if kept.Gap() == nil {
					continue // the newest old versions stay for ever
				}
				gap = first(gap, kept.Gap())
			}
			n, ok := days.Number()
			switch {
			case gap != nil && days.Set():
				rest = gap
			case ok && n > 0:
				out = append(out, probity.Expiry{On: prefix, Days: n, Noncurrent: x.noncurrent})
			case days.Set() && !ok:
				rest = first(days.Gap(), rest)
			}
		}
	}
	if rest != nil {
		return probity.Open(*rest, v.At, out...)
	}
	return probity.Whole(v.At, out...)
}

// rulePrefix is what a rule is limited to by name.
func rulePrefix(r *resource.Block) ([]string, *probity.Gap) {
	for _, at := range [][]string{{"filter", "prefix"}, {"filter", "and", "prefix"}, {"prefix"}} {
		v := r.Get(at...)
		if g := v.Gap(); g != nil {
			return nil, g
		}
		if s := v.String(); s != "" {
			return []string{s}, nil
		}
	}
	return []string{}, nil
}

// everyObject is whether a rule covers the bucket as a whole.
func everyObject(r *resource.Block) probity.Fact[bool] {
	prefix, gap := rulePrefix(r)
	part, doubt := narrowed(r)
	if gap = first(gap, doubt); !part && len(prefix) == 0 && gap != nil {
		return probity.Missing[bool](*gap, r.At)
	}
	return probity.Known(!part && len(prefix) == 0, r.At)
}

// narrowed reports whether a rule covers only the objects of a tag or a size.
func narrowed(r *resource.Block) (part bool, gap *probity.Gap) {
	for _, at := range [][]string{{"tags"}, {"filter", "tag"}, {"filter", "object_size_greater_than"}, {"filter", "object_size_less_than"},
		{"filter", "and", "tags"}, {"filter", "and", "object_size_greater_than"}, {"filter", "and", "object_size_less_than"}} {
		v := r.Get(at...)
		if l, ok := v.Data.(resource.List); ok && len(l.Items) == 0 {
			gap = first(gap, l.Rest)
		} else if v.Gap() != nil {
			gap = first(gap, v.Gap())
		} else if !void(v) {
			return true, nil
		}
	}
	return false, gap
}

// void reports whether a value says nothing: plans write what is unset as empty texts, zeros and blocks.
func void(v resource.Value) bool {
	switch d := v.Data.(type) {
	case resource.List:
		return d.Rest == nil && !slices.ContainsFunc(d.Items, func(i resource.Value) bool { return !void(i) })
	case *resource.Block:
		for _, a := range d.Attrs {
			if !void(a) {
				return false
			}
		}
		return true
	case string:
		return d == "" || d == "0"
	case float64:
		return d == 0
	}
	return v.Data == nil
}

// lock is how long objects cannot be deleted, by default retention.
func (b *bucket) lock() probity.Fact[probity.Optional[int]] {
	days := b.piece(s3Lock, []string{"rule", "default_retention", "days"}, "object_lock_configuration", "rule", "default_retention", "days")
	years := b.piece(s3Lock, []string{"rule", "default_retention", "years"}, "object_lock_configuration", "rule", "default_retention", "years")
	if days.Set() {
		return resource.Map(days.Int(probity.Fact[int]{}), probity.Some[int])
	}
	if years.Set() {
		return resource.Map(years.Int(probity.Fact[int]{}), func(n int) probity.Optional[int] { return probity.Some(n * 365) })
	}
	return answered(days, kinds.S3Lock())
}

// replicas link the buckets of this root that receive copies to those they come from.
func (e *estate) replicas(owners []*resource.Resource, splits map[string]*split, out []probity.Asset) {
	by := map[string][]int{}
	for i := range out {
		for _, name := range append([]string{out[i].ID}, out[i].Aliases...) {
			by[name] = append(by[name], i)
		}
	}
	for _, r := range owners {
		b := &bucket{Resource: r, split: splits[r.Addr]}
		rules, _ := b.piece(s3Replication, []string{"rule"}, "replication_configuration", "rules").Blocks()
		for _, rule := range rules {
			if on, ok := enabled(rule.Get("status"), probity.Known(true, r.At)).Get(); ok && !on {
				continue
			}
			to, ok := e.target(rule.Get("destination", "bucket"))
			if !ok {
				continue
			}
			for _, i := range by[to.ID] {
				out[i].Links = out[i].Links.With(probity.Link{Kind: probity.ReplicaOf, To: e.ref(r.Addr)})
			}
		}
	}
}

func contains(list []string, s string) bool { return slices.Contains(list, s) }
