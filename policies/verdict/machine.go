package verdict

import (
	"context"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// machine is one evaluation of a program, over a document with gaps. What is not known goes through it as an open value, and what
// comes of that is "maybe".
type machine struct {
	ctx     context.Context
	program *program
	in      *Node
	fill    filling
	through bool // what is not known is not there
	without bool // what cannot apply is not there

	met    *Node  // the first gap that was read and can take few values
	lost   bool   // something was met that only OPA can tell
	steps  int    // taken, to look after the context now and then
	said   []said // of rules without arguments, by their numbers
	vars   []value
	top    int // of vars in use
	frames []frame
	deep   int // frames in use
}

// said is what a rule without arguments came to.
type said struct {
	value
	done, maybe bool
}

var machines = sync.Pool{New: func() any { return &machine{vars: make([]value, 256), frames: make([]frame, 64)} }} //nolint:gochecknoglobals // memory to use again, nothing else

// start gives a machine that has done nothing yet.
func (p *program) start(ctx context.Context, in *Node, fill filling, without bool) *machine {
	m := machines.Get().(*machine)
	vars, frames, all := m.vars, m.frames, m.said
	if cap(all) < p.rules {
		all = make([]said, p.rules)
	}
	all = all[:p.rules]
	clear(all)
	*m = machine{ctx: ctx, program: p, in: in, fill: fill, without: without, said: all, vars: vars, frames: frames}
	return m
}

func (m *machine) free() { machines.Put(m) }

// room gives variables for a body.
func (m *machine) room(n int) []value {
	m.top += n
	if m.top > len(m.vars) {
		return make([]value, n)
	}
	return m.vars[m.top-n : m.top]
}

// frame is a body that is evaluated.
type frame struct {
	*machine
	vars []value
	ops  []op
	to   sink
}

// op is one expression of a body. It goes on with the next one for each way to make it true, and stops when that says so.
type op interface {
	do(f *frame, next int, maybe bool) (stop bool)
}

// expr is a part of an expression that has one value at most.
type expr interface {
	eval(f *frame) (x value, maybe bool)
}

// sink takes each way to make a body true.
type sink interface {
	take(f *frame, maybe bool) (stop bool)
}

func (f *frame) next(i int, maybe bool) bool {
	if i == len(f.ops) {
		return f.to.take(f, maybe)
	}
	const often = 1 << 12
	if f.steps++; f.steps%often == 0 && f.ctx.Err() != nil {
		f.lost = true
	}
	return f.lost || f.ops[i].do(f, i+1, maybe)
}

// run evaluates a body with variables of its own, or with those of the body that it is part of.
func (m *machine) run(ops []op, vars []value, maybe bool, to sink) bool {
	var f *frame
	if m.deep >= len(m.frames) {
		f = &frame{}
	} else {
		f = &m.frames[m.deep]
	}
	m.deep++
	*f = frame{machine: m, vars: vars, ops: ops, to: to}
	stop := f.next(0, maybe)
	m.deep--
	return stop
}

type constant struct {
	value
	term *ast.Term
}

func constantOf(v ast.Value) constant { return constant{value{known: v}, ast.NewTerm(v)} }

func (c constant) eval(*frame) (value, bool) { return c.value, false }

type local int

// eval is of a variable that has a value, known or not: that it has one was told when it took it.
func (l local) eval(f *frame) (value, bool) { return f.vars[l], false }

// composite is a list, set or object of expressions.
type composite struct {
	of    []expr // of an object keys and values in turn
	build func([]*ast.Term) ast.Value
}

func (c composite) eval(f *frame) (value, bool) {
	terms, open := make([]*ast.Term, len(c.of)), false
	for i, e := range c.of {
		x, _ := e.eval(f)
		if !x.defined() {
			return value{}, false
		}
		v, ok := f.whole(x)
		if open = open || !ok; ok {
			terms[i] = ast.NewTerm(v)
		}
	}
	if open {
		return value{open: true}, true
	}
	return value{known: c.build(terms)}, false
}
