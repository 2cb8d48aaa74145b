package plan

import (
	"cmp"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// resources puts what each change says together with the configuration that set it.
func (r *reader) resources() []*resource.Resource {
	out := make([]*resource.Resource, 0, len(r.changes))
	for _, c := range r.changes {
		m := r.instanceOf(c.module)
		var conf resourceConfig
		known := false
		if m.config != nil {
			conf, known = m.config.resources[c.typ+"."+c.name]
		}
		o := overlay{reader: r, change: c, module: m}
		res := &resource.Resource{Addr: c.address, Type: c.typ, Name: c.name}
		res.Block = *o.block(c.after, c.unknown, conf.expressions, known)
		res.Provider = r.provider(conf.provider, res)
		out = append(out, res)
		c.after, c.unknown = nil, nil // the plan of a large estate must not be held twice
	}
	return out
}

// overlay lays the configuration over a change: an unknown attribute that is configured is known after apply, one that is
// not is left to the provider, whose default decides.
type overlay struct {
	*reader
	change *change
	module place
}

func (o overlay) block(after map[string]any, unknown any, conf map[string]any, known bool) *resource.Block {
	b := &resource.Block{At: o.change.origin, Attrs: map[string]resource.Value{}}
	dark, _ := unknown.(map[string]any)
	for name, v := range after {
		c, set := conf[name]
		a := o.attribute(name, v, dark[name], c, set || !known)
		a.Kept = !set || !known
		b.Attrs[name] = a
	}
	for name, u := range dark {
		if _, ok := after[name]; !ok {
			c, set := conf[name]
			b.Attrs[name] = o.attribute(name, nil, u, c, set || !known)
		}
	}
	if !o.change.bare {
		return b
	}
	// what is not known yet is left out of planned values, and so is told from what is not set by the configuration alone
	for name, c := range conf {
		if _, ok := b.Attrs[name]; !ok {
			b.Attrs[name] = o.attribute(name, nil, true, c, true)
		}
	}
	if !known {
		b.Rest = &probity.Gap{Reason: probity.Computed, Because: "the plan does not tell what is set of " + o.change.address}
	}
	return b
}

func (o overlay) attribute(name string, after, unknown, conf any, set bool) resource.Value {
	at := o.change.origin
	if resource.IsSecret(name) {
		return o.secret(name, after, unknown, conf, set)
	}
	if unknown == true {
		return o.unknown(name, conf, set)
	}
	switch v := after.(type) {
	case redaction:
		return resource.Value{Data: resource.Unknown{Gap: probity.Gap{Reason: probity.Filtered, Because: "it is marked as sensitive"}}, At: at}
	case string:
		if strings.HasSuffix(v, cutMark) {
			return resource.Value{Data: resource.Unknown{Gap: probity.Gap{Reason: probity.Unreadable, Because: "the text is longer than 1 MiB"}}, At: at}
		}
		return resource.Value{Data: v, At: at}
	case map[string]any:
		inner, known := conf.(map[string]any)
		if _, expr := inner["references"]; expr {
			known = false
		}
		return resource.Value{Data: o.block(v, unknown, inner, known), At: at}
	case []any:
		dark, _ := unknown.([]any)
		list := resource.List{}
		for i, item := range v {
			var u any
			if i < len(dark) {
				u = dark[i]
			}
			list.Items = append(list.Items, o.attribute(name, item, u, nth(conf, i, len(v)), true))
		}
		return resource.Value{Data: list, At: at}
	case bool, float64:
		return resource.Value{Data: v, At: at}
	}
	return resource.Value{At: at}
}

// nth is the configuration of one of several nested blocks. Dynamic blocks have none there, and sets have no order.
func nth(conf any, i, n int) any {
	switch c := conf.(type) {
	case []any:
		if len(c) == n {
			return c[i]
		}
		return nil
	case map[string]any:
		return c // one block, or a list that one expression made
	}
	return nil
}

func (o overlay) unknown(name string, conf any, set bool) resource.Value {
	at := o.change.origin
	if !set {
		return resource.Value{At: at}
	}
	gap := probity.Gap{Reason: probity.Computed, Because: o.change.address + "." + name}
	e, _ := conf.(map[string]any)
	if refs := texts(e["references"]); len(refs) > 0 && names(name) {
		if ref, ok := o.follow(refs, o.module, o.change.index, 0); ok {
			return resource.Value{Data: ref, At: at}
		}
	}
	return resource.Value{Data: resource.Unknown{Gap: gap}, At: at}
}

// provider gives what a provider's configuration says, as far as it is constant or a variable of the root.
func (r *reader) provider(key string, res *resource.Resource) resource.Provider {
	conf, at := r.providers[key].Expressions, res.At
	out := resource.Provider{Name: key, Tags: res.Get("tags_all")}
	if _, ok := out.Tags.Data.(*resource.Block); !ok {
		out.Tags = resource.Value{At: at}
	}
	module := ""
	if i := strings.LastIndex(key, ":"); i > 0 { // module.m:aws
		module = key[:i]
	}
	out.Region = resource.Value{Data: r.constant(conf["region"], r.instanceOf(module), 0), At: at}
	if !isRegion(out.Region.String()) {
		out.Region.Data = resource.Unknown{Gap: probity.Gap{Reason: probity.Unresolved, Needs: "region of provider " + cmp.Or(key, "aws")}}
	}
	return out
}

// isRegion tells a region's name from a part of one: of a text with a reference in it, a plan shows only the reference.
func isRegion(s string) bool {
	return strings.Count(s, "-") >= 2 && s[len(s)-1] >= '0' && s[len(s)-1] <= '9'
}

// constant is what an expression says if it is a constant, or one input that is handed down as one.
func (r *reader) constant(expression any, m place, depth int) any {
	e, _ := expression.(map[string]any)
	refs := texts(e["references"])
	if len(refs) == 0 {
		return e["constant_value"]
	}
	name, ok := cut(refs[0], "var.")
	if !ok || len(refs) > 1 || refs[0] != "var."+name || depth > maxFollow {
		return nil
	}
	if m.parent == nil {
		if m.config != r.root {
			return nil // a module that the configuration does not tell of
		}
		return r.variables[name]
	}
	return r.constant(m.call[name], *m.parent, depth+1)
}
