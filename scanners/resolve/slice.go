package resolve

import (
	"context"
	"fmt"
	"iter"
	"slices"

	probity "github.com/probity-scan/probity"
)

// Slice is an inventory in memory. It is not for use by several goroutines at once.
type Slice struct {
	assets   []*probity.Asset // sorted by Ref
	byRef    map[probity.Ref]int
	byAlias  map[string][]int
	byKind   map[probity.Kind][]int
	coverage []probity.Coverage
	answers  map[probity.Ref][]int // into coverage, by what was listed
}

// NewSlice makes an inventory of what units found, which is its own from then on: fragments are merged, and those whose asset
// nobody found become coverage with a gap. The coverage of the run is the given one and theirs, see [Slice.All].
func NewSlice(fragments []*probity.Asset, coverage []probity.Coverage) *Slice {
	assets, lost := Merge(fragments)
	s := &Slice{assets: assets, byRef: make(map[probity.Ref]int, len(assets)), byAlias: map[string][]int{},
		byKind: map[probity.Kind][]int{}, coverage: append(coverage, lost...), answers: map[probity.Ref][]int{}}
	for i, a := range assets {
		s.byRef[a.Ref] = i
		s.byKind[a.Kind] = append(s.byKind[a.Kind], i)
		for _, n := range a.Aliases {
			s.byAlias[n] = append(s.byAlias[n], i)
		}
	}
	for i, c := range s.coverage {
		if c.On != (probity.Ref{}) {
			s.answers[c.On] = append(s.answers[c.On], i)
		}
	}
	return s
}

// Assets implements [Inventory].
func (s *Slice) Assets(_ context.Context, q Query) iter.Seq2[probity.Asset, error] {
	return func(yield func(probity.Asset, error) bool) {
		for _, i := range s.candidates(q) {
			a := s.assets[i]
			if q.Kind != "" && a.Kind != q.Kind || q.Alias != "" && !slices.Contains(a.Aliases, q.Alias) {
				continue
			}
			if !yield(*a, nil) {
				return
			}
		}
	}
}

// candidates gives what the narrowest index knows of a query.
func (s *Slice) candidates(q Query) []int {
	switch {
	case q.Ref != (probity.Ref{}):
		if i, ok := s.byRef[q.Ref]; ok {
			return []int{i}
		}
		return nil
	case q.Alias != "":
		return s.byAlias[q.Alias]
	case q.Kind != "":
		return s.byKind[q.Kind]
	}
	all := make([]int, len(s.assets))
	for i := range all {
		all[i] = i
	}
	return all
}

// Coverage implements [Inventory].
func (s *Slice) Coverage(_ context.Context, on probity.Ref) iter.Seq2[probity.Coverage, error] {
	return func(yield func(probity.Coverage, error) bool) {
		for _, i := range s.answers[on] {
			if !yield(s.coverage[i], nil) {
				return
			}
		}
	}
}

// Update implements [Inventory]. Names and kind of an asset stay what they are.
func (s *Slice) Update(_ context.Context, a probity.Asset) error {
	i, ok := s.byRef[a.Ref]
	if !ok {
		return fmt.Errorf("no asset %s in the inventory", a.ID)
	}
	*s.assets[i] = a
	return nil
}

// All gives the assets, sorted by Ref, and the coverage, as they are now.
func (s *Slice) All() ([]*probity.Asset, []probity.Coverage) { return s.assets, s.coverage }
