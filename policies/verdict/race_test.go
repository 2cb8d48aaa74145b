package verdict

import (
	"strconv"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"golang.org/x/sync/errgroup"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/compile"
)

// TestManyAtOnce judges by rules with one helper on many goroutines, one of them by OPA's partial evaluation, since programs know no
// "with": a check for the race detector.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	const lib = "package probity.lib\n\nfound contains {\"fact\": \"a\"} if {\n\tinput.a == \"open\"\n\tinput.b == \"open\"\n}"
	sources := map[string][]byte{"lib.rego": []byte(lib)}
	how := map[string]string{"x": "", "y": " with input.c as true"}
	for name, with := range how {
		sources[name+".rego"] = []byte("package probity.rules." + name + "\n\nviolation contains v if some v in data.probity.lib.found" + with + "\n")
	}
	c, err := compile.Sources(sources, nil)
	if err != nil {
		t.Fatal(err)
	}
	set := NewSet(c, nil)
	var rules []*Rule
	for _, name := range []string{"x", "y"} {
		r, err := set.Rule(t.Context(), ast.MustParseRef("data.probity.rules."+name))
		if err != nil {
			t.Fatal(err)
		}
		if r.Translated() != (how[name] == "") {
			t.Errorf("rule %s is translated: %v", name, r.Translated())
		}
		rules = append(rules, r)
	}
	open, err := Value("open")
	if err != nil {
		t.Fatal(err)
	}
	var g errgroup.Group
	for i := range 200 {
		g.Go(func() error {
			fields := map[string]*Node{"a": Gap(&probity.Gap{Reason: probity.Computed, Needs: strconv.Itoa(i)}, nil)}
			want := probity.Unknown
			fields["b"] = open
			if i%2 == 0 {
				fields["a"], want = Fields(nil), probity.Pass
			}
			res, err := rules[i/2%2].Judge(t.Context(), Fields(fields))
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
