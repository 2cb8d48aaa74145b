package policies

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/compile"
	"github.com/probity-scan/probity/policies/verdict"
)

// risk raises or lowers a finding's severity by risk.rego, and remembers what it said of what it reads.
type risk struct {
	query rego.PreparedEvalQuery
	reads verdict.Reads
	mu    sync.Mutex
	said  map[string]opinion
}

// opinion is what risk.rego says of a finding.
type opinion struct {
	severity probity.Severity // empty: nothing that is a severity
	because  []probity.Path
}

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
	const query = "severity := data.probity.risk.severity; because := data.probity.risk.because"
	q, err := rego.New(rego.Compiler(c), rego.Query(query)).PrepareForEval(ctx)
	if err != nil {
		return nil, fmt.Errorf("preparing risk.rego: %w", err)
	}
	k := &risk{query: q, said: map[string]opinion{}}
	if k.reads, err = verdict.ReadsOf(c, query); err != nil {
		return nil, fmt.Errorf("working out what risk.rego reads: %w", err)
	}
	return k, nil
}

// remembered bounds the memory of risks.
const remembered = 4096

// of gives the rule's own severity wherever risk.rego says nothing that is a severity.
func (k *risk) of(ctx context.Context, r probity.Rule, a *probity.Asset, v *verdict.Node, viol verdict.Violation) probity.Risk {
	out := probity.Risk{Severity: r.Severity}
	w := k.ask(ctx, verdict.Fields(map[string]*verdict.Node{
		"severity": value(string(r.Severity)), "asset": v,
		"finding": verdict.Fields(map[string]*verdict.Node{"fact": value(string(viol.Fact)), "element": value(viol.Element)}),
	}))
	if w.severity == "" {
		return out
	}
	out.Severity = w.severity
	for _, path := range w.because {
		if l, ok := probity.LeafAt(a, path); ok {
			val, g := l.Value()
			out.Because = append(out.Because, probity.Evidence{Asset: a.Ref, Fact: path, Value: Shown(val), Gap: g, Origin: l.From()})
		}
	}
	return out
}

func (k *risk) ask(ctx context.Context, input *verdict.Node) opinion {
	key := k.reads.Key(input)
	k.mu.Lock()
	w, ok := k.said[key]
	k.mu.Unlock()
	if ok {
		return w
	}
	rs, err := k.query.Eval(ctx, rego.EvalParsedInput(k.reads.Of(input).Known()))
	if err != nil || len(rs) == 0 {
		return opinion{}
	}
	if s, _ := rs[0].Bindings["severity"].(string); slices.Contains(w.severity.Values(), s) {
		w.severity = probity.Severity(s)
	}
	because, _ := rs[0].Bindings["because"].([]any)
	for _, b := range because {
		path, _ := b.(string)
		w.because = append(w.because, probity.Path(path))
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.said) >= remembered {
		clear(k.said)
	}
	k.said[key] = w
	return w
}
