package verdict

import (
	"slices"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// virtual is a rule that others use: a value, a partial set or a function.
type virtual struct {
	number    int // among those without arguments
	set       bool
	same      bool // all bodies give one constant, so that one of them is enough
	bodies    []ruled
	otherwise *ruled // the default

	reads bool // something of the document; what reads nothing is worked out once
	once  sync.Once
	is    said
	lost  bool
}

// ruled is a body with what it gives.
type ruled struct {
	args      []expr // a variable, or what an argument must be
	of        expr   // the value, or the element of a set
	ops       []op
	vars      int
	otherwise *ruled // what holds where this body does not
}

// value is of a rule without arguments, which comes to the same throughout an evaluation.
func (v *virtual) value(m *machine) (value, bool) {
	s := &m.said[v.number]
	switch {
	case s.done:
	case v.reads:
		*s = v.work(m)
	default:
		v.once.Do(func() { v.is, v.lost = v.work(m), m.lost })
		m.lost = m.lost || v.lost
		*s = v.is
	}
	return s.value, s.maybe
}

func (v *virtual) work(m *machine) said {
	if v.set {
		all := v.elements(m)
		if known, ok := m.firm(all); ok { // each element once, in the order of OPA
			return said{value: value{known: known}, done: true}
		}
		return said{value: value{set: all}, done: true}
	}
	out := v.call(m, nil)
	x, maybe := out.is()
	return said{x, true, maybe}
}

// firm is a set of which all is known.
func (m *machine) firm(all []member) (ast.Value, bool) {
	for _, e := range all {
		if e.maybe || e.value.set != nil {
			return nil, false
		}
		if e.value.part != nil && !m.through {
			if _, found := e.value.part.unfilled(m.fill, m.without); found {
				return nil, false
			}
		}
	}
	return m.whole(value{set: all})
}

func (v *virtual) elements(m *machine) []member {
	out := collection{all: []member{}}
	for i := range v.bodies {
		b := &v.bodies[i]
		out.of = b.of
		m.run(b.ops, m.room(b.vars), false, &out)
		m.top -= b.vars
	}
	return out.all
}

type collection struct {
	of  expr
	all []member
}

func (s *collection) take(f *frame, maybe bool) bool {
	if x, open := s.of.eval(f); x.defined() {
		s.all = append(s.all, member{x, maybe || open || x.open})
	}
	return false
}

// call gives what a function or a complete rule comes to.
func (v *virtual) call(m *machine, args []value) outcome {
	out := outcome{same: v.same}
	for i := range v.bodies {
		v.bodies[i].chain(m, args, false, &out)
		if m.lost || out.sure.defined() && v.same {
			return out
		}
	}
	if v.otherwise != nil && !out.sure.defined() {
		v.otherwise.chain(m, args, len(out.maybe) > 0, &out)
	}
	return out
}

// chain evaluates a body, and what is said to hold otherwise until one surely does.
func (b *ruled) chain(m *machine, args []value, maybe bool, out *outcome) {
	for ; b != nil && !m.lost; b = b.otherwise {
		vars := m.room(b.vars)
		out.of, out.held = b.of, any1{}
		if fits, open := b.take(m, vars, args); fits {
			m.run(b.ops, vars, maybe || open, out)
		}
		m.top -= b.vars
		if out.held.sure {
			return
		}
		maybe = maybe || out.held.maybe
	}
}

// take gives a body its arguments, if they are what it wants.
func (b *ruled) take(m *machine, vars, args []value) (fits, maybe bool) {
	for i, a := range b.args {
		if slot, ok := a.(local); ok {
			vars[slot] = args[i]
			continue
		}
		want, _ := a.eval(nil)
		got, ok := m.whole(args[i])
		if maybe = maybe || !ok; ok && got.Compare(want.known) != 0 {
			return false, false
		}
	}
	return true, maybe
}

// outcome is what the bodies of a rule come to: at most one value that is sure, and what it may be else.
type outcome struct {
	of    expr
	same  bool
	sure  value
	maybe []value
	held  any1 // whether the body that was evaluated last held
}

func (s *outcome) take(f *frame, maybe bool) bool {
	x, open := s.of.eval(f)
	if !x.defined() {
		return false
	}
	open = open || x.open
	s.held.take(f, maybe || open)
	switch {
	case maybe || open:
		if !slices.ContainsFunc(s.maybe, func(y value) bool { return f.alike(x, y) }) {
			s.maybe = append(s.maybe, x)
		}
	case !s.sure.defined():
		s.sure = x
	case !f.alike(s.sure, x):
		f.lost = true // two values for one rule: OPA tells
	}
	return f.lost || s.same && s.sure.defined()
}

// is gives one value, which may not be known.
func (s *outcome) is() (value, bool) {
	switch {
	case len(s.maybe) == 0 || s.same && s.sure.defined():
		return s.sure, false
	case len(s.maybe) == 1 && !s.sure.defined():
		return s.maybe[0], true
	}
	return value{open: true}, true
}

// alike reports whether two values are the same, or both not known.
func (m *machine) alike(a, b value) bool {
	if a.open || b.open {
		return a.open == b.open
	}
	x, ok := m.whole(a)
	if !ok {
		return false
	}
	y, ok := m.whole(b)
	return ok && x.Compare(y) == 0
}
