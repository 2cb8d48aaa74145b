package config

import (
	"context"
	"io/fs"
	"path"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/calls"
)

// Places tells where the blocks of a root and of its modules stand in its files. They are read within the same bounds as for
// an evaluation, and nothing is evaluated.
type Places struct {
	root *Root
	top  *Module
}

// Locate parses a root and the modules that it calls. What cannot be read stands nowhere.
func Locate(ctx context.Context, fsys fs.FS, o Options) (*Places, error) {
	o.Dir = path.Clean(o.Dir)
	r := &Root{Options: o, stopped: ctx.Err, sources: map[string][]byte{}}
	r.loader = loader{fsys: fsys, mappings: o.Modules, modules: map[string]*module{}, sources: r.sources, places: true}
	r.loader.installs = r.loader.installed(r.Dir)
	top, err := r.loader.module(r.Dir)
	if err != nil {
		return nil, err
	}
	r.loader.follow(top, "", nil, standing{sources: r.sources})
	return &Places{root: r, top: &Module{standing: standing{sources: r.sources}, mod: top}}, nil
}

// Root is the root module.
func (p *Places) Root() *Module { return p.top }

// Module is a module as one chain of calls reaches it; nil is one whose code is not at hand.
type Module struct {
	standing
	mod    *module
	calls  map[string]*Module
	places map[string]*Place
	asks   []probity.Ignore // in comments of the calls that lead here
}

// Call is the module that a block of a name calls. Nil for one of another source, if a source is given: the code has changed.
func (m *Module) Call(name, source string) *Module {
	if m == nil {
		return nil
	}
	if kid, ok := m.calls[name]; ok {
		return kid
	}
	if m.calls == nil {
		m.calls = map[string]*Module{}
	}
	m.calls[name] = m.call(name, source)
	return m.calls[name]
}

func (m *Module) call(name, source string) *Module {
	c := m.mod.calls[name]
	if c == nil || c.target == nil {
		return nil
	}
	if local := calls.IsLocal(c.source); source != "" && (local != calls.IsLocal(source) || local && path.Clean(c.source) != path.Clean(source)) {
		return nil
	}
	return &Module{standing: m.called(c.at, c.target.other), mod: c.target, asks: append(m.asked(c.asked), m.asks...)}
}

// Calls reports whether the module has a block that calls a module by that name.
func (m *Module) Calls(name string) bool { return m != nil && m.mod.calls[name] != nil }

// Resource is the block of a managed resource; nil when the code has none.
func (m *Module) Resource(typ, name string) *Place {
	if m == nil {
		return nil
	}
	key := typ + "." + name
	if p, ok := m.places[key]; ok {
		return p
	}
	var p *Place
	if b := m.mod.byName[key]; b != nil {
		p = &Place{module: m, body: b.body, at: m.origin(b.at), asks: append(m.asked(b.asked), m.asks...)}
	}
	if m.places == nil {
		m.places = map[string]*Place{}
	}
	m.places[key] = p
	return p
}
