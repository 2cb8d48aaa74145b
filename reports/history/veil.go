package history

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// veil takes out of what is told of one asset what it tells of others that a viewer may not see: links, facts that something was
// derived from, names of stores. What the asset itself is set to, as the name of its key, stays.
type veil struct {
	l *look
	view
	bounded bool
	known   map[probity.Ref]bool // hidden
	count   int                  // links that were taken out
}

func (l *look) veil(ctx context.Context, b Bounds) (*veil, error) {
	seen, err := l.bounded(ctx, b)
	return &veil{l: l, view: seen, bounded: !b.Zero(), known: map[probity.Ref]bool{}}, err
}

// hidden tells which of some assets may not be seen. One that the history does not know is none that may be.
func (v *veil) hidden(ctx context.Context, refs []probity.Ref) (map[probity.Ref]bool, error) {
	if !v.bounded {
		return nil, nil //nolint:nilnil // nothing is
	}
	byKey := map[digest]probity.Ref{}
	for _, r := range refs {
		if _, known := v.known[r]; !known {
			byKey[refKey(r)] = r
		}
	}
	ask := slices.Collect(maps.Keys(byKey))
	for at := 0; at < len(ask); at += 500 {
		some := ask[at:min(at+500, len(ask))]
		var c clause
		c.and("key IN " + several(len(some)))
		for _, k := range some {
			c.args = append(c.args, k[:])
			v.known[byKey[k]] = true
		}
		c.within("", v.view)
		err := v.l.each(ctx, "SELECT key FROM asset WHERE "+c.text(), c.args, func(scan func(...any) error) error {
			var key []byte
			if err := scan(&key); err != nil {
				return err
			}
			v.known[byKey[digest(key)]] = false
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return v.known, nil
}

// over takes out of a value, which is written as JSON and read again, what it tells of assets that are hidden. of is the asset that
// it is of: texts may name what that is linked with.
func (v *veil) over(ctx context.Context, of *probity.Asset, value any) error {
	if !v.bounded {
		return nil
	}
	own := of.Ref
	var refs []probity.Ref
	around, err := treeOf(of)
	if err != nil {
		return err
	}
	tree, err := treeOf(value)
	if err != nil {
		return err
	}
	for _, t := range []any{around, tree} {
		mentions(t, func(r probity.Ref) { refs = append(refs, r) })
	}
	hidden, err := v.hidden(ctx, refs)
	if err != nil {
		return err
	}
	hides := func(r probity.Ref) bool { return r != own && r != (probity.Ref{}) && hidden[r] }
	var names []string
	for _, r := range refs {
		if hides(r) && r.ID != "" {
			names = append(names, r.ID)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) })
	tree = v.without(tree, hides, slices.Compact(names))
	raw, err := json.Marshal(tree)
	if err != nil {
		return errors.New("history: what is told of an asset cannot be written")
	}
	return fresh(raw, value)
}

// treeOf is a value as JSON has it, its numbers as they are written.
func treeOf(value any) (tree any, err error) {
	raw, err := json.Marshal(value)
	if err == nil {
		numbers := json.NewDecoder(bytes.NewReader(raw))
		numbers.UseNumber()
		err = numbers.Decode(&tree)
	}
	if err != nil {
		return nil, errors.New("history: what is told of an asset cannot be read")
	}
	return tree, nil
}

// fresh reads JSON into a value that is emptied first.
func fresh(raw []byte, value any) error {
	var err error
	switch to := value.(type) {
	case *probity.Asset:
		*to = probity.Asset{}
		err = json.Unmarshal(raw, to)
	case *probity.Outcome:
		*to = probity.Outcome{}
		err = json.Unmarshal(raw, to)
	case *probity.Finding:
		*to = probity.Finding{}
		err = json.Unmarshal(raw, to)
	default:
		err = errors.New("no such value")
	}
	if err != nil {
		return errors.New("history: what is told of an asset cannot be read")
	}
	return nil
}

// refIn is the reference that an object is; ok is false for other objects.
func refIn(v any) (probity.Ref, bool) {
	m, ok := v.(map[string]any)
	if !ok {
		return probity.Ref{}, false
	}
	id, ok := m["id"].(string)
	root, rooted := m["root"].(string)
	if !ok || rooted && len(m) > 2 || !rooted && len(m) > 1 {
		return probity.Ref{}, false
	}
	return probity.Ref{Root: root, ID: id}, true
}

// mentions walks all references below a value, and the IDs of a lineage.
func mentions(v any, say func(probity.Ref)) {
	if r, ok := refIn(v); ok {
		say(r)
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			mentions(x, say)
		}
	case map[string]any:
		for k, x := range v {
			if k == "production" {
				for _, id := range idsOf(x) {
					say(probity.Ref{ID: id})
				}
			}
			mentions(x, say)
		}
	}
}

// idsOf are the texts of a list of them, which is kept with what is known of it.
func idsOf(v any) []string {
	m, _ := v.(map[string]any)
	items, _ := m["items"].([]any)
	var out []string
	for _, x := range items {
		if s, ok := x.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// without is a value without what is hidden. What cannot be told at all is nil, and left out of lists.
func (v *veil) without(x any, hides func(probity.Ref) bool, names []string) any {
	switch x := x.(type) {
	case string:
		for _, n := range names {
			x = unnamed(x, n)
		}
		return x
	case []any:
		out := make([]any, 0, len(x))
		for _, e := range x {
			if e = v.without(e, hides, names); e != nil {
				out = append(out, e)
			}
		}
		return out
	case map[string]any:
		return v.object(x, hides, names)
	}
	return x
}

func (v *veil) object(x map[string]any, hides func(probity.Ref) bool, names []string) any {
	if r, ok := refIn(x); ok {
		if hides(r) {
			return nil
		}
		return x
	}
	if to, ok := refIn(x["to"]); ok && hides(to) {
		v.count++
		return nil
	}
	if at, ok := refIn(x["asset"]); ok && hides(at) {
		if x["fingerprint"] != nil {
			return nil
		}
		return map[string]any{"asset": map[string]any{"id": ""}, "fact": x["fact"]} // of some other store
	}
	out := make(map[string]any, len(x))
	for k, e := range x {
		if k == "production" {
			if m, ok := e.(map[string]any); ok {
				items, _ := m["items"].([]any)
				m["items"] = slices.DeleteFunc(items, func(i any) bool { id, ok := i.(string); return ok && hides(probity.Ref{ID: id}) })
			}
		}
		if e = v.without(e, hides, names); e != nil {
			out[k] = e
		}
	}
	return out
}

// unnamed is a text without a name, wherever it does not merely begin a longer one.
func unnamed(text, name string) string {
	var b strings.Builder
	for {
		i := strings.Index(text, name)
		if i < 0 {
			b.WriteString(text)
			return b.String()
		}
		rest := text[i+len(name):]
		b.WriteString(text[:i])
		if longer(rest) {
			b.WriteString(name)
		} else {
			b.WriteString("another store")
		}
		text = rest
	}
}

// longer reports whether a name goes on.
func longer(rest string) bool {
	rest = strings.TrimLeft(rest, "./:")
	return rest != "" && (rest[0] == '_' || rest[0] == '-' || rest[0] >= '0' && rest[0] <= '9' || rest[0] >= 'A' && rest[0] <= 'Z' || rest[0] >= 'a' && rest[0] <= 'z')
}
