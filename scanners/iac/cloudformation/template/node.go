package template

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

type pair struct{ key, value *yaml.Node }

// follow leads an alias to what it stands for; nil for one that leads nowhere.
func follow(n *yaml.Node) *yaml.Node {
	for range maxDepth {
		if n == nil || n.Kind != yaml.AliasNode {
			return n
		}
		n = n.Alias
	}
	return nil
}

// pairs are the members of a mapping.
func pairs(n *yaml.Node) []pair {
	if n = follow(n); n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	out := make([]pair, 0, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		if k := follow(n.Content[i]); k != nil && k.Kind == yaml.ScalarNode {
			out = append(out, pair{k, n.Content[i+1]})
		}
	}
	return out
}

// member is a mapping's value by its key; the last one wins where there are several.
func member(n *yaml.Node, key string) *yaml.Node {
	var out *yaml.Node
	for _, p := range pairs(n) {
		if p.key.Value == key {
			out = p.value
		}
	}
	return out
}

// textOf is a scalar's text.
func textOf(n *yaml.Node) string {
	if n = follow(n); n != nil && n.Kind == yaml.ScalarNode {
		return n.Value
	}
	return ""
}

// scalars are the texts of a scalar or of a list of them; of a mapping, its Name: as transforms are written.
func scalars(n *yaml.Node) []string {
	switch n = follow(n); {
	case n == nil:
	case n.Kind == yaml.ScalarNode:
		return []string{n.Value}
	case n.Kind == yaml.MappingNode:
		return scalars(member(n, "Name"))
	case n.Kind == yaml.SequenceNode:
		var out []string
		for _, c := range n.Content {
			if c = follow(c); c != nil && c.Kind != yaml.SequenceNode {
				out = append(out, scalars(c)...)
			}
		}
		return out
	}
	return nil
}

// function takes apart a call of an intrinsic function, in its long form or as a tag.
func function(n *yaml.Node) (name string, arg *yaml.Node, ok bool) {
	if strings.HasPrefix(n.Tag, "!") && !strings.HasPrefix(n.Tag, "!!") && len(n.Tag) > 1 {
		plain := *n
		if name, plain.Tag = n.Tag[1:], ""; name != "Ref" && name != "Condition" {
			name = "Fn::" + name
		}
		return name, &plain, true
	}
	if n.Kind == yaml.MappingNode && len(n.Content) == 2 {
		switch key := n.Content[0].Value; {
		case key == "Ref", strings.HasPrefix(key, "Fn::") && !strings.HasPrefix(key, loop):
			return key, n.Content[1], true
		case key == "Condition" && n.Content[1].Kind == yaml.ScalarNode:
			return key, n.Content[1], true
		}
	}
	return "", nil, false
}

func isFunction(n *yaml.Node) bool {
	_, _, ok := function(n)
	return ok
}
