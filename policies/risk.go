package policies

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/compile"
	"github.com/probity-scan/probity/policies/verdict"
)

// risk raises or lowers a finding's severity by risk.rego, or by a stranger's in its place.
type risk struct {
	question *verdict.Question
	wanted   *verdict.Paths // what it reads of assets
	foreign  *foreignRisk   // nil: ours
}

// opinion is what risk.rego says of a finding.
type opinion struct {
	severity probity.Severity // empty: nothing that is a severity
	because  []probity.Path
}

// newRisk compiles risk.rego apart from the rules: partial evaluation writes into what they share.
func newRisk() (*risk, error) {
	src, err := builtin.ReadFile("risk.rego")
	if err != nil {
		return nil, fmt.Errorf("reading risk.rego: %w", err)
	}
	c, err := compile.Sources(map[string][]byte{"risk.rego": src}, nil)
	if err != nil {
		return nil, err
	}
	root := ast.MustParseRef("data.probity.risk")
	q, err := verdict.NewQuestion(c, root.Append(ast.StringTerm("severity")), root.Append(ast.StringTerm("because")))
	if err != nil {
		return nil, fmt.Errorf("preparing risk.rego: %w", err)
	}
	k := &risk{question: q, wanted: &verdict.Paths{}}
	q.AddTo(k.wanted, "asset")
	return k, nil
}

// weighed is what is said of a violation beside the verdict: how bad it is in its place, and what somebody accepts with it.
type weighed struct {
	opinion
	digest string
}

// weigh is asked for each violation of a rule on an asset, where nobody remembers it of one that is the same.
func (p *panel) weigh(ctx context.Context, i int, s *subject, vs []verdict.Violation) []weighed {
	remembers := s.sums != nil && p.risk.foreign == nil && p.memory.limit > 0 && p.weights[i].tries()
	var key stamp
	if remembers {
		key = s.sums.over(s.sums.asking(i, vs), s.sums.whole[s.at], s.sums.risk)
		if said, ok := p.memory.get(key).([]weighed); ok {
			p.weights[i].looked(1, 1)
			return said
		}
		p.weights[i].looked(1, 0)
	}
	seen := s.seen
	if seen == nil && p.risk.foreign == nil {
		seen = p.viewer.asset(s.asset, p.risk.wanted)
	} else if seen == nil {
		seen = s.view(p)
	}
	out, size := make([]weighed, len(vs)), 0
	for n, v := range vs {
		out[n] = weighed{p.risk.ask(ctx, asked(p.corpus.Rules[i].Severity, seen, v)), digest(&p.facts[i], s.asset, v.Element)}
		size += 80 + 16*len(out[n].because)
	}
	if remembers {
		p.memory.put(key, out, size)
	}
	return out
}

// asking is the question how bad violations are.
func (s *sums) asking(i int, vs []verdict.Violation) stamp {
	s.room = binary.AppendUvarint(s.room[:0], uint64(i)) //nolint:gosec // a place
	for _, v := range vs {
		s.room = appendText(appendText(s.room, string(v.Fact)), v.Element)
	}
	return s.seeds.of(s.room)
}

// risk is the rule's own severity wherever risk.rego says nothing that is a severity.
func (w weighed) risk(r *probity.Rule, a *probity.Asset) probity.Risk {
	if w.severity == "" {
		return probity.Risk{Severity: r.Severity}
	}
	out := probity.Risk{Severity: w.severity}
	for _, path := range w.because {
		if l, ok := probity.LeafAt(a, path); ok {
			val, g := l.Value()
			out.Because = append(out.Because, probity.Evidence{Asset: a.Ref, Fact: path, Value: Shown(val), Gap: g, Origin: l.From()})
		}
	}
	return out
}

// asked is a finding as risk.rego sees it. The names are sorted.
func asked(severity probity.Severity, asset *verdict.Node, v verdict.Violation) *verdict.Node {
	text := func(s string) *verdict.Node { return verdict.Closed(ast.String(s)) }
	finding := verdict.Struct([]string{"element", "fact"}, []*verdict.Node{text(v.Element), text(string(v.Fact))})
	return verdict.Struct([]string{"asset", "finding", "severity"}, []*verdict.Node{asset, finding, text(string(severity))})
}

func (k *risk) ask(ctx context.Context, input *verdict.Node) opinion {
	if k.foreign != nil {
		return k.foreign.ask(ctx, input)
	}
	said, err := k.question.Ask(ctx, input)
	if err != nil || said == nil {
		return opinion{}
	}
	return opinionOf(said[0], said[1])
}

func opinionOf(severity, because ast.Value) (w opinion) {
	if s, ok := severity.(ast.String); ok && slices.Contains(w.severity.Values(), string(s)) {
		w.severity = probity.Severity(s)
	}
	if paths, ok := because.(ast.Set); ok {
		paths.Foreach(func(t *ast.Term) {
			path, _ := t.Value.(ast.String)
			w.because = append(w.because, probity.Path(path))
		})
	}
	return w
}
