package verdict

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
)

// TestTranslatedAsOPA: a program says of random documents what OPA says: of one that is known the same, and of one with gaps
// nothing else.
func TestTranslatedAsOPA(t *testing.T) {
	t.Parallel()
	const judged, documents = 700, 12
	r := rand.New(rand.NewPCG(*seed, 98))
	said, more, less, foreign := 0, 0, 0, 0
	for n := 0; n < judged; n++ {
		c, text, lib, ok := randomRule(r)
		if !ok {
			continue
		}
		w := newWorld(r)
		rule, err := NewSet(c, w.config).Rule(t.Context(), ast.MustParseRef("data.t"))
		if err != nil {
			t.Fatalf("%v\n%s\n%s", err, text, lib)
		}
		p := rule.program()
		if p == nil {
			foreign++
			continue
		}
		for range documents {
			in := newWorld(r).input
			got, ok := rule.reason(t.Context(), p, in, 0)
			want, err := rule.judge(t.Context(), project(in, rule.reach.wanted))
			if !ok || err != nil { // two values for a rule, or a group of facts as a whole: it is OPA's to tell
				continue
			}
			said++
			whole := len(rule.gapsOf(project(in, rule.reach.wanted)))+len(rule.undeclared) == 0
			switch {
			case want.Verdict == got.Verdict && (!whole || cmp.Diff(want, got, cmpopts.EquateEmpty()) == ""):
			case want.Verdict == probity.Unknown && !whole:
				more++ // that no verdict is wrong is held by another test
			case got.Verdict == probity.Unknown && !whole:
				less++
			default:
				t.Fatalf("OPA says %+v, the program %+v\n%s\n%s\n%s", want, got, text, lib, shown(t, in))
			}
		}
	}
	t.Logf("of %d documents a program decided %d that OPA left open, and left %d open that OPA decided; %d rules are not translated", said, more, less, foreign)
	if said < judged*documents/4 || less*100 > said {
		t.Error("that is not what programs are for")
	}
}

// TestIdleWhatever: bodies that yield nothing on a document of which some is not known need not be looked at, whatever that is.
func TestIdleWhatever(t *testing.T) {
	t.Parallel()
	const judged, documents = 700, 12
	places := [][]string{{"days"}, {"exp", "public"}, {"exp", "net"}, {"tags"}, {"settings"}, {"kind"}, {"readers"}, {"labels"}}
	r := rand.New(rand.NewPCG(*seed, 99))
	some, all, asked := 0, 0, 0
	for n := 0; n < judged; n++ {
		c, text, lib, ok := randomRule(r)
		if !ok {
			continue
		}
		w := newWorld(r)
		rule, err := NewSet(c, w.config).Rule(t.Context(), ast.MustParseRef("data.t"))
		if err != nil {
			t.Fatalf("%v\n%s\n%s", err, text, lib)
		}
		p := rule.program()
		if p == nil {
			continue
		}
		for range documents {
			in, hidden := newWorld(r).input, [][]string{places[r.IntN(len(places))], places[r.IntN(len(places))]}
			idle, none := rule.Idle(t.Context(), in.Without(hidden...))
			want, ok := rule.reason(t.Context(), p, in, 0)
			if !ok {
				continue
			}
			asked++
			if none {
				all++
				if want.Verdict != probity.Pass {
					t.Fatalf("idle without %v, and %+v\n%s\n%s\n%s", hidden, want, text, lib, shown(t, in))
				}
			}
			if idle > 0 {
				some++
			}
			got, ok := rule.reason(t.Context(), p, in, idle)
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); !ok || diff != "" {
				t.Fatalf("beside %b, without %v: %s\n%s\n%s\n%s", idle, hidden, diff, text, lib, shown(t, in))
			}
		}
	}
	t.Logf("of %d documents on %d some bodies are idle, on %d all", asked, some, all)
	if some*10 < asked || all*10 < asked {
		t.Error("that tries little")
	}
}
