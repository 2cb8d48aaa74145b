package verdict

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
)

func known(t testing.TB, v any) *Node {
	t.Helper()
	n, err := Value(v)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func yesNo(r probity.Reason) *Node {
	return Gap(&probity.Gap{Reason: r}, FewOf(ast.Boolean(false), ast.Boolean(true)))
}

func ruleOf(t testing.TB, body string, config *Node) *Rule {
	t.Helper()
	c := ast.NewCompiler()
	src := "package t\nviolation contains {\"fact\": \"f\"} if { " + body + " }"
	if c.Compile(map[string]*ast.Module{"t.rego": ast.MustParseModule(src)}); c.Failed() {
		t.Fatal(c.Errors)
	}
	r, err := NewSet(c, config).Rule(t.Context(), ast.MustParseRef("data.t"))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	denied := &probity.Gap{Reason: probity.Denied, Needs: "s3:GetBucketTagging"}
	health := Fields(map[string]*Node{"category": known(t, "health"), "on": known(t, "a")})
	name := Fields(map[string]*Node{"category": known(t, "contact"), "on": known(t, "b")})
	manager := Gap(&probity.Gap{Reason: probity.Unresolved}, FewOf(ast.String("none"), ast.String("customer"), ast.String("provider")))
	for title, tc := range map[string]struct {
		body     string
		input    map[string]*Node
		want     probity.Verdict
		deciding []string
	}{
		"known, violated":              {"input.e.at_rest == false", map[string]*Node{"e": Fields(map[string]*Node{"at_rest": known(t, false)})}, probity.Fail, nil},
		"known, kept":                  {"input.a == false", map[string]*Node{"a": known(t, true)}, probity.Pass, nil},
		"the gap decides":              {"input.a == false", map[string]*Node{"a": yesNo(probity.Computed)}, probity.Unknown, []string{"a computed"}},
		"another decides":              {"input.a == false; input.b", map[string]*Node{"a": yesNo(probity.Computed), "b": known(t, false)}, probity.Pass, nil},
		"both ways violated":           {"count([x | some x in [1, 2]; input.a == (x == 1)]) == 1", map[string]*Node{"a": yesNo(probity.Computed)}, probity.Fail, nil},
		"one of two gaps":              {`input.a == false; input.m != "x"`, map[string]*Node{"a": yesNo(probity.Denied), "m": manager}, probity.Unknown, []string{"a denied"}},
		"both gaps":                    {"input.a == input.b", map[string]*Node{"a": yesNo(probity.Denied), "b": yesNo(probity.Computed)}, probity.Unknown, []string{"a denied", "b computed"}},
		"enumeration":                  {`input.m == "nobody"`, map[string]*Node{"m": manager}, probity.Pass, nil},
		"many values":                  {"input.days < 7", map[string]*Node{"days": Gap(&probity.Gap{Reason: probity.Computed}, nil)}, probity.Unknown, []string{"days computed"}},
		"open list, known":             {`some l in input.labels; l.category == "health"`, map[string]*Node{"labels": Items(denied, health)}, probity.Fail, nil},
		"open list, not yet":           {`some l in input.labels; l.category == "health"`, map[string]*Node{"labels": Items(denied, name)}, probity.Unknown, []string{"labels denied"}},
		"whole list":                   {`some l in input.labels; l.category == "health"`, map[string]*Node{"labels": Items(nil, name)}, probity.Pass, nil},
		"open, empty, two":             {"some i, j; input.l[i].on == input.l[j].on; i != j", map[string]*Node{"l": Items(denied)}, probity.Unknown, []string{"l denied"}},
		"open, fixed index":            {"input.l[3].on", map[string]*Node{"l": Items(denied)}, probity.Unknown, []string{"l denied"}},
		"cannot apply":                 {"input.a == false", map[string]*Node{"a": yesNo(probity.NotApplicable)}, probity.NA, []string{"a not-applicable"}},
		"cannot, whatever else is":     {"input.a == input.b", map[string]*Node{"a": yesNo(probity.NotApplicable), "b": yesNo(probity.Computed)}, probity.NA, []string{"a not-applicable"}},
		"cannot, and unknown":          {"not input.a; input.b", map[string]*Node{"a": yesNo(probity.NotApplicable), "b": yesNo(probity.Computed)}, probity.Unknown, []string{"a not-applicable", "b computed"}},
		"cannot, one way or another":   {"some x in [input.a, input.b]; x == false", map[string]*Node{"a": yesNo(probity.NotApplicable), "b": yesNo(probity.Computed)}, probity.NA, []string{"a not-applicable"}},
		"cannot, of a list":            {"some l in input.l; not l.on in data.config.other", map[string]*Node{"l": Items(&probity.Gap{Reason: probity.NotApplicable})}, probity.NA, []string{"l not-applicable"}},
		"cannot, asked of OPA":         {"input.a == false with input.b as true; input.c", map[string]*Node{"a": yesNo(probity.NotApplicable), "c": yesNo(probity.Computed)}, probity.NA, []string{"a not-applicable"}},
		"nobody looked":                {"input.e.gone == false", map[string]*Node{"e": Fields(nil)}, probity.Unknown, []string{"e.gone not-collected"}},
		"negated, not there":           {"not input.gone", nil, probity.Unknown, []string{"gone not-collected"}},
		"nobody looked, in a part":     {"s := input.e; not s.gone", map[string]*Node{"e": Part(denied, nil, nil)}, probity.Unknown, []string{"e.gone not-collected", "e denied"}},
		"nobody looked, in an element": {"some l in input.labels; f := l; not f.set.gone", map[string]*Node{"labels": Items(nil, Fields(map[string]*Node{"set": Part(denied, nil, nil)}))}, probity.Unknown, []string{"labels[0].set denied"}},
		"of a part, what is there":     {`s := input.e; s.x == "1"`, map[string]*Node{"e": Part(denied, []string{"x"}, []*Node{known(t, "1")})}, probity.Unknown, []string{"e denied"}},
		"how much there is of a part":  {`count(input.e) == 1`, map[string]*Node{"e": Part(denied, []string{"x"}, []*Node{known(t, "1")})}, probity.Unknown, []string{"e denied"}},
		"a field that no document has": {"some l in input.labels; f := l; not f.gone; [f]", map[string]*Node{"labels": Items(nil, health)}, probity.Unknown, []string{"labels not-collected"}},
		"closed value":                 {"input.tags.owner", map[string]*Node{"tags": known(t, map[string]any{"env": "x"})}, probity.Pass, nil},
		"configured":                   {"input.n > data.config.limit", map[string]*Node{"n": known(t, 8)}, probity.Fail, nil},
		"not configured":               {"input.n > data.config.other", map[string]*Node{"n": known(t, 8)}, probity.Unknown, []string{"data.config.other undeclared"}},
	} {
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			r := ruleOf(t, tc.body, Fields(map[string]*Node{"limit": known(t, 7)}))
			for range 2 { // a second time too, since documents keep what was made of them
				got, err := r.Judge(t.Context(), Fields(tc.input))
				if err != nil {
					t.Fatal(err)
				}
				var deciding []string
				for _, m := range got.Deciding {
					deciding = append(deciding, fmt.Sprintf("%s %s", m.Path, m.Gap.Reason))
				}
				if got.Verdict != tc.want || !cmp.Equal(deciding, tc.deciding) {
					t.Errorf("got %s %q, want %s %q", got.Verdict, deciding, tc.want, tc.deciding)
				}
			}
		})
	}
}

func TestReads(t *testing.T) {
	t.Parallel()
	r := ruleOf(t, `e := input.encryption; not e.at_rest; some l in input.labels; l.category in data.config.grave`, nil)
	if diff := cmp.Diff([]probity.Path{"data.config.grave", "encryption", "encryption.at_rest", "labels"}, r.Reads()); diff != "" {
		t.Error(diff)
	}
}

// TestWire: another process sees the same document.
func TestWire(t *testing.T) {
	t.Parallel()
	in := Fields(map[string]*Node{
		"list": Items(&probity.Gap{Reason: probity.Denied, Needs: "x"}, Fields(map[string]*Node{"on": yesNo(probity.Computed)})),
		"text": known(t, "quote \" and \x1b and ✓"), "n": known(t, 3), "o": known(t, map[string]any{"a": []any{true, 1.5}}),
		"gap": Gap(&probity.Gap{Reason: probity.Unresolved}, FewOf(ast.String("a"), ast.String("b"))), "empty": Fields(nil), "none": Items(nil),
	})
	b, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	var out Node
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(b), shown(t, &out)); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkJudge(b *testing.B) {
	for name, in := range map[string]map[string]*Node{
		"known": {"a": known(b, false), "labels": Items(nil)},
		"gap":   {"a": yesNo(probity.Computed), "labels": Items(nil)},
		"open":  {"a": known(b, false), "labels": Items(&probity.Gap{Reason: probity.NotCollected})},
	} {
		b.Run(name, func(b *testing.B) {
			r := ruleOf(b, `input.a == false; some l in input.labels; l.category == "health"`, nil)
			for b.Loop() {
				if _, err := r.Judge(b.Context(), Fields(in)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
