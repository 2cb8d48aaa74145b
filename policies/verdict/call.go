package verdict

import (
	"regexp"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// called is a function with what becomes of its value.
type called struct {
	of   *virtual
	args []expr
	to   target
}

// target takes a value: a variable, something to compare with, or nothing but that it holds.
type target struct {
	slot local
	with expr
	none bool
}

func (t target) take(f *frame, next int, x value, maybe bool) bool {
	return bound{slot: t.slot, with: t.with, true: t.none}.end(f, next, x, maybe)
}

func (c called) do(f *frame, next int, maybe bool) bool {
	var room [4]value
	args := room[:0]
	for _, a := range c.args {
		x, open := a.eval(f)
		if !x.defined() {
			return false
		}
		args, maybe = append(args, x), maybe || open
	}
	out := c.of.call(f.machine, args)
	if f.lost || out.sure.defined() && c.to.take(f, next, out.sure, maybe) {
		return true
	}
	if out.sure.defined() && out.same {
		return false
	}
	for _, x := range out.maybe { // each for itself: what follows may be the same for all
		if c.to.take(f, next, x, true) {
			return true
		}
	}
	return false
}

// native is a function of OPA. What it takes for an error is OPA's to tell.
type native struct {
	of   topdown.BuiltinFunc
	args []expr
	to   target
}

func (c native) do(f *frame, next int, maybe bool) bool {
	var room [4]*ast.Term
	operands, open := room[:0], false
	for _, a := range c.args {
		if k, ok := a.(constant); ok {
			operands = append(operands, k.term)
			continue
		}
		x, _ := a.eval(f)
		if !x.defined() {
			return false
		}
		v, ok := f.whole(x)
		open = open || !ok
		operands = append(operands, ast.NewTerm(v))
	}
	if open {
		return c.to.take(f, next, value{open: true}, true)
	}
	var said ast.Value
	err := c.of(topdown.BuiltinContext{Context: f.ctx}, operands, func(t *ast.Term) error {
		said = t.Value
		return nil
	})
	if err != nil {
		f.lost = true
	}
	return f.lost || said != nil && c.to.take(f, next, value{known: said}, maybe)
}

// matches is regex.match of an expression that is a constant.
type matches struct {
	pattern *regexp.Regexp
	what    expr
	to      target
}

// expression is one of Go, as OPA's are; nil: it is no constant, or none.
func expression(e expr) *regexp.Regexp {
	k, ok := e.(constant)
	if !ok {
		return nil
	}
	s, ok := k.known.(ast.String)
	if !ok {
		return nil
	}
	re, err := regexp.Compile(string(s))
	if err != nil {
		return nil
	}
	return re
}

func (c matches) do(f *frame, next int, maybe bool) bool {
	x, _ := c.what.eval(f)
	if !x.defined() {
		return false
	}
	v, ok := f.whole(x)
	if !ok {
		return c.to.take(f, next, value{open: true}, true)
	}
	s, ok := v.(ast.String)
	f.lost = f.lost || !ok // OPA tells what comes of that
	return f.lost || c.to.take(f, next, value{known: ast.InternedTerm(c.pattern.MatchString(string(s))).Value}, maybe)
}

// within is membership, which most rules ask of a constant set.
type within struct {
	what, in expr
	to       target
}

func (w within) do(f *frame, next int, maybe bool) bool {
	what, _ := w.what.eval(f)
	if !what.defined() {
		return false
	}
	in, _ := w.in.eval(f)
	if !in.defined() {
		return false
	}
	x, ok := f.whole(what)
	all, known := f.whole(in)
	if !ok || !known {
		return w.to.take(f, next, value{open: true}, true)
	}
	return w.to.take(f, next, value{known: ast.Boolean(contains(all, x))}, maybe)
}

func contains(all, x ast.Value) bool {
	same := func(t *ast.Term) bool { return t.Value.Compare(x) == 0 }
	switch c := all.(type) {
	case ast.Set:
		return c.Contains(ast.NewTerm(x))
	case *ast.Array:
		return c.Until(same)
	case ast.Object:
		return c.Until(func(_, v *ast.Term) bool { return same(v) })
	}
	return false
}

// pure are the functions of OPA that a program calls: they need nothing but their arguments, and give one value.
func pure() []string {
	return []string{"array.concat", "array.reverse", "array.slice", "concat", "contains", "count", "div", "endswith", "format_int", "glob.match", "indexof", "lower",
		"max", "min", "minus", "and", "or", "mul", "object.get", "object.keys", "plus", "regex.find_n", "regex.match", "regex.replace", "rem", "replace", "round", "abs",
		"sort", "split", "sprintf", "startswith", "substring", "sum", "time.add_date", "time.parse_rfc3339_ns", "to_number", "trim", "trim_left", "trim_prefix",
		"trim_right", "trim_space", "trim_suffix", "upper"}
}
