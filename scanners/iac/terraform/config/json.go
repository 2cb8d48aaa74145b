package config

import (
	"errors"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

var errTemplate = errors.New("the template is not valid")

// native is an expression in native syntax. The JSON library parses the templates in its texts only as it evaluates
// them, out of reach of the limits.
func (r *Root) native(e hcl.Expression) (hclsyntax.Expression, error) {
	if n, ok := e.(hclsyntax.Expression); ok {
		return n, nil
	}
	if n, ok := r.converted[e]; ok {
		return n, nil
	}
	n, err := r.convert(e)
	if err == nil {
		r.seen.add(n, r.spend)
		r.converted[e] = n
	}
	return n, err
}

func (r *Root) convert(e hcl.Expression) (hclsyntax.Expression, error) {
	if n, ok := e.(hclsyntax.Expression); ok {
		return n, nil
	}
	if list, diags := hcl.ExprList(e); !diags.HasErrors() {
		out := &hclsyntax.TupleConsExpr{SrcRange: e.Range()}
		for _, item := range list {
			n, err := r.convert(item)
			if err != nil {
				return nil, err
			}
			out.Exprs = append(out.Exprs, n)
		}
		return out, nil
	}
	if pairs, diags := hcl.ExprMap(e); !diags.HasErrors() {
		out := &hclsyntax.ObjectConsExpr{SrcRange: e.Range()}
		for _, p := range pairs {
			k, err := r.convert(p.Key)
			if err != nil {
				return nil, err
			}
			v, err := r.convert(p.Value)
			if err != nil {
				return nil, err
			}
			out.Items = append(out.Items, hclsyntax.ObjectConsItem{KeyExpr: k, ValueExpr: v})
		}
		return out, nil
	}
	v, diags := e.Value(nil) // without a context a text stays as it is written
	if diags.HasErrors() {
		return nil, errTemplate
	}
	if v.IsNull() || v.Type() != cty.String {
		return &hclsyntax.LiteralValueExpr{Val: v, SrcRange: e.Range()}, nil
	}
	n, diags := hclsyntax.ParseTemplate([]byte(v.AsString()), e.Range().Filename, e.StartRange().Start)
	if diags.HasErrors() {
		return nil, errTemplate
	}
	return n, nil
}
