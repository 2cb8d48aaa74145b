package pipeline

import (
	"cmp"
	"iter"
	"slices"

	"github.com/probity-scan/probity"
)

// ledger keeps outcomes in the order in which they are told, by asset and rule. Of a pass it keeps the rule and the asset
// alone: there are millions of them.
type ledger struct {
	assets  []probity.Asset // sorted
	rules   []string
	index   map[string]int32
	entries []entry           // in the order of assets and rules
	beside  []probity.Outcome // of what is no asset here: listings that are open
}

// entry is one outcome; whole is nil for a pass.
type entry struct {
	asset, rule int32
	whole       *probity.Outcome
}

func newLedger(assets []probity.Asset, rules []probity.Rule) *ledger {
	l := &ledger{assets: assets, index: map[string]int32{}}
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
		e.whole = &o
	}
	l.entries = append(l.entries, e)
}

// close takes the outcomes of what is no asset here.
func (l *ledger) close(beside []probity.Outcome) {
	slices.SortStableFunc(beside, inOrder)
	l.beside = beside
}

func inOrder(a, b probity.Outcome) int {
	return cmp.Or(a.Asset.Compare(b.Asset), cmp.Compare(a.Rule, b.Rule))
}

func (l *ledger) outcome(e entry) probity.Outcome {
	if e.whole != nil {
		return *e.whole
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
