package pipeline_test

import (
	"context"
	"encoding/json"
	"iter"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
	"github.com/probity-scan/probity/scanners/resolve"
)

// TestAsked: a scanner that leaves out every fact that is not asked of it leads to the same verdicts, over all examples of rules:
// what facts are made from is asked too. A fact that is lacking in resolve's table turns one of these verdicts.
func TestAsked(t *testing.T) {
	t.Parallel()
	left := 0
	for _, file := range ruleFiles(t, ".txtar") {
		id := strings.TrimSuffix(path.Base(file), ".txtar")
		for _, e := range casesOf(t, file) {
			if len(e.Of(e.Written()...)) == 0 {
				continue
			}
			j := jobOf(t, e, id)
			scan := j.run(t)
			want := told(outcomes(t, scan))
			madeOf(t, scan)
			j.through = func(s probity.Scanner, asked []probity.Path) probity.Scanner {
				return sparing{s, asked, func(probity.Path) { left++ }}
			}
			j.parallel = 1
			if diff := cmp.Diff(want, told(outcomes(t, j.run(t)))); diff != "" {
				t.Errorf("%s %s: %s", id, e.Name, diff)
			}
		}
	}
	if left < 1000 {
		t.Errorf("%d facts were left out: nothing is tried", left)
	}
}

// madeOf wants the facts that derived ones rest on in resolve's table.
func madeOf(t *testing.T, scan probity.Scan) {
	t.Helper()
	for a, err := range scan.Assets {
		if err != nil {
			t.Fatal(err)
		}
		for p, l := range probity.Leaves(a) {
			from := l.From()
			if from == nil {
				continue
			}
			asked := resolve.Inputs([]probity.Path{p})
			for _, e := range from.Derived {
				if e.Fact != "kind" && !slices.ContainsFunc(asked, func(q probity.Path) bool { return resolve.Meets(q, e.Fact) }) {
					t.Errorf("%s of %s rests on %s, which resolve's table does not tell", p, a.ID, e.Fact)
				}
			}
		}
	}
}

// told is what people see of outcomes.
func told(outcomes []probity.Outcome) []string {
	var out []string
	for _, o := range outcomes {
		s := o.Rule + " " + o.Asset.ID + " " + string(o.Verdict)
		for _, f := range o.Findings {
			s += " " + f.Fingerprint + " " + string(f.Risk.Severity)
		}
		out = append(out, s)
	}
	return out
}

// sparing is a scanner that tells nothing but what it is asked for.
type sparing struct {
	probity.Scanner
	asked []probity.Path
	left  func(probity.Path)
}

func (s sparing) Scan(ctx context.Context, u probity.Unit) iter.Seq2[probity.Found, error] {
	return func(yield func(probity.Found, error) bool) {
		for f, err := range s.Scanner.Scan(ctx, u) {
			if a, ok := f.(probity.Asset); ok {
				f = s.spare(a)
			}
			if !yield(f, err) {
				return
			}
		}
	}
}

// spare takes facts out of an asset through its JSON, where each has its name.
func (s sparing) spare(a probity.Asset) probity.Asset {
	b, err := json.Marshal(a)
	if err != nil {
		panic(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(b, &doc); err != nil {
		panic(err)
	}
	for p := range probity.Leaves(a) {
		if s.asked != nil && !slices.ContainsFunc(s.asked, func(asked probity.Path) bool { return resolve.Meets(asked, p) }) { // nil: all
			s.left(p)
			remove(doc, strings.Split(string(p), "."))
		}
	}
	if b, err = json.Marshal(doc); err != nil {
		panic(err)
	}
	var out probity.Asset
	if err := json.Unmarshal(b, &out); err != nil {
		panic(err)
	}
	for _, k := range kinds.All() {
		if k.Kind == out.Kind && k.Settings != nil {
			out.Settings = out.Settings.As(k.Settings)
		}
	}
	return out
}

func remove(doc map[string]any, at []string) {
	if len(at) == 1 {
		delete(doc, at[0])
		return
	}
	if next, ok := doc[at[0]].(map[string]any); ok {
		remove(next, at[1:])
	}
}
