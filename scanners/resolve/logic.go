package resolve

import (
	probity "github.com/probity-scan/probity"
)

// truth is a value of three-valued logic: known, or not with its reason. Where every variable stands once in a formula,
// these operators are exact: unknown comes out only when the unknown variables can turn the answer both ways.
type truth struct {
	value bool
	gap   *probity.Gap // nil: known
	from  []probity.Evidence
}

func known(v bool, from ...probity.Evidence) truth { return truth{value: v, from: from} }

func unknown(g *probity.Gap, from ...probity.Evidence) truth { return truth{gap: g, from: from} }

func (t truth) is(v bool) bool { return t.gap == nil && t.value == v }

func not(t truth) truth {
	t.value = !t.value
	return t
}

// and keeps only the evidence that decides: what is false is so whatever the rest.
func and(ts ...truth) truth { return fold(false, ts) }

func or(ts ...truth) truth { return fold(true, ts) }

// fold looks for the value that decides alone.
func fold(decisive bool, ts []truth) truth {
	out := known(!decisive)
	var gaps []*probity.Gap
	var open []probity.Evidence
	for _, t := range ts {
		if t.is(decisive) {
			return t
		}
		if t.gap != nil {
			gaps = append(gaps, t.gap)
			open = append(open, t.from...)
		} else {
			out.from = append(out.from, t.from...)
		}
	}
	if g := deciding(gaps); g != nil {
		return unknown(g, append(open, out.from...)...)
	}
	return out
}

// fact turns a truth into a fact derived from its evidence.
func (t truth) fact() probity.Fact[bool] {
	if t.gap != nil {
		return probity.Missing[bool](*t.gap, derived(t.from...))
	}
	return probity.Known(t.value, derived(t.from...))
}

// on is a known boolean fact or part of one as a truth.
func on[T any](a *probity.Asset, path probity.Path, f probity.Fact[T], is func(T) bool) truth {
	e := evidence(a, path, f)
	if v, ok := f.Get(); ok {
		return known(is(v), e)
	}
	return unknown(e.Gap, e)
}
