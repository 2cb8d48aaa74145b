package config

import (
	"slices"

	"github.com/zclconf/go-cty/cty"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// value is what the mapping sees of an evaluated expression.
func (r *Root) value(v cty.Value, at *probity.Origin) resource.Value {
	plain, marks := v.Unmark()
	if !plain.IsKnown() {
		return r.unknown(deepMarks(v), at)
	}
	if plain.IsNull() {
		if r.opaque(v) {
			return r.unknown(marks, at)
		}
		return resource.Value{At: at}
	}
	t := plain.Type()
	hidden := isConcealed(marks)
	switch {
	case hidden && t != cty.Bool && t != cty.Number:
		return resource.Value{Data: resource.Unknown{Gap: filtered()}, At: at}
	case t == cty.String:
		shown, refs, exact := r.parts(plain.AsString())
		switch {
		case !r.covered(marks, refs):
			return r.unknown(marks, at)
		case exact:
			return resource.Value{Data: refs[0], At: at}
		case len(refs) > 0:
			return resource.Value{Data: resource.Template{Text: shown, Refs: refs}, At: at}
		}
		return resource.Value{Data: shown, At: at}
	case t == cty.Bool || t == cty.Number:
		if r.opaque(v) {
			return r.unknown(marks, at)
		}
		if t == cty.Bool {
			return resource.Value{Data: plain.True(), At: at}
		}
		f, _ := plain.AsBigFloat().Float64()
		return resource.Value{Data: f, At: at, Hidden: hidden}
	case plain.CanIterateElements():
		return r.collection(plain, marks, at)
	}
	return r.unknown(marks, at)
}

func (r *Root) unknown(marks cty.ValueMarks, at *probity.Origin) resource.Value {
	g, refs := r.gap(marks)
	return resource.Value{Data: resource.Unknown{Gap: g, Refs: refs, Else: others(marks, refs)}, At: at}
}

// others reports whether something else than the references is unknown: their own gaps are not.
func others(marks cty.ValueMarks, refs []resource.Ref) bool {
	for m := range marks {
		w, ok := m.(why)
		if ok && !slices.ContainsFunc(refs, func(f resource.Ref) bool { return f.Gap == probity.Gap(w) }) {
			return true
		}
	}
	return false
}

// A set's marks are those of its elements together, so they count as kept if any element shows them.
func (r *Root) collection(v cty.Value, marks cty.ValueMarks, at *probity.Origin) resource.Value {
	var kept []resource.Ref
	var list resource.List
	block := &resource.Block{At: at, Attrs: map[string]resource.Value{}}
	object := v.Type().IsObjectType() || v.Type().IsMapType()
	for it := v.ElementIterator(); it.Next(); {
		k, e := it.Element()
		item := r.value(e, at)
		switch d := item.Data.(type) {
		case resource.Ref:
			kept = append(kept, d)
		case resource.Template:
			kept = append(kept, d.Refs...)
		}
		if object {
			name := k.AsString()
			if resource.IsSecret(name) {
				item.Data = resource.Secret{}
			}
			block.Attrs[name] = item
		} else {
			list.Items = append(list.Items, item)
		}
	}
	if !r.covered(marks, kept) {
		return r.unknown(marks, at)
	}
	if object {
		return resource.Value{Data: block, At: at}
	}
	return resource.Value{Data: list, At: at}
}

// covered reports whether each placeholder that went into a value is still in it.
func (r *Root) covered(marks cty.ValueMarks, refs []resource.Ref) bool {
	for m := range marks {
		if h, ok := m.(holds); ok {
			found := false
			for _, f := range refs {
				found = found || f == r.refs[h]
			}
			if !found {
				return false
			}
		}
	}
	return true
}
