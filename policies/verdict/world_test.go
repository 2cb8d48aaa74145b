package verdict

import (
	"math/rand/v2"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
)

// world is a random document: as an engine sees it, with gaps, and all that it can turn out to be.
type world struct {
	input  *Node
	config *Node
	fills  []func(r *rand.Rand) // each settles one gap of doc at random
	doc    map[string]any
	cfg    map[string]any
	gaps   int
}

func reason(r *rand.Rand) *probity.Gap {
	all := []probity.Reason{probity.Denied, probity.Computed, probity.NotCollected, probity.Unresolved}
	return &probity.Gap{Reason: all[r.IntN(len(all))]}
}

// leaf makes a field known or a gap; few tells the engine the values it can take.
func (w *world) leaf(r *rand.Rand, odds int, few bool, into map[string]any, key string, values ...any) *Node {
	into[key] = values[r.IntN(len(values))]
	if r.IntN(odds) > 0 {
		n, err := Value(into[key])
		if err != nil {
			panic(err)
		}
		return n
	}
	w.gaps++
	w.fills = append(w.fills, func(r *rand.Rand) { into[key] = values[r.IntN(len(values))] })
	if !few || r.IntN(3) == 0 {
		return Gap(reason(r), nil)
	}
	domain := make([]ast.Value, len(values))
	for i, v := range values {
		domain[i] = ast.MustInterfaceToValue(v)
	}
	return Gap(reason(r), FewOf(domain...))
}

func element(r *rand.Rand, id string) map[string]any {
	on := [][]any{{}, {"p"}, {"q"}, {"p", "q"}}
	return map[string]any{"id": id, "trusted": r.IntN(2) == 0, "size": r.IntN(7), "on": on[r.IntN(len(on))], "set": map[string]any{"x": "1"}}
}

// part makes a structure with one field that is there, and others that nobody looked for.
func (w *world) part(r *rand.Rand, into map[string]any, key string) *Node {
	of := map[string]any{"x": "1"}
	into[key] = of
	x, _ := Value("1")
	w.gaps++
	w.fills = append(w.fills, func(r *rand.Rand) {
		delete(of, "z")
		if r.IntN(3) > 0 {
			of["z"] = []any{"1", "2", "3"}[r.IntN(3)]
		}
	})
	return Part(reason(r), []string{"x"}, []*Node{x})
}

// list makes a list of up to three elements, open or whole, some with a gap inside.
func (w *world) list(r *rand.Rand, key string) *Node {
	var known []any
	var items []*Node
	for i := range r.IntN(4) {
		e := element(r, string(rune('a'+r.IntN(2)+i)))
		n := map[string]*Node{}
		for _, k := range []string{"id", "on"} {
			n[k], _ = Value(e[k])
		}
		n["trusted"] = w.leaf(r, 4, true, e, "trusted", true, false)
		n["size"] = w.leaf(r, 8, false, e, "size", 0, 1, 3, 4, 6)
		n["set"] = w.part(r, e, "set")
		known = append(known, e)
		items = append(items, Fields(n))
	}
	w.doc[key] = append([]any{}, known...)
	if r.IntN(2) == 0 {
		return Items(nil, items...)
	}
	w.gaps++
	w.fills = append(w.fills, func(r *rand.Rand) {
		more := append([]any{}, known...)
		for range r.IntN(5) {
			more = append(more, element(r, string(rune('a'+r.IntN(4)))))
		}
		w.doc[key] = more
	})
	return Items(reason(r), items...)
}

func newWorld(r *rand.Rand) *world {
	w := &world{doc: map[string]any{}, cfg: map[string]any{}}
	enc, exp := map[string]any{}, map[string]any{}
	settings, tags := map[string]any{"x": "1"}, map[string]any{}
	if r.IntN(2) == 0 {
		tags["owner"] = "1"
	}
	w.doc["enc"], w.doc["exp"], w.doc["settings"], w.doc["tags"] = enc, exp, settings, tags
	x, _ := Value("1")
	tagNode, _ := Value(tags)
	w.input = Fields(map[string]*Node{
		"enc": Fields(map[string]*Node{
			"at_rest": w.leaf(r, 2, true, enc, "at_rest", true, false),
			"transit": w.leaf(r, 3, true, enc, "transit", true, false),
			"manager": w.leaf(r, 3, true, enc, "manager", "none", "customer", "provider"),
		}),
		"exp": Fields(map[string]*Node{
			"public": w.leaf(r, 2, true, exp, "public", true, false),
			"cross":  w.leaf(r, 4, true, exp, "cross", true, false),
		}),
		"days":     w.leaf(r, 2, false, w.doc, "days", 0, 1, 6, 7, 8, 30),
		"settings": Fields(map[string]*Node{"x": x, "y": w.leaf(r, 2, false, settings, "y", "1", "2", "3")}),
		"tags":     tagNode,
		"set":      w.part(r, w.doc, "set"),
		"readers":  w.list(r, "readers"),
		"labels":   w.list(r, "labels"),
	})
	// A path that scanners never fill: it may hold anything, or nothing.
	w.fills = append(w.fills, func(r *rand.Rand) {
		w.doc["absent"] = map[string]any{"deeper": r.IntN(2) == 0}
	})
	w.config = Fields(map[string]*Node{
		"days":    w.leaf(r, 2, false, w.cfg, "days", 0, 7, 9),
		"strict":  w.leaf(r, 2, false, w.cfg, "strict", true, false),
		"trusted": w.leaf(r, 2, false, w.cfg, "trusted", []any{}, []any{"a"}, []any{"a", "b"}),
	})
	return w
}

// complete settles every gap at random, in place.
func (w *world) complete(r *rand.Rand) {
	for _, fill := range w.fills {
		fill(r)
	}
}
