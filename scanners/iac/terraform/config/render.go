package config

import (
	"errors"
	"maps"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

var errTemplateSize = errors.New("the template is too large to evaluate")

// render is templatefile: it sees its variables and the functions, but not itself.
func (r *Root) render(name string, text []byte, vars map[string]cty.Value) (cty.Value, error) {
	e, diags := hclsyntax.ParseTemplate(text, name, hcl.InitialPos)
	if diags.HasErrors() {
		return cty.NilVal, errors.New("the template is not valid")
	}
	r.seen.add(e, r.spend)
	cost := 0
	for _, t := range e.Variables() {
		cost += size(vars[t.RootName()])
	}
	if cost > maxFile {
		r.limit(errTemplateSize)
		return cty.NilVal, errTemplateSize
	}
	funcs := maps.Clone(r.funcs)
	delete(funcs, "templatefile")
	ctx := &hcl.EvalContext{Variables: vars, Functions: funcs}
	v, diags := e.Value(ctx)
	if diags.HasErrors() {
		return cty.NilVal, errors.New("the template cannot be evaluated")
	}
	return v, nil
}
