package policies

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/child"
	"github.com/probity-scan/probity/policies/compile"
	"github.com/probity-scan/probity/policies/verdict"
)

// Estate is what is judged.
type Estate struct {
	Assets iter.Seq2[probity.Asset, error] // walked twice
	Linked Linked
	Now    time.Time
}

// panel is the compiled rules for the classes of one estate.
type panel struct {
	corpus *Corpus
	ready  []*verdict.Rule       // beside corpus.Rules; nil: a user's, or of no class present
	wanted map[of]*verdict.Paths // what rules read of assets of a kind; nil: all, since a user's rule judges it
	facts  []facts               // beside corpus.Rules
	viewer *viewer
	risk   *risk

	layouts map[of]func() *layout // made when the first asset of a kind is judged
	seeds   seeds
	memory  memory
	worth   []worth // beside corpus.Rules
	rests   []worth // beside them, of what they read but names and times
	weights []worth // beside them, of how bad what they say is: labels count in that, which are rarely the same
	passed  answer  // of all that pass
}

func (c *Corpus) prepare(ctx context.Context, e Estate) (*panel, error) {
	classes, kinds, present := map[probity.Class]bool{}, map[probity.Kind]bool{}, map[of]bool{}
	for a, err := range e.Assets {
		if err != nil {
			return nil, err
		}
		classes[a.Class], kinds[a.Kind], present[of{a.Class, a.Kind}] = true, true, true
	}
	sources, err := libraries()
	if err != nil {
		return nil, err
	}
	p := &panel{corpus: c, viewer: newViewer(e.Linked, e.Now), ready: make([]*verdict.Rule, len(c.Rules)), wanted: map[of]*verdict.Paths{},
		layouts: map[of]func() *layout{}, seeds: newSeeds(), memory: memory{limit: c.remembered}, worth: make([]worth, len(c.Rules)), rests: make([]worth, len(c.Rules)), weights: make([]worth, len(c.Rules)), passed: answer{Result: verdict.Result{Verdict: probity.Pass}}}
	needed := func(r probity.Rule) bool {
		return !r.Foreign && (len(r.Kinds) == 0 || slices.ContainsFunc(r.Kinds, func(k probity.Kind) bool { return kinds[k] })) && slices.ContainsFunc(r.Classes, func(k probity.Class) bool { return classes[k] })
	}
	for _, r := range c.Rules {
		if needed(r) {
			if sources[r.Source.File], err = c.source(r.Source.File); err != nil {
				return nil, fmt.Errorf("reading rule %s: %w", r.ID, err)
			}
		}
	}
	compiler, err := compile.Sources(sources, nil)
	if err != nil {
		return nil, err
	}
	config, err := verdictConfig(c.options.Parameters)
	if err != nil {
		return nil, err
	}
	set := verdict.NewSet(compiler, config)
	for i, r := range c.Rules {
		if needed(r) {
			if p.ready[i], err = set.Rule(ctx, packageOf(r)); err != nil {
				return nil, fmt.Errorf("rule %s: %w", r.ID, err)
			}
		}
	}
	if p.risk, err = newRisk(); err != nil {
		return nil, err
	}
	p.risk.foreign = c.risk
	for _, r := range c.Rules {
		p.facts = append(p.facts, factsOf(r))
	}
	for k := range present {
		p.wanted[k] = p.wants(k)
		p.layouts[k] = sync.OnceValue(func() *layout { return p.layout(k) })
	}
	return p, nil
}

// layout is of the assets of a kind.
func (p *panel) layout(k of) *layout {
	l := &layout{kind: k, viewer: p.viewer, places: map[factPlace]int{}}
	labelled := &verdict.Paths{}
	for _, name := range []string{"category", "detector", "on", "protection"} {
		labelled.Add(name)
	}
	for i, r := range p.corpus.Rules {
		if p.ready[i] != nil && applies(r, &probity.Asset{Class: k.class, Kind: k.kind}) {
			l.asked = append(l.asked, i)
			all := l.add(p.ready[i].Wanted())
			own, rest := l.separate(all)
			l.rules, l.own, l.rest, l.whole = append(l.rules, all), append(l.own, own), append(l.rest, rest), append(l.whole, l.add(p.facts[i].wanted(labelled)))
		}
	}
	l.risk, l.links = l.add(p.risk.wanted), -1
	if i, ok := l.places[factPlace{"links", nil}]; ok {
		l.links = i
	}
	return l
}

// of are the assets that the same rules judge.
type of struct {
	class probity.Class
	kind  probity.Kind
}

// wants is what the rules on assets of a kind read of them; nil: all.
func (p *panel) wants(k of) *verdict.Paths {
	if p.risk.foreign != nil {
		return nil
	}
	out := &verdict.Paths{}
	p.risk.question.AddTo(out, "asset")
	for i, r := range p.corpus.Rules {
		switch {
		case !applies(r, &probity.Asset{Class: k.class, Kind: k.kind}):
		case r.Foreign:
			return nil
		case p.ready[i] != nil:
			p.ready[i].AddTo(out)
		}
	}
	return out
}

// packageOf is where a built-in rule of rules/<topic>/<id>.rego lives.
func packageOf(r probity.Rule) ast.Ref {
	parts := strings.Split(strings.TrimSuffix(r.Source.File, ".rego"), "/")
	ref := ast.Ref{ast.DefaultRootDocument, ast.StringTerm("probity")}
	for _, s := range parts {
		ref = append(ref, ast.StringTerm(strings.ReplaceAll(s, "-", "_")))
	}
	return ref
}

func applies(r probity.Rule, a *probity.Asset) bool {
	return slices.Contains(r.Classes, a.Class) && (len(r.Kinds) == 0 || slices.Contains(r.Kinds, a.Kind))
}

// judge asks our rules about each asset of a batch, then users' rules one at a time.
func (p *panel) judge(ctx context.Context, b *batch) error {
	of, on := sums{seeds: &p.seeds}, paper{}
	for i := range b.assets {
		var err error
		if b.rows[i], err = p.ours(ctx, &b.assets[i], &of, &on, b.rows[i]); err != nil {
			return err
		}
	}
	if p.corpus.users.runner == nil {
		return nil
	}
	if err := p.users(ctx, b, &on); err != nil {
		return err
	}
	for _, row := range b.rows {
		slices.SortStableFunc(row, func(a, b probity.Outcome) int { return strings.Compare(a.Rule, b.Rule) })
	}
	return nil
}

// ours asks our rules about an asset, where nobody remembers what they said of one that is the same to them.
func (p *panel) ours(ctx context.Context, a *probity.Asset, s *sums, write *paper, out []probity.Outcome) ([]probity.Outcome, error) {
	s.begin(p.layouts[of{a.Class, a.Kind}](), a)
	on := subject{asset: a, sums: s}
	k := p.look(s)
	var answers []*answer
	if k.group != nil && k.answers == nil {
		answers = make([]*answer, 0, len(s.asked))
	}
	for n, i := range s.asked {
		on.at = n
		var w, alike *answer
		if k.answers != nil {
			w = k.answers[n]
		}
		var err error
		switch {
		case w == nil:
			w, alike, err = p.answer(ctx, n, &on)
		case w.each:
			w, err = p.full(ctx, n, &on, w.idle)
		}
		if err != nil {
			return nil, err
		}
		same := alike == w
		w = p.weighed(ctx, i, &on, w)
		if same {
			alike = w
		}
		if answers != nil {
			answers = append(answers, alike)
		}
		out = append(out, p.outcome(i, a, w, write))
	}
	if answers != nil {
		p.keep(k, answers)
	}
	return out, nil
}

// users asks users' rules. One that crashes or takes too long is an error finding on the assets of the batch.
func (p *panel) users(ctx context.Context, b *batch, on *paper) error {
	subjects := make([]subject, len(b.assets))
	for i := range b.assets {
		subjects[i].asset = &b.assets[i]
	}
	for n, r := range p.corpus.Rules {
		if !r.Foreign {
			continue
		}
		var at []int
		var inputs []*verdict.Node
		for i := range subjects {
			if s := &subjects[i]; applies(r, s.asset) {
				at, inputs = append(at, i), append(inputs, s.view(p))
			}
		}
		if len(at) == 0 {
			continue
		}
		judged, err := p.corpus.users.runner.Judge(ctx, p.corpus.users.number[r.ID], inputs)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for k, i := range at {
			j := child.Judged{Error: text(err)}
			if err == nil {
				j = judged[k]
			}
			b.rows[i] = append(b.rows[i], p.outcome(n, subjects[i].asset, p.weighed(ctx, n, &subjects[i], p.answerOf(n, j)), on))
		}
	}
	return nil
}

// text is the first line of an error: what OPA adds below may be values.
func text(err error) string {
	if err == nil {
		return ""
	}
	line, _, _ := strings.Cut(err.Error(), "\n")
	return strings.TrimSuffix(line, ":")
}
