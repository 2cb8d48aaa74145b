package pipeline_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/examples"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/scanners/kinds"
	"github.com/probity-scan/probity/scanners/resolve"
)

// flips are the stores of a rule's examples: with the fact that a finding names turned into anything else, that finding must go.
type flips struct {
	rule  string
	cases []flipped
	// lent are values that facts have in some example: of a good one, what it would take for the finding to go.
	lent map[probity.Path][]any
}

// flipped is a scan of an example.
type flipped struct {
	config map[string]any
	found  []probity.Outcome
	assets map[probity.Ref]probity.Asset
}

// add tells of a scan of an example.
func (f *flips) add(t *testing.T, scan probity.Scan, parameters map[string]any) {
	t.Helper()
	c := flipped{config: parameters, assets: map[probity.Ref]probity.Asset{}}
	for a, err := range scan.Assets {
		if err != nil {
			t.Fatal(err)
		}
		c.assets[a.Ref] = a
		f.lend(t, a)
	}
	for _, o := range outcomes(t, scan) {
		if o.Verdict == probity.Fail {
			c.found = append(c.found, o)
		}
	}
	f.cases = append(f.cases, c)
}

func (f *flips) lend(t *testing.T, a probity.Asset) {
	t.Helper()
	if f.lent == nil {
		f.lent = map[probity.Path][]any{}
	}
	doc := docOf(t, a)
	for p := range probity.Leaves(a) {
		for key, v := range at(doc, p) {
			if key == "value" || key == "items" {
				f.lent[p] = append(f.lent[p], v)
			}
		}
	}
}

// check turns the facts of all findings.
func (f *flips) check(t *testing.T) {
	t.Helper()
	for _, c := range f.cases {
		f.each(t, c)
	}
}

// mutant is an asset in which one fact was turned, and the finding that has to go.
type mutant struct {
	of      probity.Ref
	fact    probity.Path
	element string
}

// each judges all mutants of an example at once.
func (f *flips) each(t *testing.T, c flipped) {
	t.Helper()
	var made []probity.Asset
	sought := map[probity.Ref][]mutant{}
	open := map[mutant]bool{}
	for _, o := range c.found {
		a, ok := c.assets[o.Asset]
		if !ok {
			continue
		}
		facts := map[probity.Path]bool{}
		for _, x := range o.Findings {
			facts[x.Fact] = true
			open[mutant{o.Asset, x.Fact, x.Element}] = true
		}
		for fact := range facts {
			for i, m := range f.turned(t, a, fact) {
				m.ID = fmt.Sprintf("%s#%s#%d", a.ID, fact, i)
				made = append(made, m)
				for _, x := range o.Findings {
					if x.Fact == fact {
						sought[m.Ref] = append(sought[m.Ref], mutant{o.Asset, fact, x.Element})
					}
				}
			}
		}
	}
	if len(made) == 0 {
		return
	}
	for ref, o := range f.judged(t, c, made) {
		for _, m := range sought[ref] {
			if !slices.ContainsFunc(o.Findings, func(x probity.Finding) bool { return x.Fact == m.fact && x.Element == m.element }) {
				delete(open, m)
			}
		}
	}
	for m := range open {
		t.Errorf("%s: the finding on %s %s stays whatever that fact says", m.of.ID, m.fact, m.element)
	}
}

func (f *flips) judged(t *testing.T, c flipped, made []probity.Asset) map[probity.Ref]probity.Outcome {
	t.Helper()
	corpus, err := policies.Load(t.Context(), policies.Options{Rules: []string{f.rule}, Parameters: c.config})
	if err != nil {
		t.Fatal(err)
	}
	defer corpus.Close()
	slices.SortFunc(made, func(a, b probity.Asset) int { return a.Compare(b.Ref) })
	all := func(yield func(probity.Asset, error) bool) {
		for _, a := range made {
			if !yield(a, nil) {
				return
			}
		}
	}
	linked := func(r probity.Ref) (probity.Asset, bool) { a, ok := c.assets[r]; return a, ok }
	out := map[probity.Ref]probity.Outcome{}
	for o, err := range corpus.Judge(t.Context(), policies.Estate{Assets: all, Linked: linked, Now: examples.Now()}) {
		if err != nil {
			t.Fatal(err)
		}
		out[o.Asset] = o
	}
	return out
}

// turned are copies of an asset in which a fact says something else.
func (f *flips) turned(t *testing.T, a probity.Asset, fact probity.Path) []probity.Asset {
	t.Helper()
	var out []probity.Asset
	for p, l := range probity.Leaves(a) {
		if !resolve.Meets(fact, p) {
			continue
		}
		value, _ := l.Value()
		var words []string
		if e, ok := value.(interface{ Values() []string }); ok {
			words = e.Values()
		}
		doc := docOf(t, a)
		leaf := at(doc, p)
		for key, v := range leaf {
			if key != "value" && key != "items" {
				continue
			}
			for _, other := range append(others(v, words), f.lent[p]...) {
				leaf[key] = other
				if m, ok := read(doc); ok {
					out = append(out, m)
				}
			}
			leaf[key] = v
		}
	}
	return out
}

func docOf(t *testing.T, a probity.Asset) map[string]any {
	t.Helper()
	b, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// at is the fact of a path in an asset's JSON.
func at(doc map[string]any, p probity.Path) map[string]any {
	steps := strings.Split(string(p), ".")
	if rest, ok := strings.CutPrefix(string(p), "settings."); ok {
		steps = []string{"settings", rest}
	}
	for _, s := range steps {
		doc, _ = doc[s].(map[string]any)
	}
	return doc
}

func read(doc map[string]any) (probity.Asset, bool) {
	var out probity.Asset
	b, err := json.Marshal(doc)
	if err != nil || json.Unmarshal(b, &out) != nil {
		return out, false // what it was turned into is no value of its type
	}
	for _, k := range kinds.All() {
		if k.Kind == out.Kind && k.Settings != nil {
			out.Settings = out.Settings.As(k.Settings)
		}
	}
	return out, true
}

// others are values near to one: each part of it turned, and without each part.
func others(v any, words []string) []any {
	switch v := v.(type) {
	case bool:
		return []any{!v}
	case float64:
		return []any{0, -1, 1, v + 100_000}
	case string:
		out := []any{"", "other", "DE"} // a country, on which transfers hang
		if _, err := time.Parse(time.RFC3339, v); err == nil {
			out = []any{"1990-01-01T00:00:00Z", "2090-01-01T00:00:00Z"}
		}
		for _, w := range words {
			out = append(out, w)
		}
		return out
	case []any:
		out := []any{[]any{}}
		for i, item := range v {
			out = append(out, slices.Delete(slices.Clone(v), i, i+1))
			for _, other := range others(item, nil) {
				turned := slices.Clone(v)
				turned[i] = other
				out = append(out, turned)
			}
		}
		return out
	case map[string]any:
		var out []any
		for _, k := range slices.Sorted(maps.Keys(v)) {
			for _, other := range others(v[k], nil) {
				turned := maps.Clone(v)
				turned[k] = other
				out = append(out, turned)
			}
			without := maps.Clone(v)
			delete(without, k)
			out = append(out, without)
		}
		return out
	}
	return nil
}
