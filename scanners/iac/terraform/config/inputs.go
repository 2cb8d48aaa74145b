package config

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// variable is an input's value: from the caller or the command line, from files, from the environment, or its default.
func (m *instance) variable(name string) *cell {
	return m.memo("var."+name, func() cty.Value {
		v := m.mod.variables[name]
		if v == nil {
			return unevaluated("var." + name + " is not declared")
		}
		if v.block.says("sensitive") {
			return m.value(name, v).Mark(concealed{})
		}
		return m.value(name, v)
	})
}

func (m *instance) value(name string, v *variable) cty.Value {
	in, given := m.input(name, v)
	def := v.block.attrs["default"]
	if given && in.IsKnown() && !in.IsMarked() && in.IsNull() && !v.nullable() && def != nil {
		given = false
	}
	if !given {
		if def == nil {
			return m.typed(v, unresolved(m.inputName(name)))
		}
		in = m.scope(key{}).eval(def.Expr)
	}
	return m.typed(v, in)
}

// inputName tells whose input is missing.
func (m *instance) inputName(name string) string {
	if m.addr == "" {
		return "var." + name
	}
	return m.addr + ".var." + name
}

func (v *variable) nullable() bool {
	a := v.block.attrs["nullable"]
	if a == nil {
		return true
	}
	n, diags := a.Expr.Value(nil)
	return diags.HasErrors() || !n.RawEquals(cty.False)
}

func (m *instance) input(name string, v *variable) (cty.Value, bool) {
	if m.call != nil {
		if a := m.call.body.attrs[name]; a != nil {
			return m.parent.scope(m.key).eval(a.Expr), true
		}
		return cty.NilVal, false
	}
	if s, ok := m.root.Variables[name]; ok {
		return commandLine(s, v), true
	}
	switch a, from := m.tfvar(name); {
	case a != nil:
		return m.scope(key{}).eval(a.Expr), true
	case from.name != "":
		return unresolved("the values in " + from.name), true
	}
	if s, ok := m.root.Environment[name]; ok {
		return commandLine(s, v), true
	}
	return cty.NilVal, false
}

// commandLine reads a value as -var does: text for a variable of type string or of none, else an expression.
func commandLine(s string, v *variable) cty.Value {
	t := v.constraint()
	if t == cty.String || v.block.attrs["type"] == nil || checkNesting([]byte(s)) != nil {
		return cty.StringVal(s)
	}
	e, diags := hclsyntax.ParseExpression([]byte(s), "--var", hcl.InitialPos)
	if diags.HasErrors() {
		return cty.StringVal(s)
	}
	val, diags := e.Value(nil)
	if diags.HasErrors() {
		return unevaluated("the value given for the variable cannot be read")
	}
	return val
}

func (v *variable) constraint() cty.Type {
	t, _ := v.types()
	return t
}

func (v *variable) types() (cty.Type, *typeexpr.Defaults) {
	a := v.block.attrs["type"]
	if a == nil {
		return cty.DynamicPseudoType, nil
	}
	t, d, diags := typeexpr.TypeConstraintWithDefaults(a.Expr)
	if diags.HasErrors() {
		return cty.DynamicPseudoType, nil
	}
	return t, d
}

// typed converts a value to the variable's type, with the defaults of its optional attributes.
func (m *instance) typed(v *variable, in cty.Value) cty.Value {
	t, defaults := v.types()
	plain, marks := in.UnmarkDeepWithPaths()
	if defaults != nil && plain.IsKnown() && !plain.IsNull() {
		plain = defaults.Apply(plain)
	}
	out, err := convert.Convert(plain.MarkWithPaths(marks), t)
	if err != nil {
		if m.root.opaque(in) || !in.IsWhollyKnown() {
			return cty.DynamicVal.WithMarks(deepMarks(in))
		}
		return unevaluated("a variable's value does not fit its type")
	}
	return out
}

func (m *instance) local(name string) *cell {
	return m.memo("local."+name, func() cty.Value {
		a := m.mod.locals[name]
		if a == nil {
			return unevaluated("local." + name + " is not declared")
		}
		return m.scope(key{}).eval(a.Expr)
	})
}

func (m *instance) output(name string) *cell {
	return m.memo("output."+name, func() cty.Value {
		e := m.mod.outputs[name]
		if e == nil {
			return unevaluated("output " + name + " is not declared")
		}
		v := m.scope(key{}).eval(e)
		if m.mod.concealed[name] {
			return v.Mark(concealed{})
		}
		return v
	})
}
