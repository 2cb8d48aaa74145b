package config

import (
	"strconv"

	"go.yaml.in/yaml/v3"
)

// lines finds where in the file something stands: a key, and an item of its list.
type lines struct{ root *yaml.Node }

func linesOf(b []byte) lines {
	var doc yaml.Node
	if yaml.Unmarshal(b, &doc) != nil || len(doc.Content) == 0 {
		return lines{}
	}
	return lines{doc.Content[0]}
}

// of gives ":12" for a key, or for one of its items; empty where it cannot be told.
func (l lines) of(key string, item int) string {
	if n := l.line(key, item); n > 0 {
		return ":" + strconv.Itoa(n)
	}
	return ""
}

// line is where a key or one of its items stands; 0 where it cannot be told.
func (l lines) line(key string, item int) int {
	if l.root == nil {
		return 0
	}
	for i := 0; i+1 < len(l.root.Content); i += 2 {
		if l.root.Content[i].Value != key {
			continue
		}
		n := l.root.Content[i]
		if v := l.root.Content[i+1]; item >= 0 && item < len(v.Content) {
			n = v.Content[item]
		}
		return n.Line
	}
	return 0
}

// below is what stands behind keys, each inside of the one before; nil: nothing does.
func (l lines) below(keys ...string) *yaml.Node {
	n := l.root
	for _, key := range keys {
		if n != nil && n.Kind == yaml.AliasNode {
			n = n.Alias
		}
		if n == nil || n.Kind != yaml.MappingNode {
			return nil
		}
		i := 0
		for ; i+1 < len(n.Content) && n.Content[i].Value != key; i += 2 {
		}
		if i+1 >= len(n.Content) {
			return nil
		}
		n = n.Content[i+1]
	}
	return n
}
