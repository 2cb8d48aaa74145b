package functions

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

func param(name string, t cty.Type) function.Parameter {
	return function.Parameter{Name: name, Type: t, AllowDynamicType: true}
}

func anyParam(name string) function.Parameter {
	return function.Parameter{Name: name, Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true, AllowDynamicType: true, AllowMarked: true}
}

func same() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{anyParam("value")},
		Type:   func(a []cty.Value) (cty.Type, error) { return a[0].Type(), nil },
		Impl:   func(a []cty.Value, _ cty.Type) (cty.Value, error) { return a[0], nil },
	})
}

func tuple() function.Function {
	p := anyParam("items")
	return function.New(&function.Spec{
		VarParam: &p,
		Type:     func(a []cty.Value) (cty.Type, error) { return cty.TupleVal(a).Type(), nil },
		Impl:     func(a []cty.Value, _ cty.Type) (cty.Value, error) { return cty.TupleVal(a), nil },
	})
}

// convertTo is tostring, toset and their kin: conversion of marked values keeps their marks.
func convertTo(want cty.Type) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{anyParam("value")},
		Type: func(a []cty.Value) (cty.Type, error) {
			got := a[0].Type()
			if got.Equals(want) || got == cty.DynamicPseudoType {
				return want, nil
			}
			conv, err := convert.Convert(a[0], want)
			if err != nil {
				return cty.DynamicPseudoType, errors.New("the value cannot be converted")
			}
			return conv.Type(), nil
		},
		Impl: func(a []cty.Value, t cty.Type) (cty.Value, error) { return convert.Convert(a[0], t) },
	})
}

// coalesce takes the first value that is neither null nor an empty text.
func coalesce() function.Function {
	p := anyParam("values")
	return function.New(&function.Spec{
		VarParam: &p,
		Type: func(a []cty.Value) (cty.Type, error) {
			types := make([]cty.Type, len(a))
			for i, v := range a {
				types[i] = v.Type()
			}
			t, _ := convert.UnifyUnsafe(types)
			if t == cty.NilType {
				return cty.DynamicPseudoType, errors.New("all arguments must have the same type")
			}
			return t, nil
		},
		Impl: func(a []cty.Value, t cty.Type) (cty.Value, error) {
			for _, v := range a {
				v, err := convert.Convert(v, t)
				if err != nil {
					return cty.NilVal, err
				}
				plain, marks := v.Unmark()
				if !plain.IsKnown() {
					return cty.UnknownVal(t).WithMarks(marks), nil
				}
				if plain.IsNull() || plain.Type() == cty.String && plain.AsString() == "" {
					continue
				}
				return v, nil
			}
			return cty.NilVal, errors.New("no argument has a value")
		},
	})
}

func lookup() function.Function {
	p := anyParam("default")
	return function.New(&function.Spec{
		Params:   []function.Parameter{anyParam("map"), {Name: "key", Type: cty.String}},
		VarParam: &p,
		Type:     function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(a []cty.Value, _ cty.Type) (cty.Value, error) {
			in, marks := a[0].Unmark()
			key := a[1].AsString()
			switch {
			case !in.IsKnown():
				return cty.DynamicVal.WithMarks(marks), nil
			case in.IsNull():
			case in.Type().IsObjectType() && in.Type().HasAttribute(key):
				return in.GetAttr(key).WithMarks(marks), nil
			case in.Type().IsMapType() && in.HasIndex(a[1]).True():
				return in.Index(a[1]).WithMarks(marks), nil
			}
			if len(a) > 2 {
				return a[2].WithMarks(marks), nil
			}
			return cty.NilVal, errors.New("the map has no such key")
		},
	})
}

func one() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{anyParam("list")},
		Type:   function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(a []cty.Value, _ cty.Type) (cty.Value, error) {
			in, marks := a[0].Unmark()
			if !in.IsKnown() {
				return cty.DynamicVal.WithMarks(marks), nil
			}
			if in.IsNull() || !in.CanIterateElements() || in.LengthInt() > 1 {
				return cty.NilVal, errors.New("a list of at most one element is needed")
			}
			for it := in.ElementIterator(); it.Next(); {
				_, v := it.Element()
				return v.WithMarks(marks), nil
			}
			return cty.NullVal(cty.DynamicPseudoType).WithMarks(marks), nil
		},
	})
}

func elements(v cty.Value) ([]cty.Value, error) {
	if v.IsNull() || !v.CanIterateElements() {
		return nil, errors.New("a list is needed")
	}
	return v.AsValueSlice(), nil
}

func sum() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{param("list", cty.DynamicPseudoType)},
		Type:   function.StaticReturnType(cty.Number),
		Impl: func(a []cty.Value, _ cty.Type) (cty.Value, error) {
			items, err := elements(a[0])
			if err != nil {
				return cty.NilVal, err
			}
			if len(items) == 0 {
				return cty.NilVal, errors.New("a sum needs an element")
			}
			total := cty.Zero
			for _, i := range items {
				n, err := convert.Convert(i, cty.Number)
				if err != nil || n.IsNull() {
					return cty.NilVal, errors.New("all elements must be numbers")
				}
				total = total.Add(n)
			}
			return total, nil
		},
	})
}

// every is alltrue, and anytrue for want false.
func every(want bool) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{param("list", cty.List(cty.Bool))},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(a []cty.Value, _ cty.Type) (cty.Value, error) {
			open := false
			for it := a[0].ElementIterator(); it.Next(); {
				_, v := it.Element()
				switch {
				case !v.IsKnown():
					open = true
				case v.IsNull() && want, !v.IsNull() && v.True() != want:
					return cty.BoolVal(!want), nil
				}
			}
			if open {
				return cty.UnknownVal(cty.Bool), nil
			}
			return cty.BoolVal(want), nil
		},
	})
}

func transpose() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{param("map", cty.Map(cty.List(cty.String)))},
		Type:   function.StaticReturnType(cty.Map(cty.List(cty.String))),
		Impl: func(a []cty.Value, t cty.Type) (cty.Value, error) {
			if !a[0].IsWhollyKnown() {
				return cty.UnknownVal(t), nil
			}
			out := map[string][]cty.Value{}
			for it := a[0].ElementIterator(); it.Next(); {
				k, vs := it.Element()
				for _, v := range vs.AsValueSlice() {
					out[v.AsString()] = append(out[v.AsString()], k)
				}
			}
			if len(out) == 0 {
				return cty.MapValEmpty(cty.List(cty.String)), nil
			}
			lists := map[string]cty.Value{}
			for k, vs := range out {
				lists[k] = cty.ListVal(vs)
			}
			return cty.MapVal(lists), nil
		},
	})
}

func matchkeys() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{param("values", cty.List(cty.DynamicPseudoType)), param("keys", cty.List(cty.DynamicPseudoType)), param("search", cty.List(cty.DynamicPseudoType))},
		Type:   func(a []cty.Value) (cty.Type, error) { return a[0].Type(), nil },
		Impl: func(a []cty.Value, t cty.Type) (cty.Value, error) {
			if !a[0].IsWhollyKnown() || !a[1].IsWhollyKnown() || !a[2].IsWhollyKnown() {
				return cty.UnknownVal(t), nil
			}
			values, keys := a[0].AsValueSlice(), a[1].AsValueSlice()
			if len(values) != len(keys) {
				return cty.NilVal, errors.New("as many keys as values are needed")
			}
			var out []cty.Value
			for i, k := range keys {
				for _, s := range a[2].AsValueSlice() {
					if k.RawEquals(s) {
						out = append(out, values[i])
						break
					}
				}
			}
			if len(out) == 0 {
				return cty.ListValEmpty(t.ElementType()), nil
			}
			return cty.ListVal(out), nil
		},
	})
}

func affix(end bool) function.Function {
	return texts(func(a []string) (cty.Value, error) {
		if end {
			return cty.BoolVal(strings.HasSuffix(a[0], a[1])), nil
		}
		return cty.BoolVal(strings.HasPrefix(a[0], a[1])), nil
	}, cty.Bool, "text", "part")
}

func strcontains() function.Function {
	return texts(func(a []string) (cty.Value, error) { return cty.BoolVal(strings.Contains(a[0], a[1])), nil }, cty.Bool, "text", "part")
}

func timecmp() function.Function {
	return texts(func(a []string) (cty.Value, error) {
		t, err1 := time.Parse(time.RFC3339, a[0])
		u, err2 := time.Parse(time.RFC3339, a[1])
		if err1 != nil || err2 != nil {
			return cty.NilVal, errors.New("times of RFC 3339 are needed")
		}
		return cty.NumberIntVal(int64(t.Compare(u))), nil
	}, cty.Number, "a", "b")
}

// replace takes /…/ as a regular expression.
func replace() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{param("text", cty.String), param("find", cty.String), param("with", cty.String)},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(a []cty.Value, _ cty.Type) (cty.Value, error) {
			find := a[1].AsString()
			if len(find) > 1 && strings.HasPrefix(find, "/") && strings.HasSuffix(find, "/") {
				return stdlib.RegexReplace(a[0], cty.StringVal(find[1:len(find)-1]), a[2])
			}
			return stdlib.Replace(a[0], a[1], a[2])
		},
	})
}

// texts makes a function of texts.
func texts(f func([]string) (cty.Value, error), t cty.Type, names ...string) function.Function {
	spec := &function.Spec{Type: function.StaticReturnType(t)}
	for _, n := range names {
		spec.Params = append(spec.Params, param(n, cty.String))
	}
	spec.Impl = func(a []cty.Value, _ cty.Type) (cty.Value, error) {
		in := make([]string, len(a))
		for i, v := range a {
			in[i] = v.AsString()
		}
		out, err := f(in)
		if err != nil {
			return cty.NilVal, fmt.Errorf("calling with %d arguments: %w", len(a), err)
		}
		return out, nil
	}
	return function.New(spec)
}

// lengthOf counts elements, or the characters of a text.
func lengthOf() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "value", Type: cty.DynamicPseudoType, AllowUnknown: true, AllowDynamicType: true, AllowMarked: true}},
		Type:   function.StaticReturnType(cty.Number),
		Impl: func(a []cty.Value, _ cty.Type) (cty.Value, error) {
			v, marks := a[0].Unmark()
			if v.Type() == cty.String {
				n, err := stdlib.Strlen(v)
				return n.WithMarks(marks), err
			}
			if !v.IsKnown() {
				if t := v.Type(); t.IsTupleType() || t.IsObjectType() {
					return cty.NumberIntVal(int64(v.LengthInt())).WithMarks(marks), nil
				}
				return cty.UnknownVal(cty.Number).WithMarks(marks), nil
			}
			if !v.CanIterateElements() {
				return cty.NilVal, errors.New("a collection or a text is needed")
			}
			return v.Length().WithMarks(marks), nil
		},
	})
}

// indexOf finds the place of an element.
func indexOf() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{param("list", cty.DynamicPseudoType), param("value", cty.DynamicPseudoType)},
		Type:   function.StaticReturnType(cty.Number),
		Impl: func(a []cty.Value, _ cty.Type) (cty.Value, error) {
			items, err := elements(a[0])
			if err != nil {
				return cty.NilVal, err
			}
			for i, v := range items {
				eq, err := stdlib.Equal(v, a[1])
				switch {
				case err != nil:
					return cty.NilVal, err
				case !eq.IsKnown():
					return cty.UnknownVal(cty.Number), nil
				case eq.True():
					return cty.NumberIntVal(int64(i)), nil
				}
			}
			return cty.NilVal, errors.New("no such element")
		},
	})
}
