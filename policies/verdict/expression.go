package verdict

import "github.com/open-policy-agent/opa/v1/ast"

// assign gives a variable its value.
type assign struct {
	slot local
	of   expr
}

func (a assign) do(f *frame, next int, maybe bool) bool {
	x, open := a.of.eval(f)
	if !x.defined() {
		return false
	}
	f.vars[a.slot] = x
	return f.next(next, maybe || open)
}

// holds is an expression that is true unless it is false or undefined.
type holds struct{ of expr }

func (h holds) do(f *frame, next int, maybe bool) bool {
	x, open := h.of.eval(f)
	if !x.defined() || x.known != nil && ast.Boolean(false).Compare(x.known) == 0 {
		return false
	}
	return f.next(next, maybe || open || x.open)
}

// compared are two values that must compare as wanted.
type compared struct {
	a, b expr
	is   func(int) bool
}

func (c compared) do(f *frame, next int, maybe bool) bool {
	a, open := c.a.eval(f)
	if !a.defined() {
		return false
	}
	b, also := c.b.eval(f)
	if !b.defined() {
		return false
	}
	maybe = maybe || open || also
	x, ok := f.whole(a)
	if !ok {
		return f.next(next, true)
	}
	y, ok := f.whole(b)
	switch {
	case !ok:
		return f.next(next, true)
	case c.is(x.Compare(y)):
		return f.next(next, maybe)
	}
	return false
}

func equal(c int) bool { return c == 0 }

// denied is an expression that must not hold, whatever its own variables are.
type denied struct{ ops []op }

func (d denied) do(f *frame, next int, maybe bool) bool {
	var s any1
	f.run(d.ops, f.vars, false, &s)
	if s.sure || f.lost {
		return f.lost
	}
	return f.next(next, maybe || s.maybe)
}

// any1 asks whether there is one way.
type any1 struct{ sure, maybe bool }

func (s *any1) take(_ *frame, maybe bool) bool {
	s.sure, s.maybe = s.sure || !maybe, s.maybe || maybe
	return s.sure
}

// throughout is a body that must hold for all that a value holds.
type throughout struct {
	domain     expr
	key, child local
	ops        []op
}

func (t throughout) do(f *frame, next int, maybe bool) bool {
	x, open := t.domain.eval(f)
	if !x.holds() {
		return false
	}
	maybe = maybe || open || x.open
	fails := f.each(x, func(key, child value, open bool) bool {
		f.vars[t.key], f.vars[t.child] = key, child
		var s any1
		f.run(t.ops, f.vars, false, &s)
		maybe = maybe || !s.sure
		return f.lost || !s.sure && !s.maybe && !open
	})
	return f.lost || !fails && f.next(next, maybe)
}

// collected is a comprehension.
type collected struct {
	slot  local
	ops   []op
	of    []expr // the element, or a key and its value
	build func([]*ast.Term) ast.Value
}

func (c collected) do(f *frame, next int, maybe bool) bool {
	s := gathered{of: c.of}
	f.run(c.ops, f.vars, false, &s)
	if f.lost {
		return true
	}
	f.vars[c.slot] = value{open: true}
	if !s.open {
		f.vars[c.slot] = value{known: c.build(s.terms)}
	}
	return f.next(next, maybe || s.open)
}

type gathered struct {
	of    []expr
	terms []*ast.Term
	open  bool // what is in it rests on a gap
}

func (s *gathered) take(f *frame, maybe bool) bool {
	for _, e := range s.of {
		x, _ := e.eval(f)
		if !x.defined() {
			return false
		}
		v, ok := f.whole(x)
		if s.open = s.open || maybe || !ok; s.open {
			return false // evaluation goes on, so that it is lost where it would be
		}
		s.terms = append(s.terms, ast.NewTerm(v))
	}
	return false
}

// items, members and pairs build what comprehensions and composites make.
func items(ts []*ast.Term) ast.Value   { return ast.NewArray(ts...) }
func members(ts []*ast.Term) ast.Value { return ast.NewSet(ts...) }

func pairs(ts []*ast.Term) ast.Value {
	o := ast.NewObject()
	for i := 0; i < len(ts); i += 2 {
		o.Insert(ts[i], ts[i+1])
	}
	return o
}
