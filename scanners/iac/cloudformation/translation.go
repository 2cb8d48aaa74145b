package cloudformation

import (
	"maps"
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/cloudformation/template"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// translation is of one resource.
type translation struct {
	of    *template.Resource
	main  *resource.Resource
	out   *resource.Block // that is being filled: the main resource's, a nested one, or a part's
	parts []*resource.Resource
	under string // the property that is being translated
}

// translate gives a resource by Terraform's names, and those that Terraform keeps beside it.
func (d dictionary) translate(r *template.Resource, region resource.Value) []*resource.Resource {
	e, ok := d[r.Type]
	if !ok {
		return nil
	}
	main := &resource.Resource{Addr: r.Addr, Type: e.As, Name: r.Name, Maybe: r.Maybe, Ignores: r.Ignores, Provider: resource.Provider{Name: "aws", Region: region}}
	main.Block = resource.Block{At: r.At, Attrs: map[string]resource.Value{}, Rest: r.Rest}
	t := &translation{of: r, main: main, out: &main.Block}
	e.Properties.fill(t, &r.Block)
	for _, p := range e.Defaults {
		p.fill(t)
	}
	if e.After != nil {
		e.After(t)
	}
	return append([]*resource.Resource{main}, t.parts...)
}

// fill translates a block's properties. One that is not there may be, where the block is known in part.
func (ps properties) fill(t *translation, b *resource.Block) {
	top := t.out == &t.main.Block && b == &t.of.Block
	for _, name := range slices.Sorted(maps.Keys(ps)) {
		v := b.Get(name)
		if v.Data == nil {
			continue
		}
		if top {
			t.under = name
		}
		ps[name](t, v)
	}
}

// fill gives an attribute that nobody set CloudFormation's own value, unless others say that it comes from elsewhere.
func (p preset) fill(t *translation) {
	for _, attr := range append([]string{p.Attr}, p.Unless...) {
		if t.main.Get(attr).Set() {
			return
		}
	}
	t.main.Attrs[p.Attr] = resource.Value{Data: p.Value, At: &probity.Origin{Default: p.Says}}
}

// part makes a resource beside the main one, which it names by an attribute.
func (t *translation) part(typ, owner string, v resource.Value) *resource.Resource {
	p := &resource.Resource{Addr: t.of.Addr + "." + t.under, Type: typ, Name: t.of.Name, Maybe: t.of.Maybe, Provider: t.main.Provider}
	p.Block = resource.Block{At: v.At, Attrs: map[string]resource.Value{owner: t.self("id")}}
	t.parts = append(t.parts, p)
	return p
}

// self is a reference to the main resource.
func (t *translation) self(attr string) resource.Value {
	gap := probity.Gap{Reason: probity.Computed, Because: t.of.Addr + "." + attr}
	return resource.Value{Data: resource.Ref{Addr: t.of.Addr, Type: t.main.Type, Attr: attr, Gap: gap}, At: t.of.At}
}

// unless sets an attribute of the main resource that nobody set.
func (t *translation) unless(attr string, v resource.Value) {
	if !t.main.Get(attr).Set() {
		v.At = t.of.At
		t.main.Attrs[attr] = v
	}
}

func unknown(reason probity.Reason, because string) resource.Value {
	return resource.Value{Data: resource.Unknown{Gap: probity.Gap{Reason: reason, Because: because}}}
}

// alike is what two blocks say alike; the rest is not known.
func alike(a, b *resource.Block) *resource.Block {
	gap := probity.Gap{Reason: probity.Unresolved, Needs: "parameter AWS::Region", Because: "which replica is the stack's own"}
	v := template.Common(resource.Value{Data: a, At: a.At}, resource.Value{Data: b, At: b.At}, gap)
	return v.Data.(*resource.Block)
}
