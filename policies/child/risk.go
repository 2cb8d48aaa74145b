package child

import (
	"context"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/compile"
	"github.com/probity-scan/probity/policies/verdict"
)

// Risk asks the job's risk of findings; without any it only compiles it.
func (r *Runner) Risk(ctx context.Context, inputs ...*verdict.Node) ([]Opinion, error) {
	a, err := r.ask(ctx, ask{Risk: true, Inputs: inputs})
	return a.Risks, err
}

// prepareRisk compiles a stranger's risk apart from all rules.
func (job Job) prepareRisk(ctx context.Context) (*rego.PreparedEvalQuery, error) {
	c, err := compile.Sources(map[string][]byte{job.Risk.File: []byte(job.Risk.Text)}, nil)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"severity", "because"} {
		if ref, err := ast.ParseRef(job.Risk.Package + "." + name); err != nil || len(c.GetRules(ref)) == 0 {
			return nil, fmt.Errorf("%s:1: a risk has the rules severity and because: there is no %s", job.Risk.File, name)
		}
	}
	q, err := rego.New(rego.Compiler(c), rego.Query("severity := "+job.Risk.Package+".severity; because := "+job.Risk.Package+".because")).PrepareForEval(ctx)
	return &q, err
}

func risks(ctx context.Context, q *rego.PreparedEvalQuery, inputs []*verdict.Node) answer {
	var out answer
	for _, input := range inputs {
		rs, err := q.Eval(ctx, rego.EvalParsedInput(input.Known()))
		if err != nil {
			return answer{Error: firstLine(err)}
		}
		var o Opinion
		if len(rs) > 0 {
			o.Severity, _ = rs[0].Bindings["severity"].(string)
			because, _ := rs[0].Bindings["because"].([]any)
			for _, b := range because {
				if path, ok := b.(string); ok {
					o.Because = append(o.Because, probity.Path(path))
				}
			}
		}
		out.Risks = append(out.Risks, o)
	}
	return out
}
