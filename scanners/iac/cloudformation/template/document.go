package template

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// JSON writes a value as JSON text. It is unknown as soon as one part is, with what is known as a document with holes.
// A text is taken for JSON already. Numbers and switches become texts, as in policies.
func JSON(v resource.Value) resource.Value {
	switch v.Data.(type) {
	case *resource.Block, resource.List:
	default:
		return v
	}
	w := &writer{}
	raw := w.raw(v)
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(raw) != nil || b.Len() > maxText {
		out := unresolved("the document cannot be written", "")
		out.At = v.At
		return out
	}
	out := resource.Value{Data: strings.TrimSpace(b.String()), At: v.At}
	if w.gap != nil {
		u := resource.Unknown{Gap: *w.gap}
		if s := out.String(); strings.HasPrefix(s, "{") {
			u.Document = s
		}
		out.Data = u
		return out
	}
	if len(w.refs) > 0 {
		out.Data = resource.Template{Text: out.Data.(string), Refs: w.refs}
	}
	return out
}

type writer struct {
	refs []resource.Ref
	gap  *probity.Gap // the first
}

// hole stands for what is not known.
func (w *writer) hole(g probity.Gap) string {
	if w.gap == nil {
		w.gap = &g
	}
	return access.Hole(g)
}

func (w *writer) raw(v resource.Value) any {
	switch d := v.Data.(type) {
	case *resource.Block:
		if d.Rest != nil {
			return w.hole(*d.Rest)
		}
		out := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(d.Attrs)) { // the first gap is always the same
			out[name] = w.raw(d.Attrs[name])
		}
		return out
	case resource.List:
		out := []any{}
		for _, i := range d.Items {
			out = append(out, w.raw(i))
		}
		if d.Rest != nil {
			out = append(out, w.hole(*d.Rest))
		}
		return out
	case resource.Unknown, resource.Secret:
		return w.hole(v.Why())
	}
	var t text
	t.add(v)
	w.refs = append(w.refs, t.refs...)
	return t.b.String()
}
