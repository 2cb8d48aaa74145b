package verdict

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/probity-scan/probity"
)

const violationVar = ast.Var("violation")

// eval asks OPA about a document without gaps.
func (r *Rule) eval(ctx context.Context, doc *ast.Term) (probity.Verdict, []Violation, error) {
	r.set.opa.RLock()
	defer r.set.opa.RUnlock()
	q, err := r.query()
	if err != nil {
		return "", nil, fmt.Errorf("preparing %s: %w", r.violation, err)
	}
	var out []Violation
	err = q.over(ctx, doc).Iter(ctx, func(row topdown.QueryResult) error {
		v, err := violationOf(row[violationVar])
		out = append(out, v)
		return err
	})
	if err != nil {
		return "", nil, err
	}
	if len(out) == 0 {
		return probity.Pass, nil, nil
	}
	return probity.Fail, sorted(out), nil
}

var errShape = errors.New(`a violation must be {"fact": path} or {"fact": path, "element": text}`)

func violationOf(t *ast.Term) (Violation, error) {
	m, ok := t.Value.(ast.Object)
	if !ok {
		return Violation{}, errShape
	}
	fact, ok := textAt(m, "fact")
	if !ok {
		return Violation{}, errShape
	}
	v := Violation{Fact: probity.Path(fact)}
	if m.Get(ast.InternedTerm("element")) != nil {
		if v.Element, ok = textAt(m, "element"); !ok {
			return Violation{}, errShape
		}
	}
	return v, nil
}

func textAt(m ast.Object, key string) (string, bool) {
	t := m.Get(ast.InternedTerm(key))
	if t == nil {
		return "", false
	}
	s, ok := t.Value.(ast.String)
	return string(s), ok
}

func sorted(vs []Violation) []Violation {
	slices.SortFunc(vs, func(a, b Violation) int {
		if c := strings.Compare(string(a.Fact), string(b.Fact)); c != 0 {
			return c
		}
		return strings.Compare(a.Element, b.Element)
	})
	return slices.Compact(vs)
}

// partially asks OPA with the gaps unknown. A query left without condition fails whatever they are; none left: a pass.
func (r *Rule) partially(ctx context.Context, in *Node, fill filling, many []hole) (probity.Verdict, []Violation, error) {
	if r.reach.keyed {
		return probity.Unknown, nil, nil
	}
	unknowns := make([]*ast.Term, 0, len(many))
	for _, h := range many {
		unknowns = append(unknowns, r.reach.unknown(h))
	}
	r.set.opa.Lock()
	defer r.set.opa.Unlock()
	pq, err := r.partial(ctx)
	if err != nil {
		return "", nil, err
	}
	doc, _ := in.term(fill)
	res, err := pq.Partial(ctx, rego.EvalParsedInput(doc.Value), rego.EvalParsedUnknowns(unknowns))
	if err != nil {
		return "", nil, err
	}
	v, vs := read(res.Queries)
	return v, vs, nil
}

// read gives the verdict of residual queries.
func read(queries []ast.Body) (probity.Verdict, []Violation) {
	verdict := probity.Pass
	var certain []Violation
	for _, q := range queries {
		switch conditions(q) {
		case never:
		case always:
			verdict = probity.Fail
			if v, ok := groundViolation(q); ok {
				certain = append(certain, v)
			}
		case depends:
			if verdict == probity.Pass {
				verdict = probity.Unknown
			}
		}
	}
	return verdict, sorted(certain)
}

type condition uint8

const (
	always condition = iota
	depends
	never
)

// conditions reads a residual query. OPA leaves "not true" standing where a conjunct is known to be false, so ground
// conjuncts are looked at here.
func conditions(q ast.Body) condition {
	c := always
	for _, e := range q {
		if open(e) {
			c = depends
			continue
		}
		t, ok := e.Terms.(*ast.Term)
		if ok && t.Equal(ast.BooleanTerm(e.Negated)) {
			return never
		}
	}
	return c
}

func open(e *ast.Expr) (found bool) {
	ast.WalkRefs(e, func(r ast.Ref) bool {
		found = found || r[0].Equal(ast.InputRootDocument) || r[0].Equal(ast.DefaultRootDocument)
		return found
	})
	return found || len(e.With) > 0
}

// groundViolation finds x = {…} in a query without conditions.
func groundViolation(q ast.Body) (Violation, bool) {
	for _, e := range q {
		if !e.IsEquality() {
			continue
		}
		for _, t := range e.Operands() {
			if _, isObject := t.Value.(ast.Object); isObject && t.IsGround() {
				v, err := violationOf(t)
				return v, err == nil
			}
		}
	}
	return Violation{}, false
}
