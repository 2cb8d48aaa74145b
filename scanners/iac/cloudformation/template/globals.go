package template

import (
	"slices"
	"strings"

	"github.com/probity-scan/probity/scanners/iac/resource"
)

// underlay puts what SAM's Globals say of a type under a resource's own properties (SAM Developer Guide, Globals section).
func (s *stack) underlay(r *Resource) {
	name, serverless := strings.CutPrefix(r.Type, "AWS::Serverless::")
	n := member(s.globals, name)
	if !serverless || n == nil || !contains(s.transforms, "AWS::Serverless-2016-10-31") {
		return
	}
	switch v := (scope{stack: s}).eval(n); d := v.Data.(type) {
	case *resource.Block:
		under(&r.Block, d)
	default:
		g := v.Why()
		r.Rest = &g
	}
}

// under merges objects, and puts the elements of a list first; else what the resource says wins.
func under(b, global *resource.Block) {
	if b.Rest == nil {
		b.Rest = global.Rest
	}
	for name, g := range global.Attrs {
		own, ok := b.Attrs[name]
		if !ok {
			b.Attrs[name] = g
			continue
		}
		switch d := own.Data.(type) {
		case *resource.Block:
			if f, ok := g.Data.(*resource.Block); ok {
				under(d, f)
			}
		case resource.List:
			if l, ok := g.Data.(resource.List); ok {
				rest := d.Rest
				if rest == nil {
					rest = l.Rest
				}
				b.Attrs[name] = resource.Value{Data: resource.List{Items: slices.Concat(l.Items, d.Items), Rest: rest}, At: own.At}
			}
		}
	}
}
