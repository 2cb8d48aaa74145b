package template

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/probity-scan/probity/scanners/iac/resource"
)

// JSON writes a value as JSON text. It is unknown as soon as one part is: a policy read in part would hide who it lets in.
// A text is taken for JSON already. Numbers and switches become texts, as in policies.
func JSON(v resource.Value) resource.Value {
	switch v.Data.(type) {
	case *resource.Block, resource.List:
	default:
		return v
	}
	w := &writer{}
	raw := w.raw(v)
	if w.gap != nil {
		return resource.Value{Data: resource.Unknown{Gap: *w.gap.Gap()}, At: v.At}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(raw) != nil || b.Len() > maxText {
		out := unresolved("the document cannot be written", "")
		out.At = v.At
		return out
	}
	out := resource.Value{Data: strings.TrimSpace(b.String()), At: v.At}
	if len(w.refs) > 0 {
		out.Data = resource.Template{Text: out.Data.(string), Refs: w.refs}
	}
	return out
}

type writer struct {
	refs []resource.Ref
	gap  *resource.Value
}

func (w *writer) raw(v resource.Value) any {
	switch d := v.Data.(type) {
	case *resource.Block:
		if d.Rest != nil {
			u := resource.Value{Data: resource.Unknown{Gap: *d.Rest}}
			w.gap = &u
		}
		out := map[string]any{}
		for name, a := range d.Attrs {
			out[name] = w.raw(a)
		}
		return out
	case resource.List:
		if d.Rest != nil {
			u := resource.Value{Data: resource.Unknown{Gap: *d.Rest}}
			w.gap = &u
		}
		out := []any{}
		for _, i := range d.Items {
			out = append(out, w.raw(i))
		}
		return out
	case resource.Unknown, resource.Secret:
		w.gap = &v
		return nil
	}
	var t text
	t.add(v)
	w.refs = append(w.refs, t.refs...)
	return t.b.String()
}
