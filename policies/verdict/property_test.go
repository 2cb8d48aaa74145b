package verdict

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"github.com/probity-scan/probity"
)

var (
	seed  = flag.Uint64("seed", 20261124, "of the random rules")
	rules = flag.Int("rules", 12_000, "random rules to judge")
)

// TestNoVerdictIsWrong is the product's promise: whatever the gaps turn out to hold, plain evaluation then says what the
// verdict said before. Each random rule is judged on a random document, and the verdict is held against completions.
func TestNoVerdictIsWrong(t *testing.T) {
	const shards = 4
	for s := range uint64(shards) {
		t.Run(fmt.Sprint(s), func(t *testing.T) {
			t.Parallel()
			counts := map[probity.Verdict]int{}
			r := rand.New(rand.NewPCG(*seed, s))
			for judged := 0; judged < *rules/shards; {
				if v, ok := judgeOne(t, r); ok {
					counts[v]++
					judged++
				}
			}
			t.Log(counts)
			for _, v := range []probity.Verdict{probity.Pass, probity.Fail, probity.Unknown} {
				if counts[v]*20 < *rules/shards {
					t.Errorf("only %d of %d random rules end in %s: the test no longer tries it", counts[v], *rules/shards, v)
				}
			}
		})
	}
}

// judgeOne gives false where the random text is no rule, or the document has no gap.
func judgeOne(t *testing.T, r *rand.Rand) (probity.Verdict, bool) {
	t.Helper()
	ctx := t.Context()
	w := newWorld(r)
	c, rule, lib, ok := randomRule(r)
	if !ok || w.gaps == 0 {
		return "", false
	}
	judge, err := NewSet(c, w.config).Rule(ctx, ast.MustParseRef("data.t"))
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, rule, lib)
	}
	got, err := judge.Judge(ctx, w.input)
	if err != nil {
		return "", false // two values for one complete rule: an error, and no verdict
	}
	show := func() string {
		return fmt.Sprintf("rule:\n%s\n%s\ninput %s\nconfig %s\nverdict %+v", rule, lib, shown(t, w.input), shown(t, w.config), got)
	}
	if (got.Verdict == probity.Unknown) != (len(got.Deciding) > 0) {
		t.Fatalf("verdict and deciding gaps do not fit\n%s", show())
	}
	for range 24 {
		w.complete(r)
		failed, facts, err := oracle(ctx, c, w)
		if err != nil {
			continue
		}
		if got.Verdict == probity.Pass && failed || got.Verdict == probity.Fail && !failed {
			t.Fatalf("wrong: plain evaluation of %v\nwith %v\nfails: %v\n%s", w.doc, w.cfg, failed, show())
		}
		for _, v := range got.Violations {
			if !facts[v] {
				t.Fatalf("violation %v does not hold on %v\nwith %v\n%s", v, w.doc, w.cfg, show())
			}
		}
	}
	return got.Verdict, true
}

func shown(t *testing.T, n *Node) string {
	t.Helper()
	b, err := json.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// oracle evaluates the whole document plainly, without anything of this package.
func oracle(ctx context.Context, c *ast.Compiler, w *world) (bool, map[Violation]bool, error) {
	rs, err := rego.New(rego.Compiler(c), rego.Query("data.t.violation[x]"), rego.Input(w.doc),
		rego.Store(inmem.NewFromObject(map[string]any{"config": w.cfg}))).Eval(ctx)
	if err != nil {
		return false, nil, err
	}
	facts := map[Violation]bool{}
	for _, row := range rs {
		m := row.Bindings["x"].(map[string]any)
		e, _ := m["element"].(string)
		facts[Violation{Fact: probity.Path(m["fact"].(string)), Element: e}] = true
	}
	return len(rs) > 0, facts, nil
}
