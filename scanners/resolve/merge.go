package resolve

import (
	"cmp"
	"iter"
	"reflect"
	"slices"

	probity "github.com/probity-scan/probity"
)

// Merge makes one asset of all fragments under one Ref, sorted by Ref. A fragment may also name its asset by an alias.
// What no asset bears comes back as coverage with a gap: a policy whose bucket nobody declared is lost, not fine. Most assets
// are one fragment, and stay that: a large estate must not be held twice.
func Merge(fragments []*probity.Asset) ([]*probity.Asset, []probity.Coverage) {
	sorted := slices.Clone(fragments)
	slices.SortStableFunc(sorted, func(a, b *probity.Asset) int {
		return cmp.Or(a.Ref.Compare(b.Ref), -cmp.Compare(a.Kind, b.Kind), place(a.Origin, b.Origin))
	})
	assets := make([]*probity.Asset, 0, len(sorted))
	var orphans []*probity.Asset
	for group := range groups(sorted) {
		if a := union(group); a.Kind != "" {
			assets = append(assets, a)
		} else {
			orphans = append(orphans, group...)
		}
	}
	return adopt(assets, orphans)
}

// groups splits sorted fragments by Ref.
func groups(sorted []*probity.Asset) iter.Seq[[]*probity.Asset] {
	return func(yield func([]*probity.Asset) bool) {
		for from := 0; from < len(sorted); {
			to := from + 1
			for to < len(sorted) && sorted[to].Ref == sorted[from].Ref {
				to++
			}
			if !yield(sorted[from:to]) {
				return
			}
			from = to
		}
	}
}

// place orders by file and line.
func place(a, b *probity.Origin) int {
	var none probity.Origin
	a, b = cmp.Or(a, &none), cmp.Or(b, &none)
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

// union merges fragments of one asset; the first is the asset itself where it was found.
func union(group []*probity.Asset) *probity.Asset {
	if len(group) == 1 {
		return group[0]
	}
	out := *group[0]
	parts := make([]reflect.Value, len(group))
	for i, f := range group {
		parts[i] = reflect.ValueOf(f).Elem()
		out.Name, out.Class = cmp.Or(out.Name, f.Name), cmp.Or(out.Class, f.Class)
		out.Scope = probity.Scope{Provider: cmp.Or(out.Scope.Provider, f.Scope.Provider),
			Account: cmp.Or(out.Scope.Account, f.Scope.Account), Region: cmp.Or(out.Scope.Region, f.Scope.Region)}
		if out.Origin == nil {
			out.Origin = f.Origin
		}
	}
	out.Aliases = aliases(group)
	m := merger{asset: out.Ref}
	m.fields(reflect.ValueOf(&out).Elem(), parts, "")
	out.Settings = m.settings(group)
	return &out
}

func aliases(group []*probity.Asset) []string {
	var out []string
	for _, f := range group {
		out = append(out, f.Aliases...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// fields merges every fact of a struct, so that a fact added to the vocabulary is merged without a line here.
func (m merger) fields(out reflect.Value, parts []reflect.Value, at probity.Path) {
	for i := range out.NumField() {
		field := out.Field(i)
		if field.Kind() != reflect.Struct || out.Type().Field(i).Anonymous {
			continue
		}
		values := make([]reflect.Value, len(parts))
		for j, p := range parts {
			values[j] = p.Field(i)
		}
		path := at + probity.Path(probity.FieldName(out.Type().Field(i)))
		if _, fact := field.Interface().(probity.Leaf); fact {
			m.leaf(field, values, path)
		} else {
			m.fields(field, values, path+".")
		}
	}
}

// settings merges kind by kind's own names.
func (m merger) settings(group []*probity.Asset) probity.Settings {
	by := map[string][]reflect.Value{}
	for _, f := range group {
		for name, fact := range f.Settings {
			by[name] = append(by[name], reflect.ValueOf(fact))
		}
	}
	if len(by) == 0 {
		return nil
	}
	out := make(probity.Settings, len(by))
	for name, values := range by {
		v := reflect.New(values[0].Type()).Elem()
		m.leaf(v, values, probity.Path("settings."+name))
		out[name] = v.Interface().(probity.Fact[any])
	}
	return out
}
