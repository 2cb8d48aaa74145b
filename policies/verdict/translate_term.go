package verdict

import (
	"fmt"
	"maps"

	"github.com/open-policy-agent/opa/v1/ast"
)

// equality translates "a = b": a variable takes its value, or two values are compared.
func (s *scope) equality(a, b *ast.Term) ([]op, error) {
	if s.unbound(b) && !s.unbound(a) {
		a, b = b, a
	}
	if s.unbound(a) {
		return s.assignment(a.Value.(ast.Var), b)
	}
	first, err := s.stepwise(a)
	if err != nil {
		return nil, err
	}
	second, err := s.stepwise(b)
	if err != nil {
		return nil, err
	}
	return append(append(first.before, second.before...), compared{first.expr, second.expr, equal}), nil
}

func (s *scope) unbound(t *ast.Term) bool {
	v, ok := t.Value.(ast.Var)
	return ok && !s.bound[v]
}

func (s *scope) assignment(v ast.Var, t *ast.Term) ([]op, error) {
	switch x := t.Value.(type) {
	case *ast.ArrayComprehension:
		return s.comprehension(v, x.Body, items, x.Term)
	case *ast.SetComprehension:
		return s.comprehension(v, x.Body, members, x.Term)
	case ast.Ref:
		r, err := s.reference(x)
		if err != nil {
			return nil, err
		}
		if r.binds() {
			return []op{bound{reference: r, slot: s.bind(v)}}, nil
		}
		return []op{assign{s.bind(v), r}}, nil
	}
	x, err := s.expr(t)
	if err != nil {
		return nil, err
	}
	return []op{assign{s.bind(v), x}}, nil
}

func (s *scope) comprehension(v ast.Var, body ast.Body, build func([]*ast.Term) ast.Value, of ...*ast.Term) ([]op, error) {
	c := collected{build: build}
	var err error
	c.ops, err = s.inner(body, func() (err error) {
		c.of, err = s.exprs(of)
		return err
	})
	c.slot = s.bind(v)
	return []op{c}, err
}

// every translates "every x in xs { … }": there is no x for which the body does not hold.
func (s *scope) every(e *ast.Every) ([]op, error) {
	domain, err := s.expr(e.Domain)
	if err != nil {
		return nil, err
	}
	all := throughout{domain: domain, key: s.unnamed(), child: s.unnamed()}
	before := maps.Clone(s.bound)
	for t, slot := range map[*ast.Term]local{e.Key: all.key, e.Value: all.child} {
		if t == nil {
			continue
		}
		v, ok := t.Value.(ast.Var)
		if !ok {
			return nil, fmt.Errorf("%s: %w", e, errForeign)
		}
		s.slots[v], s.bound[v] = slot, true
	}
	all.ops, err = s.ops(e.Body)
	s.bound = before
	return []op{all}, err
}

// stepped is an expression with what has to come before it.
type stepped struct {
	before []op
	expr
}

// stepwise gives the values of a reference that binds variables to one without a name, one after the other.
func (s *scope) stepwise(t *ast.Term) (stepped, error) {
	if ref, ok := t.Value.(ast.Ref); ok {
		r, err := s.reference(ref)
		if err != nil || !r.binds() {
			return stepped{expr: r}, err
		}
		slot := s.unnamed()
		return stepped{[]op{bound{reference: r, slot: slot}}, slot}, nil
	}
	x, err := s.expr(t)
	return stepped{expr: x}, err
}

func (s *scope) exprs(ts []*ast.Term) ([]expr, error) {
	out := make([]expr, len(ts))
	for i, t := range ts {
		var err error
		if out[i], err = s.expr(t); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// expr translates what binds nothing.
func (s *scope) expr(t *ast.Term) (expr, error) {
	if ast.IsConstant(t.Value) {
		return constantOf(t.Copy().Value), nil // OPA's partial evaluation writes into the rule's own
	}
	switch v := t.Value.(type) {
	case ast.Var:
		if s.bound[v] {
			return s.slots[v], nil
		}
	case ast.Ref:
		r, err := s.reference(v)
		if err != nil {
			return nil, err
		}
		if !r.binds() {
			return r, nil
		}
	case *ast.Array:
		var of []*ast.Term
		v.Foreach(func(t *ast.Term) { of = append(of, t) })
		return s.composite(items, of)
	case ast.Set:
		return s.composite(members, v.Slice())
	case ast.Object:
		var of []*ast.Term
		v.Foreach(func(k, t *ast.Term) { of = append(of, k, t) })
		return s.composite(pairs, of)
	}
	return nil, fmt.Errorf("%s: %w", t, errForeign)
}

func (s *scope) composite(build func([]*ast.Term) ast.Value, of []*ast.Term) (expr, error) {
	es, err := s.exprs(of)
	return composite{es, build}, err
}

// reference translates a reference: into the input, the configuration, another rule, or a variable.
func (s *scope) reference(ref ast.Ref) (r reference, err error) {
	rest := ref[1:]
	switch head, isVar := ref[0].Value.(ast.Var); {
	case ref[0].Equal(ast.InputRootDocument):
		s.reads = true
		r.from, rest, err = s.fact(ref)
	case ref.HasPrefix(configRoot) && len(ref) > len(configRoot) && s.config != nil:
		keys := values(ref[len(configRoot):])
		if len(keys) == 0 {
			return r, fmt.Errorf("%s: %w", ref, errForeign)
		}
		from := s.config(keys)
		s.reads = s.reads || from.gap
		r.from, rest = from, ref[len(configRoot)+len(keys):]
	case ref[0].Equal(ast.DefaultRootDocument):
		r.from, rest, err = s.named(ref)
	case isVar && s.bound[head]:
		r.from = s.slots[head]
	default:
		err = fmt.Errorf("%s: %w", ref, errForeign)
	}
	if err != nil {
		return r, err
	}
	for _, t := range rest {
		if s.unbound(t) {
			r.keys = append(r.keys, key{bind: s.bind(t.Value.(ast.Var))})
			continue
		}
		x, err := s.expr(t)
		if err != nil {
			return r, err
		}
		r.keys = append(r.keys, key{expr: x})
	}
	return r, nil
}

// values are the constants that a reference begins with.
func values(ref ast.Ref) (out []ast.Value) {
	for _, t := range ref {
		switch t.Value.(type) {
		case ast.String, ast.Number:
			out = append(out, t.Value)
		default:
			return out
		}
	}
	return out
}

func (s *scope) fact(ref ast.Ref) (expr, ast.Ref, error) {
	f := fact{root: s.wanted, keys: values(ref[1:])}
	p := s.wanted
	for _, k := range f.keys {
		name, ok := k.(ast.String)
		if !ok || p.all() {
			break
		}
		if p = p.below[string(name)]; p == nil {
			break
		}
		f.names, f.reads = append(f.names, string(name)), append(f.reads, p)
	}
	if len(f.names) == 0 {
		return nil, nil, fmt.Errorf("%s: %w", ref, errForeign)
	}
	return f, ref[1+len(f.keys):], nil
}

func (s *scope) named(ref ast.Ref) (expr, ast.Ref, error) {
	for n := len(ref.ConstantPrefix()); n > 1; n-- {
		if len(s.compiler.GetRulesExact(ref[:n])) > 0 {
			v, err := s.rule(ref[:n])
			return named{v}, ref[n:], err
		}
	}
	return nil, nil, fmt.Errorf("%s: %w", ref, errForeign)
}
