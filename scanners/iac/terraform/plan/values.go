package plan

import (
	"cmp"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/iac/terraform/config"
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
		var after, unknown map[string]any
		after, unknown, c.kept = c.held.open()
		o := overlay{reader: r, change: c, module: m}
		at := m.code.Resource(c.typ, c.name)
		res := &resource.Resource{Ignores: at.Ignores(), Addr: c.address, Type: c.typ, Name: c.name, Former: c.former, Aliases: r.aliases(c)}
		res.Block = *o.block(after, unknown, c.setBy(conf.of()), known && c.kept == nil, at)
		res.Provider = r.provider(conf.provider, res)
		out = append(out, res)
		c.held = held{} // the plan of a large estate must not be held twice
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

// block reads what a block holds; p is where it stands in the code.
func (o overlay) block(after map[string]any, unknown any, conf map[string]any, known bool, p *config.Place) *resource.Block {
	b := &resource.Block{At: o.at(p), Attrs: make(map[string]resource.Value, len(after))}
	dark, _ := unknown.(map[string]any)
	for name, v := range after {
		c, set := conf[name]
		set = set || p.Makes(name)
		a := o.attribute(name, v, dark[name], c, set || !known, p)
		a.Kept = !set || !known
		b.Attrs[name] = a
	}
	for name, u := range dark {
		if _, ok := after[name]; !ok {
			c, set := conf[name]
			set = set || !known || p.Makes(name) || p == nil && o.change.mayBeMade(name)
			b.Attrs[name] = o.attribute(name, nil, u, c, set, p)
		}
	}
	if !o.change.bare {
		return b
	}
	// what is not known yet is left out of planned values, and so is told from what is not set by the configuration alone
	for name, c := range conf {
		if _, ok := b.Attrs[name]; !ok {
			b.Attrs[name] = o.attribute(name, nil, true, c, true, p)
		}
	}
	if !known {
		b.Rest = &probity.Gap{Reason: probity.Computed, Because: "the plan does not tell what is set of " + o.change.address}
	}
	return b
}

func (o overlay) at(p *config.Place) *probity.Origin {
	if p == nil {
		return o.change.origin
	}
	return p.At()
}

func (o overlay) attribute(name string, after, unknown, conf any, set bool, p *config.Place) resource.Value {
	at := o.change.origin
	if p != nil {
		at = p.Attr(name)
	}
	v := resource.Value{At: at}
	switch after := after.(type) {
	case map[string]any:
		if !resource.IsSecret(name) && unknown != true {
			return o.nested(after, unknown, conf, inside(p, name), at)
		}
	case []any:
		if !resource.IsSecret(name) && unknown != true {
			v.Data = o.list(name, after, unknown, conf, p, at)
			return v
		}
	}
	v.Data = o.scalar(name, after, unknown, conf, set)
	if _, ok := v.Data.(resource.Unknown); ok && unknown == true {
		if list, ok := o.listed(name, conf, p, at); ok {
			v.Data = list
		}
	}
	return v
}

func inside(p *config.Place, name string) *config.Place {
	if p == nil {
		return nil
	}
	return p.Whole(name)
}

func (o overlay) nested(after map[string]any, unknown, conf any, p *config.Place, at *probity.Origin) resource.Value {
	inner, known := conf.(map[string]any)
	for _, expression := range []string{"references", "constant_value"} { // which says all at once
		if _, ok := inner[expression]; ok {
			known = false
		}
	}
	return resource.Value{Data: o.block(after, unknown, inner, known, p), At: at}
}

func (o overlay) list(name string, after []any, unknown, conf any, p *config.Place, at *probity.Origin) resource.List {
	dark, _ := unknown.([]any)
	made := parts(name, after, conf, p)
	out := resource.List{Items: make([]resource.Value, len(after))}
	for i, item := range after {
		var u any
		if i < len(dark) {
			u = dark[i]
		}
		switch item := item.(type) {
		case map[string]any:
			from := at
			if made[i].place != nil {
				from = made[i].place.At()
			}
			out.Items[i] = o.nested(item, u, made[i].conf, made[i].place, from)
		case []any:
			out.Items[i] = resource.Value{Data: o.list(name, item, u, made[i].conf, p, at), At: at}
		default:
			out.Items[i] = resource.Value{Data: o.scalar(name, item, u, made[i].conf, true), At: at}
		}
	}
	return out
}

// scalar is the value of what is neither a block nor a list.
func (o overlay) scalar(name string, after, unknown, conf any, set bool) any {
	if resource.IsSecret(name) {
		return o.secret(name, after, unknown, conf, set)
	}
	if unknown == true {
		return o.unknown(name, conf, set)
	}
	switch v := after.(type) {
	case redaction:
		return resource.Unknown{Gap: probity.Gap{Reason: probity.Filtered, Because: "it is marked as sensitive"}}
	case string:
		if strings.HasSuffix(v, cutMark) {
			return resource.Unknown{Gap: probity.Gap{Reason: probity.Unreadable, Because: "the text is longer than 1 MiB"}}
		}
		return v
	case bool, float64:
		return v
	}
	return nil
}

func (o overlay) unknown(name string, conf any, set bool) any {
	if !set {
		return nil
	}
	e, _ := conf.(map[string]any)
	if refs := texts(e["references"]); len(refs) > 0 && names(o.change.typ, name) {
		if ref, ok := o.follow(refs, o.module, o.change.index, 0); ok {
			return ref
		}
	}
	return resource.Unknown{Gap: probity.Gap{Reason: probity.Computed, Because: o.change.address + "." + name}}
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
	if only, _ := r.constant(conf["allowed_account_ids"], r.instanceOf(module), 0).([]any); len(only) == 1 {
		out.Account, _ = only[0].(string)
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
