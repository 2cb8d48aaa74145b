package resolve

import (
	"encoding/json"
	"reflect"

	probity "github.com/probity-scan/probity"
)

// weight is how much a fragment's word on a fact counts.
type weight int

const (
	silent   weight = iota // nobody looked
	fallback               // the provider's default: holds only where nobody says otherwise
	gap                    // somebody looked in vain
	said                   // a value
)

// merger merges the fragments of one asset.
type merger struct{ asset probity.Ref }

// leaf sets out to what the fragments say of one fact together: a value beats a gap, a gap beats a default, and
// a default beats silence. Two values that differ are a gap, since nobody can say which holds. Lists are concatenated.
func (m merger) leaf(out reflect.Value, parts []reflect.Value, path probity.Path) {
	var best reflect.Value
	spoken := 0
	for _, p := range parts {
		if p.IsZero() {
			continue
		}
		if spoken++; spoken == 1 {
			best = p
		}
	}
	if spoken == 0 {
		return
	}
	if spoken == 1 {
		out.Set(best)
		return
	}
	for _, p := range parts {
		if w := weigh(p); w > weigh(best) || w == silent && weigh(best) == silent && explains(p) && !explains(best) {
			best = p
		}
	}
	out.Set(best)
	if items := out.FieldByName("Items"); items.IsValid() {
		mergeItems(out, parts)
		return
	}
	if weigh(best) != said {
		return
	}
	v, _ := best.Interface().(probity.Leaf).Value()
	for _, p := range parts {
		if w, _ := p.Interface().(probity.Leaf).Value(); weigh(p) == said && !reflect.DeepEqual(v, w) {
			m.conflict(out, path, best, p)
			return
		}
	}
}

func weigh(v reflect.Value) weight {
	l := v.Interface().(probity.Leaf)
	_, g := l.Value()
	switch from := l.From(); {
	case g != nil && g.Reason == probity.NotCollected:
		return silent
	case g != nil:
		return gap
	case from != nil && from.Default != "":
		return fallback
	}
	return said
}

// explains reports whether a fragment that tells nothing says why, or who would.
func explains(v reflect.Value) bool {
	_, g := v.Interface().(probity.Leaf).Value()
	return g != nil && (g.Because != "" || g.Needs != "")
}

// conflict makes the fact a gap that shows both places. The fact's type is known only here, so it is built through JSON.
func (m merger) conflict(out reflect.Value, path probity.Path, a, b reflect.Value) {
	var from []probity.Evidence
	for _, v := range []reflect.Value{a, b} {
		from = append(from, probity.Evidence{Asset: m.asset, Fact: path, Origin: v.Interface().(probity.Leaf).From()})
	}
	g := probity.Missing[any](probity.Gap{Reason: probity.Unresolved, Because: "declared twice, and differently",
		Needs: "one declaration"}, &probity.Origin{Derived: from})
	text, err := json.Marshal(g)
	if err == nil {
		err = json.Unmarshal(text, out.Addr().Interface())
	}
	if err != nil {
		out.SetZero() // not-collected: never a value that nobody vouches for
	}
}

// mergeItems concatenates a list. One fragment that did not see its end leaves it open; a default says nothing beside
// what somebody wrote.
func mergeItems(out reflect.Value, parts []reflect.Value) {
	said := false
	for _, p := range parts {
		said = said || weigh(p) > fallback || weigh(p) == silent && p.FieldByName("Items").Len() > 0
	}
	items := reflect.MakeSlice(out.FieldByName("Items").Type(), 0, 0)
	for _, p := range parts {
		if said && weigh(p) == fallback {
			continue
		}
		list := p.FieldByName("Items")
		for i := range list.Len() {
			if !holds(items, list.Index(i)) {
				items = reflect.Append(items, list.Index(i))
			}
		}
		if weigh(p) == gap || weigh(out) == fallback && weigh(p) != fallback && said {
			out.Set(p)
		}
	}
	if items.Len() == 0 {
		items = reflect.Zero(items.Type())
	}
	out.FieldByName("Items").Set(items)
}

func holds(items, v reflect.Value) bool {
	for i := range items.Len() {
		if reflect.DeepEqual(items.Index(i).Interface(), v.Interface()) {
			return true
		}
	}
	return false
}
