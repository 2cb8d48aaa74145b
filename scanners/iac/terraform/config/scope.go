package config

import (
	"maps"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/probity-scan/probity/scanners/iac/terraform/functions"
)

// scope is where an expression stands: in which module instance, for which count or for_each, inside which dynamic blocks.
type scope struct {
	m     *instance
	key   key
	extra map[string]cty.Value
	each  *hcl.Attribute // for_each of the block, for those who follow it
}

func (m *instance) scope(k key) scope { return scope{m: m, key: k} }

func (s scope) with(name string, v cty.Value) scope {
	s.extra = maps.Clone(s.extra)
	if s.extra == nil {
		s.extra = map[string]cty.Value{}
	}
	s.extra[name] = v
	return s
}

func size(v cty.Value) int { return functions.Size(v) }

// eval works an expression out. It never fails: what cannot be evaluated is unknown.
func (s scope) eval(expr hcl.Expression) (out cty.Value) {
	depth := s.m.root.depth
	defer func() {
		// cty panics on some of what a stranger can write, and we where it takes too long; that expression alone is lost
		if p := recover(); p != nil {
			s.m.root.depth = depth
			if out = unevaluated("the expression cannot be evaluated"); p == errFuel { //nolint:errorlint // our own panic, never wrapped
				out = unevaluated(errFuel.Error())
			}
		}
	}()
	e, err := s.m.root.native(expr)
	if err != nil {
		return unevaluated("the expression cannot be evaluated")
	}
	ctx, cost := s.context(e.Variables())
	if cost > functions.MaxText {
		return unevaluated("the expression is too large to evaluate")
	}
	before := s.m.root.limits
	v, diags := e.Value(ctx)
	if r := s.m.root; r.limits != before {
		return unevaluated(r.met.Error())
	}
	if diags.HasErrors() {
		return s.erred(ctx)
	}
	if !v.IsKnown() || v.IsMarked() {
		if same, ok := either(e, ctx); ok {
			return same
		}
	}
	if !v.IsWhollyKnown() {
		return blamed(v, allMarks(ctx))
	}
	if huge(v) {
		return unevaluated("the number is too large")
	}
	return v
}

// erred is the value of an expression in error: an error about something unknown is that thing's gap.
func (s scope) erred(ctx *hcl.EvalContext) cty.Value {
	if s.m.root.fuel <= 0 {
		return unevaluated(errFuel.Error())
	}
	all := allMarks(ctx)
	delete(all, concealed{})
	if len(all) > 0 {
		return cty.DynamicVal.WithMarks(all)
	}
	return unevaluated("the expression cannot be evaluated")
}

// blamed gives the reasons to what is unknown without one: try and can lose the marks.
func blamed(v cty.Value, marks cty.ValueMarks) cty.Value {
	out, err := cty.Transform(v, func(_ cty.Path, v cty.Value) (cty.Value, error) {
		if !v.IsKnown() && !v.IsMarked() {
			return v.WithMarks(marks), nil
		}
		return v, nil
	})
	if err != nil {
		return v
	}
	return out
}

func allMarks(ctx *hcl.EvalContext) cty.ValueMarks {
	all := cty.ValueMarks{}
	for _, v := range ctx.Variables {
		maps.Copy(all, deepMarks(v))
	}
	return all
}

// context holds just what the expression refers to.
func (s scope) context(refs []hcl.Traversal) (*hcl.EvalContext, int) {
	cost := 0
	groups := map[string]map[string]cty.Value{}
	put := func(group, name string, c *cell) {
		if groups[group] == nil {
			groups[group] = map[string]cty.Value{}
		}
		groups[group][name] = c.value
		cost += c.size
	}
	vars := map[string]cty.Value{}
	demands := map[string]demand{}
	for _, t := range refs {
		root := t.RootName()
		if v, ok := s.extra[root]; ok {
			vars[root] = v
			cost += size(v)
			continue
		}
		switch root {
		case "var":
			put(root, step(t, 1), s.m.variable(step(t, 1)))
		case "local":
			put(root, step(t, 1), s.m.local(step(t, 1)))
		case "path":
			vars[root] = s.m.paths()
		case "terraform":
			w := cty.StringVal(s.m.root.Workspace)
			vars[root] = cty.ObjectVal(map[string]cty.Value{"workspace": w, "env": w})
		case "count", "each":
			vars[root] = s.iteration(root)
		case "self":
			vars[root] = computed("self")
		default:
			if len(t) == 1 {
				vars[root] = unevaluated(root + " is not declared")
				continue
			}
			demanded(demands, t)
		}
	}
	for _, d := range demands {
		v := s.m.resolve(d)
		cost += size(v)
		place(vars, groups, d, v)
	}
	for g, vs := range groups {
		vars[g] = cty.ObjectVal(vs)
	}
	return &hcl.EvalContext{Variables: vars, Functions: s.m.root.funcs}, cost
}

// place puts a resource's, data source's or module's value where the expression looks for it.
func place(vars map[string]cty.Value, groups map[string]map[string]cty.Value, d demand, v cty.Value) {
	if d.root != "" && d.root != "module" {
		byType := map[string]cty.Value{}
		if old, ok := vars[d.root]; ok {
			byType = old.AsValueMap()
		}
		names := map[string]cty.Value{}
		if old, ok := byType[d.typ]; ok {
			names = old.AsValueMap()
		}
		names[d.name] = v
		byType[d.typ] = cty.ObjectVal(names)
		vars[d.root] = cty.ObjectVal(byType)
		return
	}
	group := d.typ
	if d.root == "module" {
		group = "module"
	}
	if groups[group] == nil {
		groups[group] = map[string]cty.Value{}
	}
	groups[group][d.name] = v
}

func (s scope) iteration(root string) cty.Value {
	k := s.key
	switch {
	case k.kind == open && k.value == cty.NilVal:
		return computed(root)
	case k.kind == open:
		return k.value
	case root == "count" && k.kind == counted:
		return cty.ObjectVal(map[string]cty.Value{"index": cty.NumberIntVal(int64(k.index))})
	case root == "each" && k.kind == each:
		return cty.ObjectVal(map[string]cty.Value{"key": cty.StringVal(k.name), "value": k.value})
	}
	return unevaluated(root + " is used without it")
}

// step is the name at a place of a traversal.
func step(t hcl.Traversal, i int) string {
	if i < len(t) {
		switch a := t[i].(type) {
		case hcl.TraverseAttr:
			return a.Name
		case hcl.TraverseRoot:
			return a.Name
		case hcl.TraverseIndex:
			if a.Key.Type() == cty.String && a.Key.IsKnown() && !a.Key.IsNull() {
				return a.Key.AsString()
			}
		}
	}
	return ""
}

func (m *instance) paths() cty.Value {
	return cty.ObjectVal(map[string]cty.Value{"module": cty.StringVal(m.path()), "root": cty.StringVal("."), "cwd": cty.StringVal(".")})
}
