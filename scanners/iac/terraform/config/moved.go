package config

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// move says that what has one address in a module had another one before.
type move struct{ from, to address }

// address is a resource or module, or an instance of it, from the outermost module inwards.
type address []part

// part is "module.m" or "type.name" with its key, as in "[0]"; empty for none.
type part struct{ name, key string }

func (a address) String() string {
	var b strings.Builder
	for i, p := range a {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(p.name + p.key)
	}
	return b.String()
}

// addMove takes a moved block; one that is malformed moves nothing, and Terraform refuses it.
func (l *loader) addMove(m *module, b *hcl.Block) {
	attrs := l.body(b.Body, b.DefRange).attrs
	if from, to := addressOf(attrs["from"]), addressOf(attrs["to"]); from != nil && to != nil {
		if m.moves == nil {
			m.moves = map[string][]move{}
		}
		name := to[len(to)-1].name
		m.moves[name] = append(m.moves[name], move{from, to})
	}
}

func addressOf(a *hcl.Attribute) address {
	if a == nil {
		return nil
	}
	t, diags := hcl.AbsTraversalForExpr(a.Expr)
	if diags.HasErrors() {
		return nil
	}
	var out address
	for i := 0; i < len(t); {
		first, second := step(t, i), step(t, i+1)
		if first == "" || second == "" {
			return nil
		}
		p := part{name: first + "." + second}
		if i += 2; i < len(t) {
			if x, ok := t[i].(hcl.TraverseIndex); ok {
				p.key = keyOf(x.Key).suffix()
				i++
			}
		}
		if out = append(out, p); first != "module" {
			if i < len(t) {
				return nil
			}
			break
		}
	}
	return out
}

func keyOf(v cty.Value) key {
	if v.Type() == cty.Number {
		n, _ := v.AsBigFloat().Int64()
		return key{kind: counted, index: int(n)}
	}
	if s, ok := toText(v); ok {
		return key{kind: each, name: s}
	}
	return key{}
}

const maxMoves = 50 // of one resource

// former lists the addresses that an instance of a resource had before, by the moves of its module and those around it.
func (m *instance) former(b *resourceBlock, k key) []string {
	if !m.moves {
		return nil
	}
	now := append(m.parts(), part{b.typ + "." + b.name, k.suffix()})
	all := []address{now}
	seen := map[string]bool{now.String(): true}
	for i := 0; i < len(all) && i < maxMoves; i++ {
		for in := m; in != nil; in = in.parent {
			at := in.parts()
			for _, p := range all[i][min(len(at), len(all[i])):] {
				for _, mv := range in.mod.moves[p.name] {
					if m.root.fuel--; m.root.fuel <= 0 {
						return nil
					}
					if was := mv.before(at, all[i]); was != nil && !seen[was.String()] {
						seen[was.String()] = true
						all = append(all, was)
					}
				}
			}
		}
	}
	var out []string
	for _, a := range all[1:] {
		out = append(out, a.String())
	}
	return out
}

// parts is the address of a module instance.
func (m *instance) parts() address {
	if m.parent == nil {
		return nil
	}
	return append(m.parent.parts(), part{"module." + m.call.name, m.key.suffix()})
}

// before is the address that something had before a move of a module instance; nil where the move is not of it. Without a key
// on either side all instances are moved, with their keys.
func (v move) before(in, now address) address {
	if len(now) < len(in)+len(v.to) || !slices.Equal(now[:len(in)], in) {
		return nil
	}
	last := len(v.to) - 1
	moved, rest := now[len(in):len(in)+last+1], now[len(in)+last+1:]
	if !slices.Equal(moved[:last], v.to[:last]) || moved[last].name != v.to[last].name {
		return nil
	}
	out := append(slices.Clone(in), v.from...)
	if v.to[last].key == "" && v.from[len(v.from)-1].key == "" {
		out[len(out)-1].key = moved[last].key
	} else if moved[last].key != v.to[last].key {
		return nil
	}
	return append(out, rest...)
}
