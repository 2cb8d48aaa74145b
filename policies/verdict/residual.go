package verdict

import (
	"context"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
)

// Residual is what is left of a rule once all that is known of an input has been put in, as Rego: the rule is violated where
// one of the conditions holds. It is empty where nothing is left, or where the rule cannot be evaluated in part.
func (r *Rule) Residual(ctx context.Context, input *Node) ([]string, error) {
	in := project(input, r.reach.wanted)
	gaps := slices.DeleteFunc(holes(in, ast.InputRootRef, "", nil), func(h hole) bool { return !r.reach.sees(h) })
	gaps = append(gaps, r.undeclared...)
	if r.reach.keyed || len(gaps) == 0 {
		return nil, nil
	}
	unknowns := make([]*ast.Term, 0, len(gaps))
	for _, h := range gaps {
		unknowns = append(unknowns, r.reach.unknown(h))
	}
	r.set.opa.Lock()
	defer r.set.opa.Unlock()
	pq, err := r.partial(ctx)
	if err != nil {
		return nil, err
	}
	doc, _ := in.term(nil)
	res, err := pq.Partial(ctx, rego.EvalParsedInput(doc.Value), rego.EvalParsedUnknowns(unknowns))
	if err != nil {
		return nil, err
	}
	var out []string
	for _, q := range res.Queries {
		if conditions(q) == depends {
			out = append(out, condensed(q))
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// condensed is a query without the conjuncts that hold whatever the gaps are.
func condensed(q ast.Body) string {
	var parts []string
	for _, e := range q {
		if open(e) {
			parts = append(parts, e.String())
		}
	}
	return strings.Join(parts, "; ")
}
