package config

import (
	"fmt"
	"strconv"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	probity "github.com/probity-scan/probity"
)

type keyKind int

const (
	single keyKind = iota
	counted
	each
	open // nobody knows how many
)

// key tells instances of a block apart.
type key struct {
	kind  keyKind
	index int
	name  string
	value cty.Value // each.value; of an open key, what decides the keys
}

func (k key) suffix() string {
	switch k.kind {
	case counted:
		return "[" + strconv.Itoa(k.index) + "]"
	case each:
		return "[" + strconv.Quote(k.name) + "]"
	case open:
		return "[*]"
	}
	return ""
}

// expansion is what count or for_each makes of a block. With a gap, its only key stands for all instances.
type expansion struct {
	kind keyKind
	keys []key
	gap  *probity.Gap
	// capped: there are more than we look at, so that what they say of others is lost too
	capped bool
}

// maybe is the gap of an instance that may not exist.
func (x *expansion) maybe() *probity.Gap {
	if x.kind == open {
		return x.gap
	}
	return nil
}

func (m *instance) expand(b *resourceBlock) *expansion {
	if x, ok := m.blocks[b]; ok {
		if x == nil { // under way: it needs itself
			return openExpansion(probity.Gap{Reason: probity.Unresolved, Because: "count or for_each refers to itself"})
		}
		return x
	}
	m.blocks[b] = nil
	x := m.expandBody(b.body)
	m.blocks[b] = x
	return x
}

func openExpansion(g probity.Gap) *expansion {
	return &expansion{kind: open, keys: []key{{kind: open}}, gap: &g}
}

// dark is an expansion by something unknown, which each and count then stand for.
func (r *Root) dark(marks cty.ValueMarks) *expansion {
	g, _ := r.gap(marks)
	x := openExpansion(g)
	x.keys[0].value = cty.DynamicVal.WithMarks(marks)
	return x
}

func cappedExpansion(because string) *expansion {
	x := openExpansion(probity.Gap{Reason: probity.Unresolved, Because: because})
	x.capped = true
	return x
}

func (m *instance) expandBody(b *body) *expansion {
	if a := b.attrs["count"]; a != nil {
		v, marks := m.scope(key{}).eval(a.Expr).Unmark()
		n, err := convert.Convert(v, cty.Number)
		switch {
		case !v.IsKnown() || m.root.opaque(v.WithMarks(marks)):
			return m.root.dark(marks)
		case err != nil || n.IsNull():
			return openExpansion(probity.Gap{Reason: probity.Unresolved, Because: "count is not a number"})
		}
		f, _ := n.AsBigFloat().Float64()
		if f > maxInstances {
			return cappedExpansion(fmt.Sprintf("count is larger than %d", maxInstances))
		}
		x := &expansion{kind: counted}
		for i := range int(f) {
			x.keys = append(x.keys, key{kind: counted, index: i})
		}
		return x
	}
	if a := b.attrs["for_each"]; a != nil {
		return m.expandEach(m.scope(key{}).eval(a.Expr))
	}
	return &expansion{keys: []key{{}}}
}

func (m *instance) expandEach(v cty.Value) *expansion {
	plain, marks := v.Unmark()
	if !plain.IsKnown() || m.root.hides(marks) || isConcealed(marks) {
		return m.root.dark(deepMarks(v))
	}
	if plain.IsNull() || !plain.CanIterateElements() {
		return openExpansion(probity.Gap{Reason: probity.Unresolved, Because: "for_each is not a map or a set"})
	}
	x := &expansion{kind: each}
	for it := plain.ElementIterator(); it.Next(); {
		k, e := it.Element()
		if plain.Type().IsSetType() {
			k = e
		} else if k.Type() != cty.String {
			k = e // a list, which Terraform refuses: its texts are the best reading
		}
		name, kmarks := k.Unmark()
		if !name.IsKnown() || name.IsNull() || name.Type() != cty.String {
			g, _ := m.root.gap(kmarks)
			return openExpansion(g)
		}
		if len(x.keys) >= maxInstances {
			return cappedExpansion(fmt.Sprintf("for_each has more than %d elements", maxInstances))
		}
		x.keys = append(x.keys, key{kind: each, name: name.AsString(), value: e})
	}
	return x
}

// hides reports whether marks of a collection hide which elements it has.
func (r *Root) hides(marks cty.ValueMarks) bool {
	for m := range marks {
		if _, ok := m.(holds); ok {
			return true
		}
	}
	return false
}
