package scannertest

import (
	"slices"

	"github.com/probity-scan/probity"
)

// Rest is the gap of a fact or a list in a few words, reason first; empty: it has none.
func Rest(l probity.Leaf) string {
	if _, g := l.Value(); g != nil {
		return string(g.Reason) + ": " + g.Because + "; " + g.Needs
	}
	return ""
}

// Items are those of a setting that is a list, and behind them the gap of the rest: its reason, and what it needs.
func Items(a probity.Asset, setting string) []string {
	v, g := a.Settings[setting].Value()
	out, _ := v.([]string)
	if g != nil {
		out = append(slices.Clone(out), string(g.Reason)+": "+g.Needs)
	}
	return out
}

// Known is the value of a fact, or its zero where that is not known.
func Known[T any](f probity.Fact[T]) T {
	v, _ := f.Get()
	return v
}
