package template

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/probity-scan/probity/scanners/iac/resource"
)

// sub fills in a text's ${names}: of its own variables first, then of parameters, resources and their attributes.
func (s scope) sub(arg *yaml.Node) resource.Value {
	pattern, own := arg, map[string]*variable{}
	if a, ok := args(arg, 1); ok {
		pattern = a[0]
		if len(a) > 1 {
			for _, p := range pairs(a[1]) {
				own[p.key.Value] = &variable{node: p.value}
			}
		}
	}
	n := follow(pattern)
	if n == nil || n.Kind != yaml.ScalarNode {
		return malformed("Fn::Sub")
	}
	var t text
	rest := n.Value
	for {
		before, after, found := strings.Cut(rest, "${")
		t.b.WriteString(before)
		if !found {
			return t.value()
		}
		name, tail, closed := strings.Cut(after, "}")
		if !closed {
			t.b.WriteString("${" + after)
			return t.value()
		}
		rest = tail
		if s.root.fuel--; s.root.fuel <= 0 {
			return unknown(exhausted())
		}
		if literal, ok := strings.CutPrefix(name, "!"); ok {
			t.b.WriteString("${" + literal + "}")
			continue
		}
		if !t.add(s.named(strings.TrimSpace(name), own)) {
			return malformed("Fn::Sub")
		}
	}
}

// variable is worked out once, however often the text names it.
type variable struct {
	node  *yaml.Node
	value *resource.Value
}

func (s scope) named(name string, own map[string]*variable) resource.Value {
	if v, ok := own[name]; ok {
		if v.value == nil {
			out := s.eval(v.node)
			v.value = &out
		}
		return *v.value
	}
	if id, attr, ok := strings.Cut(name, "."); ok {
		return s.attribute(id, attr)
	}
	return s.ref(name)
}
