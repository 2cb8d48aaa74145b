package verdict

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// program is a rule of Rego, translated: what rules mostly are, which is conditions on facts, lists and sets. It follows documents with
// their gaps, so that one evaluation tells what holds whatever the gaps are.
type program struct {
	violation *virtual
	rules     int // without arguments
}

// errForeign means that a rule holds something that is not translated; OPA evaluates it.
var errForeign = errors.New("not translated")

// translator makes a program of compiled rules.
type translator struct {
	compiler *ast.Compiler
	wanted   *Paths
	config   func([]ast.Value) setting
	known    map[string]*virtual
	rules    int
	reads    bool // what was translated last reads something of the document
}

// rule translates the rule at a reference, once.
func (t *translator) rule(ref ast.Ref) (*virtual, error) {
	name := ref.String()
	if v, ok := t.known[name]; ok {
		t.reads = t.reads || v.reads
		return v, nil
	}
	v, before := &virtual{number: t.rules}, t.reads
	t.reads = false
	t.known[name] = v
	rules := t.compiler.GetRulesExact(ref)
	if len(rules) == 0 {
		return nil, fmt.Errorf("%s: %w", ref, errForeign)
	}
	if len(rules[0].Head.Args) == 0 {
		t.rules++
	}
	for _, r := range rules {
		b, err := t.body(r)
		if err != nil {
			return nil, err
		}
		if r.Default {
			v.otherwise = &b
			continue
		}
		v.set = r.Head.RuleKind() == ast.MultiValue
		v.bodies = append(v.bodies, b)
	}
	v.same = !v.set && alike(v.bodies)
	v.reads = t.reads
	t.reads = before || v.reads
	return v, nil
}

// alike reports whether all bodies give one constant.
func alike(bodies []ruled) bool {
	return len(bodies) > 0 && !slices.ContainsFunc(bodies, func(b ruled) bool {
		first, ok := bodies[0].of.(constant)
		c, also := b.of.(constant)
		return !ok || !also || b.otherwise != nil || c.known.Compare(first.known) != 0
	})
}

func (t *translator) body(r *ast.Rule) (ruled, error) {
	if !r.Head.Ref().IsGround() || r.Head.RuleKind() == ast.MultiValue && len(r.Head.Args) > 0 {
		return ruled{}, fmt.Errorf("%s: %w", r.Head, errForeign)
	}
	s := &scope{translator: t, slots: map[ast.Var]local{}, bound: map[ast.Var]bool{}}
	var b ruled
	for _, a := range r.Head.Args {
		if v, ok := a.Value.(ast.Var); ok && !s.bound[v] {
			b.args = append(b.args, s.bind(v))
			continue
		}
		if !ast.IsConstant(a.Value) {
			return ruled{}, fmt.Errorf("%s: %w", r.Head, errForeign)
		}
		b.args = append(b.args, constantOf(a.Copy().Value))
	}
	var err error
	if b.ops, err = s.ops(r.Body); err != nil {
		return ruled{}, err
	}
	of := r.Head.Value
	if r.Head.RuleKind() == ast.MultiValue {
		of = r.Head.Key
	}
	if b.of, err = s.expr(of); err != nil {
		return ruled{}, err
	}
	b.vars = s.made
	if r.Else != nil {
		next, err := t.body(r.Else)
		b.otherwise = &next
		return b, err
	}
	return b, nil
}

// scope are the variables of a body, and of those inside it.
type scope struct {
	*translator
	slots map[ast.Var]local
	bound map[ast.Var]bool
	made  int
}

// unnamed gives room for a value.
func (s *scope) unnamed() local {
	s.made++
	return local(s.made - 1)
}

func (s *scope) bind(v ast.Var) local {
	l, ok := s.slots[v]
	if !ok {
		l = s.unnamed()
		s.slots[v] = l
	}
	s.bound[v] = true
	return l
}

func (s *scope) ops(body ast.Body) (out []op, err error) {
	for _, e := range body {
		if len(e.With) > 0 {
			return nil, fmt.Errorf("%s: %w", e, errForeign)
		}
		var ops []op
		if e.Negated {
			inner := e.Complement()
			if ops, err = s.inner(ast.NewBody(inner), nil); err == nil {
				ops = []op{denied{ops}}
			}
		} else {
			ops, err = s.one(e)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, ops...)
	}
	return out, nil
}

// inner translates a body inside another: what it binds, the other does not see.
func (s *scope) inner(body ast.Body, end func() error) ([]op, error) {
	before := maps.Clone(s.bound)
	ops, err := s.ops(body)
	if err == nil && end != nil {
		err = end()
	}
	s.bound = before
	return ops, err
}

// one translates an expression that is not denied.
func (s *scope) one(e *ast.Expr) ([]op, error) {
	switch terms := e.Terms.(type) {
	case *ast.Term:
		return s.term(terms)
	case []*ast.Term:
		switch {
		case e.IsEquality() && len(terms) == 3:
			return s.equality(terms[1], terms[2])
		case e.IsCall():
			return s.call(terms)
		}
	case *ast.Every:
		return s.every(terms)
	}
	return nil, fmt.Errorf("%s: %w", e, errForeign)
}

func (s *scope) term(t *ast.Term) ([]op, error) {
	if ref, ok := t.Value.(ast.Ref); ok {
		r, err := s.reference(ref)
		if err != nil {
			return nil, err
		}
		if r.binds() {
			return []op{bound{reference: r, true: true}}, nil
		}
		return []op{holds{r}}, nil
	}
	x, err := s.expr(t)
	return []op{holds{x}}, err
}

// call translates a call of a function: of Rego, of OPA, or a comparison.
func (s *scope) call(terms []*ast.Term) ([]op, error) {
	ref, ok := terms[0].Value.(ast.Ref)
	if !ok {
		return nil, errForeign
	}
	name := ref.String()
	arity, args := 0, terms[1:]
	var of *virtual
	b, builtin := ast.BuiltinMap[name]
	if builtin {
		arity = b.Decl.Arity()
	} else {
		rules := s.compiler.GetRulesExact(ref)
		if len(rules) == 0 {
			return nil, fmt.Errorf("%s: %w", ref, errForeign)
		}
		arity = len(rules[0].Head.Args)
		var err error
		if of, err = s.rule(ref); err != nil {
			return nil, err
		}
	}
	if len(args) != arity && len(args) != arity+1 {
		return nil, fmt.Errorf("%s: %w", ref, errForeign)
	}
	in, err := s.exprs(args[:arity])
	if err != nil {
		return nil, err
	}
	to := target{none: true}
	if len(args) > arity {
		if to, err = s.target(args[arity]); err != nil {
			return nil, err
		}
	}
	switch compare, ok := comparisons()[name]; {
	case of != nil:
		return []op{called{of, in, to}}, nil
	case ok && to.none:
		return []op{compared{in[0], in[1], compare}}, nil
	case name == ast.Member.Name:
		return []op{within{in[0], in[1], to}}, nil
	case name == ast.RegexMatch.Name && expression(in[0]) != nil:
		return []op{matches{expression(in[0]), in[1], to}}, nil
	case slices.Contains(pure(), name):
		return []op{native{topdown.GetBuiltin(name), in, to}}, nil
	}
	return nil, fmt.Errorf("%s: %w", ref, errForeign)
}

func comparisons() map[string]func(int) bool {
	return map[string]func(int) bool{
		"equal": equal, "neq": func(c int) bool { return c != 0 }, "lt": func(c int) bool { return c < 0 }, "lte": func(c int) bool { return c <= 0 },
		"gt": func(c int) bool { return c > 0 }, "gte": func(c int) bool { return c >= 0 },
	}
}

func (s *scope) target(t *ast.Term) (target, error) {
	if v, ok := t.Value.(ast.Var); ok && !s.bound[v] {
		return target{slot: s.bind(v)}, nil
	}
	with, err := s.expr(t)
	return target{with: with}, err
}
