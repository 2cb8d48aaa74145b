package kubernetes

import (
	"errors"
	"strconv"

	"go.yaml.in/yaml/v3"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

const (
	maxValues = 400_000 // of one document, with aliases expanded
	maxDepth  = 100
)

var (
	errLarge    = errors.New("it expands to more values than are read")
	errTemplate = errors.New("it is a template that nothing here renders") // {{ name }} is a mapping of a mapping
	errDeep     = errors.New("it is nested too deep, or holds itself")
)

// step is the way to a value from the top of a document.
type step struct {
	up    *step
	key   string
	index int
}

// placer tells where a value of a document stands in the repository. key is the node to point at.
type placer interface {
	at(key *yaml.Node, way *step) *probity.Origin
}

// converter turns nodes into values, expanding aliases as far as its bounds go.
type converter struct {
	place placer
	left  int
}

func (c *converter) value(n, key *yaml.Node, way *step, depth int) (resource.Value, error) {
	if c.left--; c.left < 0 {
		return resource.Value{}, errLarge
	}
	if depth > maxDepth {
		return resource.Value{}, errDeep
	}
	v := resource.Value{At: c.place.at(key, way)}
	var err error
	switch n.Kind {
	case yaml.AliasNode:
		return c.value(n.Alias, key, way, depth+1)
	case yaml.MappingNode:
		b := &resource.Block{At: v.At, Attrs: map[string]resource.Value{}}
		v.Data, err = b, c.mapping(b, n, way, depth)
	case yaml.SequenceNode:
		l := resource.List{Items: make([]resource.Value, 0, len(n.Content))}
		for i, e := range n.Content {
			item, err := c.value(e, e, &step{up: way, index: i}, depth+1)
			if err != nil {
				return v, err
			}
			l.Items = append(l.Items, item)
		}
		v.Data = l
	case yaml.ScalarNode:
		v.Data = scalar(n)
	}
	return v, err
}

func (c *converter) mapping(b *resource.Block, n *yaml.Node, way *step, depth int) error {
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		if key.Kind == yaml.MappingNode {
			return errTemplate
		}
		if key.Tag == "!!merge" {
			if err := c.merge(b, val, way, depth); err != nil {
				return err
			}
			continue
		}
		v, err := c.value(val, key, &step{up: way, key: key.Value}, depth+1)
		if err != nil {
			return err
		}
		b.Attrs[key.Value] = v
	}
	return nil
}

// merge takes what "<<" brings, where the mapping says nothing itself. What it says later overwrites.
func (c *converter) merge(b *resource.Block, n *yaml.Node, way *step, depth int) error {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind == yaml.SequenceNode {
		for _, e := range n.Content {
			if err := c.merge(b, e, way, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	if n.Kind != yaml.MappingNode {
		return nil
	}
	if depth > maxDepth {
		return errDeep
	}
	other := &resource.Block{Attrs: map[string]resource.Value{}}
	if err := c.mapping(other, n, way, depth+1); err != nil {
		return err
	}
	for k, v := range other.Attrs {
		if _, said := b.Attrs[k]; !said {
			b.Attrs[k] = v
		}
	}
	return nil
}

// scalar reads a plain value as Kubernetes does.
func scalar(n *yaml.Node) any {
	switch n.Tag {
	case "!!null":
		return nil
	case "!!bool":
		if b, err := strconv.ParseBool(n.Value); err == nil {
			return b
		}
	case "!!int", "!!float":
		if f, err := strconv.ParseFloat(n.Value, 64); err == nil {
			return f
		}
	}
	return n.Value
}

// text is a scalar as a text: where Kubernetes wants one, people write 5432 without quotes.
func text(v resource.Value) string {
	s, _ := v.Text(probity.Fact[string]{}).Get()
	if b, ok := v.Data.(bool); ok {
		s = strconv.FormatBool(b)
	}
	return s
}

// items are the mappings of a list.
func items(v resource.Value) []*resource.Block {
	out, _ := v.Blocks()
	return out
}

// texts are the scalars of a list.
func texts(v resource.Value) []string {
	var out []string
	all, _ := v.Each()
	for _, e := range all {
		out = append(out, text(e))
	}
	return out
}

// pairs are the scalars of a mapping, such as labels.
func pairs(v resource.Value) map[string]string {
	out := map[string]string{}
	if b, ok := v.Data.(*resource.Block); ok {
		for k, e := range b.Attrs {
			out[k] = text(e)
		}
	}
	return out
}
