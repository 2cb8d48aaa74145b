package functions

import (
	"regexp"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// MaxText and MaxItems bound what one call may make.
const (
	MaxText  = 8 << 20
	MaxItems = 100_000
)

const errTooLarge = limit("the result is too large to evaluate")

// A stranger's code must not make us allocate without end, so calls that multiply are weighed before they run.
func bounded(name string, f function.Function, opaque func(cty.Value) bool) function.Function {
	spec := &function.Spec{
		Type: func(args []cty.Value) (cty.Type, error) {
			if opaque != nil && anyOf(args, opaque) {
				return cty.DynamicPseudoType, nil
			}
			if err := weigh(name, args); err != nil {
				return cty.DynamicPseudoType, err
			}
			return f.ReturnTypeForValues(args)
		},
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if opaque != nil && anyOf(args, opaque) {
				return unknownOf(args), nil
			}
			v, err := f.Call(args)
			if err == nil && Size(v) > MaxText {
				return cty.NilVal, errTooLarge
			}
			return v, err
		},
	}
	for _, p := range f.Params() {
		spec.Params = append(spec.Params, open(p))
	}
	if p := f.VarParam(); p != nil {
		v := open(*p)
		spec.VarParam = &v
	}
	return function.New(spec)
}

// open lets everything through to the function inside, which judges by its own parameters.
func open(p function.Parameter) function.Parameter {
	p.AllowNull, p.AllowUnknown, p.AllowDynamicType, p.AllowMarked = true, true, true, true
	return p
}

// The marks say why it is unknown, so they stay.
func unknownOf(args []cty.Value) cty.Value {
	out := cty.DynamicVal
	for _, a := range args {
		_, pvm := a.UnmarkDeepWithPaths()
		for _, p := range pvm {
			out = out.WithMarks(p.Marks)
		}
	}
	return out
}

func anyOf(args []cty.Value, is func(cty.Value) bool) bool {
	for _, a := range args {
		if is(a) {
			return true
		}
	}
	return false
}

func weigh(name string, args []cty.Value) error {
	items := 0
	for _, a := range args {
		if items += length(a); items > MaxItems {
			return errTooLarge
		}
	}
	switch name {
	case "setproduct":
		n := 1
		for _, a := range args {
			if n *= max(length(a), 1); n > MaxItems {
				return errTooLarge
			}
		}
	case "join", "replace", "format", "formatlist", "indent":
		return weighText(name, args)
	case "pow", "parseint", "log":
		for _, a := range args {
			if n, ok := number(a); ok && n > 1<<16 && name == "pow" {
				return errTooLarge
			}
		}
	}
	return nil
}

// wide finds a width or precision of four digits and more, or one taken from an argument.
func wide(format string) bool {
	return regexp.MustCompile(`%[^a-zA-Z%]*([0-9]{4,}|\*)`).MatchString(format)
}

func weighText(name string, args []cty.Value) error {
	total, items := 0, 1
	for _, a := range args {
		total += Size(a)
		items = max(items, length(a))
		if n, ok := number(a); ok && name == "indent" && n > 1000 {
			return errTooLarge
		}
	}
	switch name {
	case "format", "formatlist":
		if len(args) > 0 && wide(text(args[0])) {
			return errTooLarge
		}
		fallthrough
	case "join":
		if total > MaxText || items > 1 && total/2*items > MaxText*64 {
			return errTooLarge
		}
		if name == "join" && len(args) > 0 && len(text(args[0]))*items > MaxText {
			return errTooLarge
		}
	case "replace":
		if len(args) == 3 && (len(text(args[0]))+1)*(len(text(args[2]))+1) > MaxText {
			return errTooLarge
		}
	case "indent":
		if total > MaxText/1000 {
			return errTooLarge
		}
	}
	return nil
}

// Size is about how much memory a value takes, in bytes.
func Size(v cty.Value) int {
	v, _ = v.Unmark()
	switch {
	case v == cty.NilVal || !v.IsKnown() || v.IsNull():
		return 16
	case v.Type() == cty.String:
		return 16 + len(v.AsString())
	case v.CanIterateElements():
		n := 16
		for it := v.ElementIterator(); it.Next(); {
			k, e := it.Element()
			n += Size(e)
			if k.Type() == cty.String {
				n += len(k.AsString())
			}
		}
		return n
	}
	return 16
}

func length(v cty.Value) int {
	v, _ = v.Unmark()
	if v.IsKnown() && !v.IsNull() && v.CanIterateElements() {
		return v.LengthInt()
	}
	return 0
}

func text(v cty.Value) string {
	v, _ = v.Unmark()
	if v.Type() == cty.String && v.IsKnown() && !v.IsNull() {
		return v.AsString()
	}
	return ""
}

func number(v cty.Value) (int64, bool) {
	v, _ = v.Unmark()
	if v.Type() != cty.Number || !v.IsKnown() || v.IsNull() {
		return 0, false
	}
	n, acc := v.AsBigFloat().Int64()
	_ = acc // clamped to the range is enough to weigh
	return n, true
}
