package config

import (
	"path"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// instance is one instance of a module: its code with the inputs of one call.
type instance struct {
	standing
	root   *Root
	mod    *module
	parent *instance
	call   *call
	key    key
	addr   string // module.a["x"]; empty for the root module
	maybe  *probity.Gap
	cells  map[string]*cell
	blocks map[*resourceBlock]*expansion
	kids   map[string]*family
	moves  bool // it or one around it has moves
}

type family struct {
	instances []*instance
	kind      keyKind
	gap       *probity.Gap
	capped    bool
}

// cell holds a value while and after it is worked out.
type cell struct {
	value cty.Value
	size  int
	done  bool
}

func (r *Root) instance(m *module, parent *instance, c *call, addr string, at standing) *instance {
	return &instance{standing: at, root: r, mod: m, parent: parent, call: c, addr: addr, cells: map[string]*cell{},
		moves: len(m.moves) > 0 || parent != nil && parent.moves, blocks: map[*resourceBlock]*expansion{}, kids: map[string]*family{}}
}

// memo works a value out once. A value that needs itself is unknown, and so is one at the end of an endless chain.
func (m *instance) memo(name string, work func() cty.Value) *cell {
	if c, ok := m.cells[name]; ok {
		if !c.done {
			return &cell{value: unevaluated(name + " refers to itself")}
		}
		return c
	}
	r := m.root
	if r.depth >= maxEval {
		return &cell{value: unevaluated("values refer to each other too deeply")}
	}
	c := &cell{}
	m.cells[name] = c
	r.depth++
	c.value = work()
	r.depth--
	c.size, c.done = size(c.value), true
	return c
}

func (m *instance) address(b *resourceBlock, k key) string {
	a := b.typ + "." + b.name + k.suffix()
	if b.data {
		a = "data." + a
	}
	if m.addr != "" {
		a = m.addr + "." + a
	}
	return a
}

// children are the instances of a called module.
func (m *instance) children(c *call) *family {
	if f, ok := m.kids[c.name]; ok {
		return f
	}
	f := &family{}
	m.kids[c.name] = f
	x := m.expandBody(c.body)
	f.kind, f.gap, f.capped = x.kind, x.gap, x.capped
	at := m.called(c.at, c.target.other) // one for all instances
	for _, k := range x.keys {
		if m.root.count++; m.root.count > maxModules {
			f.gap = &probity.Gap{Reason: probity.Unresolved, Needs: "module." + c.name, Because: "the root has more than 10,000 module instances"}
			f.capped = true
			break
		}
		addr := strings.TrimPrefix(m.addr+".module."+c.name+k.suffix(), ".")
		kid := m.root.instance(c.target, m, c, addr, at)
		kid.key, kid.maybe = k, first(x.maybe(), m.maybe)
		f.instances = append(f.instances, kid)
	}
	return f
}

// path is path.module: relative to the root module, where Terraform runs.
func (m *instance) path() string {
	from, to := m.root.Dir, m.mod.dir
	if from == to {
		return "."
	}
	up := ""
	for from != "." && from != "" {
		if rest, ok := strings.CutPrefix(to+"/", from+"/"); ok {
			return path.Clean(up + rest)
		}
		from, up = path.Dir(from), up+"../"
	}
	return path.Clean(up + to)
}

// given lists the addresses and texts that a module's inputs hold.
func (m *instance) given(c *call) []string {
	var out []string
	for name, a := range c.body.attrs {
		if !isMeta(name) && !resource.IsSecret(name) {
			out = append(out, held(m.root.value(m.scope(key{}).eval(a.Expr), nil))...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func held(v resource.Value) []string {
	var refs []resource.Ref
	var out []string
	switch d := v.Data.(type) {
	case resource.Ref:
		refs = []resource.Ref{d}
	case resource.Template:
		refs = d.Refs
	case resource.Unknown:
		refs = d.Refs
	case string:
		return []string{d}
	case resource.List:
		for _, i := range d.Items {
			out = append(out, held(i)...)
		}
	case *resource.Block:
		for _, a := range d.Attrs {
			out = append(out, held(a)...)
		}
	}
	for _, r := range refs {
		out = append(out, r.Addr)
	}
	return out
}
