package policies

import (
	"context"
	"runtime"
	"testing"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"golang.org/x/sync/errgroup"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/compile"
)

// BenchmarkFloor is what OPA alone takes for the same rules and assets with all known: violations, no verdicts over gaps, no
// evidence, nothing remembered, and the assets in OPA's values before it begins.
func BenchmarkFloor(b *testing.B) {
	ctx := b.Context()
	sources, err := libraries()
	if err != nil {
		b.Fatal(err)
	}
	rules, err := index()
	if err != nil {
		b.Fatal(err)
	}
	for _, r := range rules {
		if sources[r.Source.File], err = builtin.ReadFile(r.Source.File); err != nil {
			b.Fatal(err)
		}
	}
	c, err := compile.Sources(sources, nil)
	if err != nil {
		b.Fatal(err)
	}
	queries := make([]rego.PreparedEvalQuery, len(rules))
	for i, r := range rules {
		q := packageOf(r).String() + ".violation[_]"
		if queries[i], err = rego.New(rego.Compiler(c), rego.Query(q), rego.Store(inmem.NewFromObject(declared()))).PrepareForEval(ctx); err != nil {
			b.Fatal(err)
		}
	}
	assets := newEstate(1, 0).different(2_000)
	view, inputs := newViewer(nobody, time.Unix(1_800_000_000, 0)), make([]ast.Value, len(assets))
	for i := range assets {
		inputs[i] = view.asset(&assets[i], nil).Known()
	}
	outcomes, cpu := 0, spent()
	for b.Loop() {
		g, ctx := errgroup.WithContext(ctx)
		g.SetLimit(runtime.GOMAXPROCS(0))
		for i := range assets {
			g.Go(func() error { return evalAll(ctx, rules, queries, &assets[i], inputs[i]) })
			for _, r := range rules {
				if applies(r, &assets[i]) {
					outcomes++
				}
			}
		}
		if err := g.Wait(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(outcomes)/b.Elapsed().Seconds(), "outcomes/s")
	b.ReportMetric(float64(outcomes)/(spent()-cpu).Seconds(), "outcomes/cpu-s")
}

func evalAll(ctx context.Context, rules []probity.Rule, queries []rego.PreparedEvalQuery, a *probity.Asset, input ast.Value) error {
	for i, r := range rules {
		if !applies(r, a) {
			continue
		}
		if _, err := queries[i].Eval(ctx, rego.EvalParsedInput(input)); err != nil {
			return err
		}
	}
	return nil
}
