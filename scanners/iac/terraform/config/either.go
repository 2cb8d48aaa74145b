package config

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// either is the value of a condition whose branches are the same and known, whatever decides between them.
func either(e hclsyntax.Expression, ctx *hcl.EvalContext) (cty.Value, bool) {
	for {
		p, ok := e.(*hclsyntax.ParenthesesExpr)
		if !ok {
			break
		}
		e = p.Expression
	}
	c, ok := e.(*hclsyntax.ConditionalExpr)
	if !ok {
		return cty.NilVal, false
	}
	yes, diags := c.TrueResult.Value(ctx)
	if diags.HasErrors() || yes.ContainsMarked() || !yes.IsWhollyKnown() {
		return cty.NilVal, false
	}
	no, diags := c.FalseResult.Value(ctx)
	return yes, !diags.HasErrors() && !no.ContainsMarked() && no.IsWhollyKnown() && yes.RawEquals(no)
}
