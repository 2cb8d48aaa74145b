package cause

import (
	"iter"

	"github.com/probity-scan/probity"
)

// Key is what a cause is asked for: a rule on an asset.
type Key struct {
	Rule  string
	Asset probity.Ref
}

// Between gives the causes of changes between two scans. Each is walked twice, and of it held what the changes rest on.
func Between(base, head probity.Scan, changes []Key) (map[Key]Cause, error) {
	wanted := map[Key]*Change{}
	for _, k := range changes {
		wanted[k] = &Change{Rule: k.Rule, Asset: k.Asset}
	}
	if len(wanted) == 0 {
		return nil, nil
	}
	if err := outcomes(base, wanted, func(c *Change, o probity.Outcome) { c.Was = &o }); err != nil {
		return nil, err
	}
	if err := outcomes(head, wanted, func(c *Change, o probity.Outcome) { c.Is = &o }); err != nil {
		return nil, err
	}
	refs := map[probity.Ref]bool{}
	for _, c := range wanted {
		refs[c.Asset] = true
		for _, r := range others(*c) {
			refs[r] = true
		}
	}
	was, err := side(base, refs)
	if err != nil {
		return nil, err
	}
	is, err := side(head, refs)
	if err != nil {
		return nil, err
	}
	out := map[Key]Cause{}
	for k, c := range wanted {
		if out[k], err = Of(was, is, *c); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func outcomes(of probity.Scan, wanted map[Key]*Change, put func(*Change, probity.Outcome)) error {
	for o, err := range each(of.Outcomes) {
		if err != nil {
			return err
		}
		if c := wanted[Key{o.Rule, o.Asset}]; c != nil {
			put(c, o)
		}
	}
	return nil
}

// side holds the assets of a scan that changes rest on.
func side(of probity.Scan, refs map[probity.Ref]bool) (Side, error) {
	held := map[probity.Ref]*probity.Asset{}
	for a, err := range each(of.Assets) {
		if err != nil {
			return Side{}, err
		}
		if refs[a.Ref] {
			held[a.Ref] = &a
		}
	}
	return SideOf(of, func(r probity.Ref) (*probity.Asset, error) { return held[r], nil })
}

// each is the sequence, or nothing where a scan has none.
func each[T any](seq iter.Seq2[T, error]) iter.Seq2[T, error] {
	if seq == nil {
		return func(func(T, error) bool) {}
	}
	return seq
}
