package cloudformation

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/cloudformation/template"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// properties say how each property of a type is told by Terraform's names.
type properties map[string]property

// property takes a property's value into the translation.
type property func(t *translation, v resource.Value)

// attr is an attribute of another name. The value of a secret goes no further.
func attr(name string) property {
	return func(t *translation, v resource.Value) {
		if resource.IsSecret(name) {
			v.Data = t.secret(name, v)
		}
		t.out.Attrs[name] = v
	}
}

// block is one nested block, or a list of them.
func block(name string, inner properties) property {
	return func(t *translation, v resource.Value) { t.out.Attrs[name] = inner.within(t, v) }
}

// within translates blocks, and keeps what is not known as it is.
func (ps properties) within(t *translation, v resource.Value) resource.Value {
	switch d := v.Data.(type) {
	case *resource.Block:
		outer := t.out
		t.out = &resource.Block{At: v.At, Attrs: map[string]resource.Value{}, Rest: d.Rest}
		ps.fill(t, d)
		v.Data = t.out
		t.out = outer
	case resource.List:
		items := make([]resource.Value, len(d.Items))
		for i := range d.Items {
			items[i] = ps.within(t, d.Items[i])
		}
		v.Data = resource.List{Items: items, Rest: d.Rest}
	}
	return v
}

// flat takes the properties of an object as if they stood outside of it.
func flat(inner properties) property {
	return func(t *translation, v resource.Value) {
		switch d := v.Data.(type) {
		case *resource.Block:
			inner.fill(t, d)
			if d.Rest != nil {
				t.out.Rest = d.Rest
			}
		default:
			g := v.Why()
			t.out.Rest = &g
		}
	}
}

// part is a resource of its own, which names the main one by the attribute owner.
func part(typ, owner string, inner properties) property {
	return func(t *translation, v resource.Value) {
		p := t.part(typ, owner, v)
		d, ok := v.Data.(*resource.Block)
		if !ok {
			g := v.Why()
			p.Maybe, p.Rest = &g, &g
			return
		}
		outer := t.out
		t.out, p.Rest = &p.Block, d.Rest
		inner.fill(t, d)
		t.out = outer
	}
}

// document is a policy, given as an object, as JSON text.
func document(name string) property {
	return func(t *translation, v resource.Value) { t.out.Attrs[name] = template.JSON(v) }
}

// turned is an attribute whose value is said otherwise. What is not known stays so.
func turned(name string, turn func(resource.Value) resource.Value) property {
	return func(t *translation, v resource.Value) {
		if v.Gap() == nil {
			v = turn(v)
		}
		t.out.Attrs[name] = v
	}
}

// tags are a list of Key and Value, or an object.
func tags(t *translation, v resource.Value) {
	list, ok := v.Data.(resource.List)
	if !ok {
		t.out.Attrs["tags"] = v
		return
	}
	out := &resource.Block{At: v.At, Attrs: map[string]resource.Value{}}
	gap := list.Rest
	for _, i := range list.Items {
		b, ok := i.Data.(*resource.Block)
		if !ok {
			g := i.Why()
			gap = &g
			continue
		}
		key := b.Get("Key")
		if key.String() == "" {
			g := key.Why()
			gap = &g
			continue
		}
		out.Attrs[key.String()] = b.Get("Value")
	}
	if v.Data = out; gap != nil {
		v.Data = resource.Unknown{Gap: *gap}
	}
	t.out.Attrs["tags"] = v
}

// secret tells whether a secret is written in the code; its value goes no further.
func (t *translation) secret(name string, v resource.Value) any {
	switch d := v.Data.(type) {
	case string:
		return resource.Secret{Literal: d != "" && !t.of.Given[t.under], Holds: resource.ScriptHolds(name, d)}
	case bool, float64:
		return resource.Secret{Literal: !t.of.Given[t.under]}
	case resource.Template:
		return resource.Secret{Holds: resource.ScriptHolds(name, d.Text)} // made by a resource, the rest of a script aside
	case resource.Ref:
		return resource.Secret{}
	case resource.Unknown:
		for _, elsewhere := range []string{"parameter ", "the SSM parameter ", "export ", "an export "} {
			if d.Gap.Reason == probity.Unresolved && strings.HasPrefix(d.Gap.Needs, elsewhere) {
				return resource.Secret{}
			}
		}
	}
	return v.Data
}
