package config

import (
	"maps"

	"github.com/hashicorp/hcl/v2"
)

// demand is what an expression wants of a resource, a data source or a module: some attributes, or all of them.
type demand struct {
	root, typ, name string
	attrs           map[string]bool
	whole           bool
}

func demanded(all map[string]demand, t hcl.Traversal) {
	d := demand{root: t.RootName()}
	at := 2
	switch d.root {
	case "data", "ephemeral", "resource":
		d.typ, d.name, at = step(t, 1), step(t, 2), 3
	case "module":
		d.name = step(t, 1)
	default:
		d.root, d.typ, d.name = "", d.root, step(t, 1)
	}
	key := d.root + "." + d.typ + "." + d.name
	if old, ok := all[key]; ok {
		d.attrs, d.whole = maps.Clone(old.attrs), old.whole
	}
	if d.attrs == nil {
		d.attrs = map[string]bool{}
	}
	if at < len(t) {
		if _, ok := t[at].(hcl.TraverseIndex); ok {
			at++
		}
	}
	attr := ""
	if at < len(t) {
		if a, ok := t[at].(hcl.TraverseAttr); ok {
			attr = a.Name
		}
	}
	if attr == "" {
		d.whole = true
	} else {
		d.attrs[attr] = true
	}
	all[key] = d
}
