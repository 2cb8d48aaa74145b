package verdict

import (
	"strconv"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"golang.org/x/sync/errgroup"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/compile"
)

// TestManyAtOnce judges by one rule on many goroutines, some by partial evaluation: a check for the race detector.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	const text = `package probity.rules.x

violation contains {"fact": "a"} if {
	input.a == "open"
	input.b == "open"
}`
	c, err := compile.Sources(map[string][]byte{"x.rego": []byte(text)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(t.Context(), c, ast.MustParseRef("data.probity.rules.x"), nil)
	if err != nil {
		t.Fatal(err)
	}
	open, err := Value("open")
	if err != nil {
		t.Fatal(err)
	}
	var g errgroup.Group
	for i := range 200 {
		g.Go(func() error {
			fields := map[string]*Node{"a": Gap(probity.Gap{Reason: probity.Computed, Needs: strconv.Itoa(i)})}
			want := probity.Unknown
			fields["b"] = open
			if i%2 == 0 {
				fields["a"], want = Fields(nil), probity.Pass
			}
			res, err := r.Judge(t.Context(), Fields(fields))
			if err == nil && res.Verdict != want {
				t.Errorf("%d: got %s, want %s", i, res.Verdict, want)
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
}
