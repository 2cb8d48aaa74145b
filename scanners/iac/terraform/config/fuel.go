package config

import (
	"errors"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// The evaluation of one root may cost so much: about half a million small elements of for expressions, or 200,000 blocks.
const (
	maxFuel   = 2_500_000
	blockFuel = 12
)

var errFuel = errors.New("the root is too large to evaluate")

// spend takes fuel. The library cannot be interrupted but by a panic, which eval recovers from.
func (r *Root) spend(n int) {
	if r.fuel -= n; r.fuel <= 0 || r.stopped() != nil {
		r.fuel = 0
		r.limit(errFuel)
		panic(errFuel)
	}
}

// metered is the body of a for expression: loops in loops would otherwise run for as long as a stranger likes.
type metered struct {
	hclsyntax.Expression
	spend func(int)
}

// Value implements [hclsyntax.Expression].
func (m *metered) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	m.spend(2)
	v, diags := m.Expression.Value(ctx)
	m.spend(size(v) / 4)
	return v, diags
}

// modest is an operand whose value is no monstrous number: one with millions of digits takes minutes to write out.
type modest struct{ hclsyntax.Expression }

// Value implements [hclsyntax.Expression].
func (m *modest) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	v, diags := m.Expression.Value(ctx)
	if huge(v) {
		return unevaluated("the number is too large"), diags
	}
	return v, diags
}

func huge(v cty.Value) bool {
	v, _ = v.Unmark()
	if v.Type() != cty.Number || !v.IsKnown() || v.IsNull() {
		return false
	}
	if v.AsBigFloat().IsInf() {
		return true
	}
	exp := v.AsBigFloat().MantExp(nil)
	return exp > 1<<14 || exp < -1<<14
}
