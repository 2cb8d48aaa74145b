package pipeline

import (
	"cmp"
	"iter"
	"slices"

	"github.com/probity-scan/probity"
)

// ledger keeps outcomes in the order in which they are told, by asset and rule. Of a pass it keeps the rule and the asset
// alone, and of most others what outcomes of many assets share: there are millions of them.
type ledger struct {
	assets  []probity.Asset // sorted
	rules   []string
	index   map[string]int32
	entries []entry           // in the order of assets and rules
	beside  []probity.Outcome // of what is no asset here: listings that are open

	shared map[string]*held // by what they say; only while outcomes are added
	of     *facts           // of the asset whose outcomes are added
	at     int              // its place
}

// entry is one outcome: a pass, a share, or one that is kept whole.
type entry struct {
	asset, rule int32
	share       *held
	whole       *probity.Outcome
}

func newLedger(assets []probity.Asset, rules []probity.Rule) *ledger {
	l := &ledger{assets: assets, index: map[string]int32{}, shared: map[string]*held{}}
	for i, r := range rules {
		l.rules = append(l.rules, r.ID)
		l.index[r.ID] = int32(i) //nolint:gosec // rules are hundreds
	}
	return l
}

// add takes the next outcome of the asset at a place.
func (l *ledger) add(asset int, o probity.Outcome) {
	e := entry{asset: int32(asset), rule: l.index[o.Rule]} //nolint:gosec // assets fit into memory, and are larger than a byte
	if o.Verdict != probity.Pass {
		if e.share = l.share(asset, o); e.share == nil {
			e.whole = &o
		}
	}
	l.entries = append(l.entries, e)
}

// mostShared bounds the memory of what is looked up to be shared.
const mostShared = 1 << 14

// share gives what an outcome has in common with others; nil: it is kept whole, as those are that point into files.
func (l *ledger) share(asset int, o probity.Outcome) *held {
	if len(o.Findings) > 0 && o.Findings[0].Place != nil {
		return nil
	}
	if l.of == nil || l.at != asset {
		l.of, l.at = factsOf(l.assets[asset]), asset
	}
	h, key := l.of.hold(o)
	if h == nil {
		return nil
	}
	if known := l.shared[key]; known != nil {
		return known
	}
	if len(l.shared) >= mostShared {
		clear(l.shared)
	}
	l.shared[key] = h
	return h
}

// close takes the outcomes of what is no asset here.
func (l *ledger) close(beside []probity.Outcome) {
	slices.SortStableFunc(beside, inOrder)
	l.beside, l.shared, l.of = beside, nil, nil
}

func inOrder(a, b probity.Outcome) int {
	return cmp.Or(a.Asset.Compare(b.Asset), cmp.Compare(a.Rule, b.Rule))
}

// outcome tells an entry; of is what is known of the asset of the one before.
func (l *ledger) outcome(e entry, of **facts) probity.Outcome {
	switch {
	case e.whole != nil:
		return *e.whole
	case e.share != nil:
		if *of == nil || (*of).asset.Ref != l.assets[e.asset].Ref {
			*of = factsOf(l.assets[e.asset])
		}
		return (*of).tell(l.rules[e.rule], e.share)
	}
	return probity.Outcome{Rule: l.rules[e.rule], Asset: l.assets[e.asset].Ref, Verdict: probity.Pass}
}

// all walks the outcomes; it can be walked again.
func (l *ledger) all() iter.Seq2[probity.Outcome, error] {
	return func(yield func(probity.Outcome, error) bool) {
		beside := l.beside
		var of *facts
		for _, e := range l.entries {
			o := l.outcome(e, &of)
			for ; len(beside) > 0 && inOrder(beside[0], o) < 0; beside = beside[1:] {
				if !yield(beside[0], nil) {
					return
				}
			}
			if !yield(o, nil) {
				return
			}
		}
		for _, o := range beside {
			if !yield(o, nil) {
				return
			}
		}
	}
}
