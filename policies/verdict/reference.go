package verdict

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// reference follows keys from where it begins. A key that is a variable without a value yet takes all that there are.
type reference struct {
	from expr
	keys []key
}

// key is an expression, or a variable to bind.
type key struct {
	expr
	bind local
}

// eval is of a reference that binds nothing.
func (r reference) eval(f *frame) (value, bool) {
	x, maybe := r.from.eval(f)
	for _, k := range r.keys {
		if !x.defined() {
			return x, false
		}
		at, _ := k.eval(f)
		var open bool
		x, open = f.at(x, at)
		maybe = maybe || open
	}
	return x, maybe
}

func (r reference) binds() bool {
	return slices.ContainsFunc(r.keys, func(k key) bool { return k.expr == nil })
}

// bound takes each value that a reference has, for a variable or to compare with another.
type bound struct {
	reference
	slot local
	with expr // nil: the variable takes it
	true bool // nothing else is asked of it than to hold
}

func (b bound) do(f *frame, next int, maybe bool) bool {
	x, open := b.from.eval(f)
	return x.defined() && b.follow(f, next, x, 0, maybe || open)
}

func (b bound) follow(f *frame, next int, x value, at int, maybe bool) bool {
	if at == len(b.keys) {
		return b.end(f, next, x, maybe)
	}
	k := b.keys[at]
	if k.expr != nil {
		v, _ := k.eval(f)
		if !v.defined() {
			return false
		}
		x, open := f.at(x, v)
		return x.defined() && b.follow(f, next, x, at+1, maybe || open)
	}
	return f.each(x, func(key, child value, open bool) bool {
		f.vars[k.bind] = key
		return f.lost || b.follow(f, next, child, at+1, maybe || open)
	})
}

func (b bound) end(f *frame, next int, x value, maybe bool) bool {
	switch {
	case b.true:
		if x.known != nil && ast.Boolean(false).Compare(x.known) == 0 {
			return false
		}
	case b.with == nil:
		f.vars[b.slot] = x
	default:
		return compared{resolved(x), b.with, equal}.do(f, next, maybe)
	}
	return f.next(next, maybe)
}

type resolved value

func (r resolved) eval(*frame) (value, bool) { return value(r), r.open }

// fact is where a reference into the input begins: at a fact, and what is in it.
type fact struct {
	root  *Paths
	names []string
	reads []*Paths // what is read at each name
	keys  []ast.Value
}

func (t fact) eval(f *frame) (value, bool) {
	n := f.in
	for i, name := range t.names {
		if n = n.field(name); n == nil {
			n = absent
		}
		if n.form == structure {
			continue
		}
		x := f.of(n, t.reads[i])
		for _, k := range t.keys[i+1:] {
			x, _ = f.at(x, value{known: k})
		}
		return x, x.open
	}
	f.lost = true // a group of facts as a whole
	return value{open: true}, true
}

// setting is where a reference into the configuration begins.
type setting struct {
	gap   bool // it leads to, through or around what nobody declared
	known value
}

func (s setting) eval(f *frame) (value, bool) {
	if s.gap {
		x := f.gone(absent)
		return x, x.open
	}
	return s.known, false
}

// named is a rule without arguments.
type named struct{ *virtual }

func (n named) eval(f *frame) (value, bool) { return n.value(f.machine) }
