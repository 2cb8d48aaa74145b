package verdict

import (
	"context"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
)

// translate makes the rule's program; nil: OPA evaluates the rule.
func (r *Rule) translate() *program {
	r.set.opa.RLock()
	defer r.set.opa.RUnlock()
	t := &translator{compiler: r.set.compiler, wanted: r.reach.wanted, config: r.setting, known: map[string]*virtual{}}
	v, err := t.rule(r.violation)
	if err != nil || !v.set {
		return nil
	}
	return &program{v, t.rules}
}

// Translated reports whether a program evaluates the rule, and OPA only what fails in it.
func (r *Rule) Translated() bool { return r.program() != nil }

// setting is a path below data.config: known, undeclared, or not there.
func (r *Rule) setting(keys []ast.Value) setting {
	ref := slices.Clone(configRoot)
	for _, k := range keys {
		ref = append(ref, ast.NewTerm(k))
	}
	s := setting{gap: slices.ContainsFunc(r.undeclared, func(h hole) bool { return h.ref.HasPrefix(ref) || ref.HasPrefix(h.ref) })}
	if v, err := r.known.Find(ref[len(configRoot):]); err == nil {
		s.known = value{known: v}
	}
	return s
}

// told is what a program says of a document with some gaps filled.
type told struct {
	sure  []Violation // whatever the other gaps are
	maybe bool        // there may be more
	gap   *Node       // that was met first, if it can take few values
	lost  bool        // OPA has to tell
}

func (p *program) tell(ctx context.Context, in *Node, fill filling, idle Bodies, without bool) told {
	m := p.start(ctx, in, fill, without)
	defer m.free()
	s := violations{}
	for i := range p.violation.bodies {
		if !idle.has(i) {
			p.body(m, i, &s)
		}
	}
	return told{sorted(s.sure), s.maybe, m.met, m.lost}
}

func (p *program) body(m *machine, i int, s *violations) {
	b := &p.violation.bodies[i]
	s.of = b.of
	m.run(b.ops, m.room(b.vars), false, s)
	m.top -= b.vars
}

// Bodies are some of the bodies of a rule.
type Bodies uint64

func (b Bodies) has(i int) bool { return b>>i&1 > 0 }

// Idle are the bodies of the rule that yield nothing on a document, whatever its gaps hold; all: nor does the rule.
func (r *Rule) Idle(ctx context.Context, input *Node) (idle Bodies, all bool) {
	p := r.program()
	if p == nil {
		return 0, false
	}
	m := p.start(ctx, input, nil, false)
	defer m.free()
	all = true
	for i := range p.violation.bodies {
		s := violations{}
		p.body(m, i, &s)
		if len(s.sure) > 0 || s.maybe {
			all = false
		} else {
			idle |= 1 << i
		}
	}
	if m.lost {
		return 0, false
	}
	return idle, all
}

type violations struct {
	of    expr
	sure  []Violation
	maybe bool
}

func (s *violations) take(f *frame, maybe bool) bool {
	x, open := s.of.eval(f)
	if !x.defined() {
		return false
	}
	maybe = maybe || open || x.open
	if s.maybe = s.maybe || maybe; maybe {
		return false
	}
	v, err := violationOf(ast.NewTerm(x.known))
	f.lost = f.lost || err != nil
	s.sure = append(s.sure, v)
	return false
}

// reason judges an input by the program. False: OPA has to tell.
func (r *Rule) reason(ctx context.Context, p *program, input *Node, idle Bodies) (Result, bool) {
	x := &exploration{rule: r, input: input, idle: idle, leaves: 1}
	if !x.reason(ctx, p, nil) {
		return Result{}, false
	}
	res := x.result()
	if res.Verdict == probity.Unknown && slices.ContainsFunc(res.Deciding, inapplicable) {
		y := &exploration{rule: r, input: input, idle: idle, leaves: 1, without: true}
		if y.reason(ctx, p, nil) {
			v, settled := y.rows.agreed()
			res = res.without(v, settled)
		}
	}
	return res, true
}

// exploration tries the values of those gaps that evaluation meets, one gap after the other: two values of the first may lead to
// different next ones. So its answer rests on what was read alone, whatever other gaps there are.
type exploration struct {
	rule    *Rule
	input   *Node
	idle    Bodies // that need not be looked at
	without bool   // what cannot apply is not there
	leaves  int    // how many branches there are
	rows    tally
	open    bool // some branch is not decided
}

// reason evaluates with some gaps filled, and tries the values of the gap that it met where that may decide.
func (x *exploration) reason(ctx context.Context, p *program, fill filling) bool {
	t := p.tell(ctx, x.input, fill, x.idle, x.without)
	switch {
	case t.lost:
		return false
	case t.maybe && t.gap != nil && x.leaves+t.gap.few.count()-1 <= Completions:
		x.leaves += t.gap.few.count() - 1
		for i := range t.gap.few.count() {
			if !x.reason(ctx, p, append(slices.Clip(fill), filled{t.gap, i})) {
				return false
			}
		}
		return true
	}
	v := probity.Pass
	switch {
	case len(t.sure) > 0:
		v = probity.Fail
	case t.maybe:
		v, x.open = probity.Unknown, true
	}
	x.rows.add(fill, v, t.sure)
	return true
}

func (x *exploration) result() Result {
	if v, ok := x.rows.agreed(); ok {
		return Result{Verdict: v, Violations: x.rows.common}
	}
	var out []Missing
	for _, h := range x.rule.gapsOf(project(x.input, x.rule.reach.wanted)) {
		if x.open || !h.rest && x.rows.flips(h) {
			out = append(out, h.Missing)
		}
	}
	if x.open {
		for _, h := range x.rule.undeclared {
			out = append(out, h.Missing)
		}
		if len(out) == 0 { // a name that no document has, in an element that is passed on
			out = append(out, Missing{x.rule.reach.paths()[0], *absent.gap})
		}
	}
	return Result{Verdict: probity.Unknown, Deciding: out}.rested()
}

// gapsOf lists the gaps that the rule may see, in the order of their paths.
func (r *Rule) gapsOf(in *Node) []hole {
	return slices.DeleteFunc(holes(in, ast.InputRootRef, "", nil), func(h hole) bool { return !r.reach.sees(h) })
}
