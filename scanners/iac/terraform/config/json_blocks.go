package config

import (
	"github.com/hashicorp/hcl/v2"
)

// nested takes the value of an attribute of JSON for blocks, if there is a dynamic block in it at any depth: else its value
// has the same shape in the end, and stays an expression.
func nested(typ string, e hcl.Expression, at hcl.Range) ([]*block, bool) {
	var out []*block
	found := false
	for _, item := range oneOrMany(e) {
		pairs, diags := hcl.ExprMap(item)
		if diags.HasErrors() {
			return nil, false
		}
		b, dynamic := pairsBody(pairs, at)
		found = found || dynamic
		out = append(out, &block{typ: typ, body: b, at: at})
	}
	return out, found
}

func oneOrMany(e hcl.Expression) []hcl.Expression {
	if list, diags := hcl.ExprList(e); !diags.HasErrors() {
		return list
	}
	return []hcl.Expression{e}
}

func pairsBody(pairs []hcl.KeyValuePair, at hcl.Range) (*body, bool) {
	out := &body{attrs: map[string]*hcl.Attribute{}, at: at}
	found := false
	for _, p := range pairs {
		name, ok := constantText(p.Key)
		if !ok {
			continue // a key that is not a text names no block
		}
		blocks, ok := nested(name, p.Value, p.Key.Range())
		if name == "dynamic" && !ok {
			blocks, ok = dynamics(p.Value)
		}
		if ok {
			found = true
			out.blocks = append(out.blocks, blocks...)
		} else {
			out.attrs[name] = &hcl.Attribute{Name: name, Expr: p.Value, Range: p.Key.Range(), NameRange: p.Key.Range()}
		}
	}
	return out, found
}

// dynamics are the blocks below "dynamic". A map that has such a key for another reason is none.
func dynamics(e hcl.Expression) ([]*block, bool) {
	var out []*block
	for _, item := range oneOrMany(e) {
		types, diags := hcl.ExprMap(item)
		if diags.HasErrors() {
			return nil, false
		}
		for _, t := range types {
			typ, ok := constantText(t.Key)
			if !ok {
				return nil, false
			}
			for _, d := range oneOrMany(t.Value) {
				b, ok := dynamicBody(d, t.Key.Range())
				if !ok {
					return nil, false
				}
				out = append(out, &block{typ: "dynamic", labels: []string{typ}, body: b, at: t.Key.Range()})
			}
		}
	}
	return out, len(out) > 0
}

func dynamicBody(e hcl.Expression, at hcl.Range) (*body, bool) {
	pairs, diags := hcl.ExprMap(e)
	if diags.HasErrors() {
		return nil, false
	}
	out := &body{attrs: map[string]*hcl.Attribute{}, at: at}
	for _, p := range pairs {
		name, _ := constantText(p.Key)
		if name != "content" {
			out.attrs[name] = &hcl.Attribute{Name: name, Expr: p.Value, Range: p.Key.Range(), NameRange: p.Key.Range()}
			continue
		}
		for _, c := range oneOrMany(p.Value) {
			in, diags := hcl.ExprMap(c)
			if diags.HasErrors() {
				return nil, false
			}
			b, _ := pairsBody(in, p.Key.Range())
			out.blocks = append(out.blocks, &block{typ: "content", body: b, at: p.Key.Range()})
		}
	}
	return out, out.attrs["for_each"] != nil && len(out.blocks) > 0
}
