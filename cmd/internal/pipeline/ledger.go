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
	assets  []*probity.Asset // sorted
	rules   []string
	index   map[string]int32
	entries []entry           // in the order of assets and rules
	shares  []*held           // that entries name
	whole   []probity.Outcome // that entries name
	beside  []probity.Outcome // of what is no asset here: listings that are open

	shared map[string]int32 // places of shares by what they say; only while outcomes are added
	key    []byte           // of the last one
}

// entry is one outcome: a pass, a share, or one that is kept whole. Millions of these hold no pointer.
type entry struct {
	asset, rule int32
	more        int32 // 0: a pass; n: the nth share; -n: the nth whole
}

func newLedger(assets []*probity.Asset, rules []probity.Rule) *ledger {
	l := &ledger{assets: assets, index: map[string]int32{}, shared: map[string]int32{}}
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
		if e.more = l.share(asset, o); e.more == 0 {
			l.whole = append(l.whole, o)
			e.more = -int32(len(l.whole)) //nolint:gosec // they fit into memory
		}
	}
	l.entries = append(l.entries, e)
}

// mostShared bounds the memory of what is looked up to be shared.
const mostShared = 1 << 14

// share gives what an outcome has in common with others; 0: it is kept whole, as those are that point into files.
func (l *ledger) share(asset int, o probity.Outcome) int32 {
	if len(o.Findings) > 0 && o.Findings[0].Place != nil {
		return 0
	}
	of := facts{l.assets[asset]}
	var h *held
	if h, l.key = of.hold(o, l.key[:0]); h == nil {
		return 0
	}
	if known, ok := l.shared[string(l.key)]; ok {
		return known
	}
	if len(l.shared) >= mostShared {
		clear(l.shared)
	}
	l.shares = append(l.shares, h)
	at := int32(len(l.shares)) //nolint:gosec // they fit into memory
	l.shared[string(l.key)] = at
	return at
}

// close takes the outcomes of what is no asset here.
func (l *ledger) close(beside []probity.Outcome) {
	slices.SortStableFunc(beside, inOrder)
	l.beside, l.shared, l.key = beside, nil, nil
}

func inOrder(a, b probity.Outcome) int {
	return cmp.Or(a.Asset.Compare(b.Asset), cmp.Compare(a.Rule, b.Rule))
}

// outcome tells an entry.
func (l *ledger) outcome(e entry) probity.Outcome {
	switch {
	case e.more < 0:
		return l.whole[-e.more-1]
	case e.more > 0:
		of := facts{l.assets[e.asset]}
		return of.tell(l.rules[e.rule], l.shares[e.more-1])
	}
	return probity.Outcome{Rule: l.rules[e.rule], Asset: l.assets[e.asset].Ref, Verdict: probity.Pass}
}

// all walks the outcomes; it can be walked again.
func (l *ledger) all() iter.Seq2[probity.Outcome, error] {
	return func(yield func(probity.Outcome, error) bool) {
		beside := l.beside
		for _, e := range l.entries {
			o := l.outcome(e)
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
