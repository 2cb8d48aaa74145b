package policies

import (
	"context"
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/compile"
	"github.com/probity-scan/probity/policies/verdict"
)

// risk raises or lowers a finding's severity by risk.rego.
type risk struct{ query rego.PreparedEvalQuery }

// newRisk compiles risk.rego apart from the rules: partial evaluation writes into what they share.
func newRisk(ctx context.Context) (*risk, error) {
	src, err := builtin.ReadFile("risk.rego")
	if err != nil {
		return nil, fmt.Errorf("reading risk.rego: %w", err)
	}
	c, err := compile.Sources(map[string][]byte{"risk.rego": src}, nil)
	if err != nil {
		return nil, err
	}
	q, err := rego.New(rego.Compiler(c), rego.Query("severity := data.probity.risk.severity; because := data.probity.risk.because")).PrepareForEval(ctx)
	if err != nil {
		return nil, fmt.Errorf("preparing risk.rego: %w", err)
	}
	return &risk{query: q}, nil
}

// of gives the rule's own severity wherever risk.rego says nothing that is a severity.
func (k *risk) of(ctx context.Context, r probity.Rule, a probity.Asset, v *verdict.Node, viol verdict.Violation, leaves map[probity.Path]probity.Leaf) probity.Risk {
	out := probity.Risk{Severity: r.Severity}
	finding := ast.NewObject([2]*ast.Term{ast.StringTerm("fact"), ast.StringTerm(string(viol.Fact))}, [2]*ast.Term{ast.StringTerm("element"), ast.StringTerm(viol.Element)})
	input := ast.NewObject(
		[2]*ast.Term{ast.StringTerm("severity"), ast.StringTerm(string(r.Severity))},
		[2]*ast.Term{ast.StringTerm("asset"), ast.NewTerm(v.Known())},
		[2]*ast.Term{ast.StringTerm("finding"), ast.NewTerm(finding)})
	rs, err := k.query.Eval(ctx, rego.EvalParsedInput(input))
	if err != nil || len(rs) == 0 {
		return out
	}
	s, _ := rs[0].Bindings["severity"].(string)
	if !slices.Contains(out.Severity.Values(), s) {
		return out
	}
	out.Severity = probity.Severity(s)
	because, _ := rs[0].Bindings["because"].([]any)
	for _, b := range because {
		path, _ := b.(string)
		if l, ok := leaves[probity.Path(path)]; ok {
			val, g := l.Value()
			out.Because = append(out.Because, probity.Evidence{Asset: a.Ref, Fact: probity.Path(path), Value: shown(val), Gap: g, Origin: l.From()})
		}
	}
	return out
}
