package verdict

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
)

// TestRememberingChangesNothing: rules say the same of random documents whether they remember nothing, all, or forget at once.
func TestRememberingChangesNothing(t *testing.T) {
	t.Parallel()
	const judged, documents = 250, 24
	r, hits := rand.New(rand.NewPCG(*seed, 99)), 0
	for n := 0; n < judged; {
		c, rule, lib, ok := randomRule(r)
		if !ok {
			continue
		}
		n++
		worlds := []*world{newWorld(r), newWorld(r), newWorld(r)}
		config := worlds[0].config
		var rules []*Rule
		for _, limit := range []int64{0, 1, 4 << 10, Remembered} {
			x, err := NewSet(c, config, limit).Rule(t.Context(), ast.MustParseRef("data.t"))
			if err != nil {
				t.Fatalf("%v\n%s\n%s", err, rule, lib)
			}
			rules = append(rules, x)
		}
		for range documents {
			in := mixed(r, worlds)
			if rules[3].recall(in, nil, nil) != nil {
				hits++
			}
			want, wrong := rules[0].Judge(t.Context(), in)
			for _, x := range rules[1:] {
				got, err := x.Judge(t.Context(), in)
				if (err == nil) != (wrong == nil) {
					t.Fatalf("remembering in %d bytes: error %v, else %v\n%s\n%s\n%s", x.set.memory.limit, err, wrong, rule, lib, shown(t, in))
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("remembering in %d bytes: %s\n%s\n%s\n%s", x.set.memory.limit, diff, rule, lib, shown(t, in))
				}
			}
		}
	}
	if hits < judged*documents/10 {
		t.Errorf("%d of %d verdicts were remembered: the test tries little", hits, judged*documents)
	}
}

// mixed is a document of parts of others, so that rules meet again much of what they have read.
func mixed(r *rand.Rand, worlds []*world) *Node {
	out := map[string]*Node{}
	for _, name := range worlds[0].input.names {
		out[name] = worlds[r.IntN(len(worlds))].input.field(name)
	}
	return Fields(out)
}

// randomRule compiles a random text; false: it is no rule.
func randomRule(r *rand.Rand) (c *ast.Compiler, rule, lib string, ok bool) {
	rule, lib = (&generator{r: r}).modules()
	mods := map[string]*ast.Module{}
	for name, src := range map[string]string{"t.rego": rule, "lib.rego": lib} {
		m, err := ast.ParseModule(name, src)
		if err != nil {
			return nil, "", "", false
		}
		mods[name] = m
	}
	c = ast.NewCompiler()
	c.Compile(mods)
	return c, rule, lib, !c.Failed()
}
