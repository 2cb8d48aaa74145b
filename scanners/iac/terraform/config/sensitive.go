package config

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	probity "github.com/probity-scan/probity"
)

// concealed marks what the code calls sensitive: no text of it may be told.
type concealed struct{}

func filtered() probity.Gap {
	return probity.Gap{Reason: probity.Filtered, Because: "it is marked as sensitive"}
}

func isConcealed(marks cty.ValueMarks) bool {
	_, ok := marks[concealed{}]
	return ok
}

// concealing gives what is made of a concealed value the mark that unmarking took from it.
func concealing(v cty.Value, marks cty.ValueMarks) cty.Value {
	if isConcealed(marks) {
		return v.Mark(concealed{})
	}
	return v
}

// says reports whether a switch of a declaration, such as sensitive, is on.
func (b *body) says(name string) bool {
	a := b.attrs[name]
	if a == nil {
		return false
	}
	v, diags := a.Expr.Value(&hcl.EvalContext{})
	return !diags.HasErrors() && v.RawEquals(cty.True)
}

// hide is the function sensitive.
func hide() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "value", Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true, AllowDynamicType: true, AllowMarked: true}},
		Type:   func(a []cty.Value) (cty.Type, error) { return a[0].Type(), nil },
		Impl:   func(a []cty.Value, _ cty.Type) (cty.Value, error) { return a[0].Mark(concealed{}), nil },
	})
}

// show is the function nonsensitive, by which the code vouches for the value.
func show() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "value", Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true, AllowDynamicType: true, AllowMarked: true}},
		Type:   func(a []cty.Value) (cty.Type, error) { return a[0].Type(), nil },
		Impl: func(a []cty.Value, _ cty.Type) (cty.Value, error) {
			v, marks := a[0].Unmark()
			kept := cty.ValueMarks{}
			for m := range marks {
				if m != (concealed{}) {
					kept[m] = struct{}{}
				}
			}
			return v.WithMarks(kept), nil
		},
	})
}

// conceals is the function issensitive. Of what is known only after apply nobody can tell: its provider may conceal it.
func conceals() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "value", Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true, AllowDynamicType: true, AllowMarked: true}},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(a []cty.Value, _ cty.Type) (cty.Value, error) {
			v, marks := a[0].Unmark()
			switch {
			case isConcealed(marks):
				return cty.True, nil
			case !v.IsKnown() || len(marks) > 0:
				return cty.UnknownVal(cty.Bool).WithMarks(marks), nil
			}
			return cty.False, nil
		},
	})
}
