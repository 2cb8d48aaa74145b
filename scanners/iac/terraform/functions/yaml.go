package functions

import (
	"math"
	"time"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"go.yaml.in/yaml/v3"
)

const maxYAMLDepth = 500

const errYAML = limit("the text is not YAML of plain values")

// yamlDecode reads a document of texts, numbers, booleans, lists and maps, with its anchors.
func yamlDecode() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{param("text", cty.String)},
		Type:   function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(a []cty.Value, _ cty.Type) (cty.Value, error) {
			var doc yaml.Node
			if yaml.Unmarshal([]byte(a[0].AsString()), &doc) != nil {
				return cty.NilVal, errYAML // the parser's text quotes the document
			}
			if len(doc.Content) == 0 {
				return cty.NilVal, errYAML
			}
			d := yamlDocument{left: MaxItems}
			return d.value(doc.Content[0], 0)
		},
	})
}

// yamlDocument counts nodes: aliases of aliases would unfold without end.
type yamlDocument struct{ left int }

func (d *yamlDocument) value(n *yaml.Node, depth int) (cty.Value, error) {
	if d.left--; d.left < 0 || depth > maxYAMLDepth {
		return cty.NilVal, errTooLarge
	}
	switch n.Kind {
	case yaml.AliasNode:
		return d.value(n.Alias, depth+1)
	case yaml.SequenceNode:
		items := make([]cty.Value, len(n.Content))
		for i, c := range n.Content {
			v, err := d.value(c, depth+1)
			if err != nil {
				return cty.NilVal, err
			}
			items[i] = v
		}
		return cty.TupleVal(items), nil
	case yaml.MappingNode:
		attrs := map[string]cty.Value{}
		err := d.mapping(n, attrs, depth)
		return cty.ObjectVal(attrs), err
	case yaml.ScalarNode:
		return scalar(n)
	}
	return cty.NilVal, errYAML
}

func (d *yamlDocument) mapping(n *yaml.Node, attrs map[string]cty.Value, depth int) error {
	own := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if k.ShortTag() == "!!merge" {
			continue
		}
		if k.Kind != yaml.ScalarNode {
			return errYAML
		}
		e, err := d.value(v, depth+1)
		if err != nil {
			return err
		}
		name, err := scalar(k)
		if err != nil || name.IsNull() {
			return errYAML
		}
		if name, err = convert.Convert(name, cty.String); err != nil {
			return errYAML
		}
		attrs[name.AsString()], own[name.AsString()] = e, true
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].ShortTag() != "!!merge" {
			continue
		}
		v, err := d.value(n.Content[i+1], depth+1)
		if err != nil {
			return err
		}
		if !v.Type().IsObjectType() {
			return errYAML
		}
		for k, e := range v.AsValueMap() {
			if !own[k] {
				attrs[k] = e
			}
		}
	}
	return nil
}

func scalar(n *yaml.Node) (cty.Value, error) {
	var v any
	switch n.ShortTag() {
	case "!!str":
		if n.Style == 0 {
			switch n.Value { // YAML 1.1, by which Terraform reads, has more words for a boolean than the library
			case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON":
				return cty.True, nil
			case "n", "N", "no", "No", "NO", "off", "Off", "OFF":
				return cty.False, nil
			}
		}
		return cty.StringVal(n.Value), nil
	case "!!timestamp":
		var at time.Time
		if n.Decode(&at) != nil {
			return cty.NilVal, errYAML
		}
		return cty.StringVal(at.Format(time.RFC3339Nano)), nil
	case "!!null":
		return cty.NullVal(cty.DynamicPseudoType), nil
	case "!!bool", "!!int", "!!float":
		if n.Decode(&v) != nil {
			return cty.NilVal, errYAML
		}
	}
	switch v := v.(type) {
	case bool:
		return cty.BoolVal(v), nil
	case int:
		return cty.NumberIntVal(int64(v)), nil
	case int64:
		return cty.NumberIntVal(v), nil
	case uint64:
		return cty.NumberUIntVal(v), nil
	case float64:
		if !math.IsInf(v, 0) && !math.IsNaN(v) {
			return cty.NumberFloatVal(v), nil
		}
	}
	return cty.NilVal, errYAML
}
