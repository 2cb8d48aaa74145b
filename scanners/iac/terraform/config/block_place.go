package config

import (
	"slices"

	probity "github.com/probity-scan/probity"
)

// Place is where a block stands, and what is written in it; nil is a block that the code does not have.
type Place struct {
	// Dynamic says that the block is made of a dynamic one, as often as that says.
	Dynamic bool
	module  *Module
	body    *body // nil: written as a value, in which nothing is told apart
	at      *probity.Origin
	attrs   map[string]*probity.Origin
	blocks  map[string][]*Place
	asks    []probity.Ignore
}

// At is the block's own place.
func (p *Place) At() *probity.Origin { return p.at }

// Attr is where an attribute stands, or else the first nested block of that name, or else the block itself.
func (p *Place) Attr(name string) *probity.Origin {
	if o, ok := p.attrs[name]; ok {
		return o
	}
	o := p.at
	if p.body != nil {
		if a := p.body.attrs[name]; a != nil {
			o = p.module.origin(a.NameRange)
		} else if n := p.body.first(name); n != nil {
			o = p.module.origin(n.at)
		}
	}
	if p.attrs == nil {
		p.attrs = map[string]*probity.Origin{}
	}
	p.attrs[name] = o
	return o
}

func (b *body) first(name string) *block {
	for _, n := range b.blocks {
		if blockName(n) == name {
			return n
		}
	}
	return nil
}

// Blocks are the nested blocks of a name in the order in which they are written.
func (p *Place) Blocks(name string) []*Place {
	if p == nil || p.body == nil {
		return nil
	}
	if all, ok := p.blocks[name]; ok {
		return all
	}
	var all []*Place
	for _, n := range p.body.blocks {
		if blockName(n) != name {
			continue
		}
		in := &Place{Dynamic: n.typ == "dynamic", module: p.module, body: n.body, at: p.module.origin(n.at)}
		if in.Dynamic {
			if in.body = n.body.child("content"); in.body != nil {
				in.at = p.module.origin(in.body.at)
			}
		}
		all = append(all, in)
	}
	if p.blocks == nil {
		p.blocks = map[string][]*Place{}
	}
	p.blocks[name] = all
	return all
}

// Makes reports whether a dynamic block makes blocks of a name.
func (p *Place) Makes(name string) bool {
	return slices.ContainsFunc(p.Blocks(name), func(b *Place) bool { return b.Dynamic })
}

// Ignores are what comments at a resource's block, and at the calls that lead to it, ask to let be.
func (p *Place) Ignores() []probity.Ignore {
	if p == nil {
		return nil
	}
	return p.asks
}

// Literals are the attributes that are written as they are, by name: text, bool or float64. They must not be changed.
func (p *Place) Literals() map[string]any {
	if p == nil || p.body == nil {
		return nil
	}
	return p.body.literals
}

// Lists reports whether an attribute is a list of bare references: it has no other elements.
func (p *Place) Lists(name string) bool { return p != nil && p.body != nil && p.body.lists[name] }

// Whole stands for each of the blocks of a name where nobody can tell them apart.
func (p *Place) Whole(name string) *Place { return &Place{module: p.module, at: p.Attr(name)} }
