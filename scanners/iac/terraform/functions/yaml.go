package functions

import (
	"errors"

	ctyyaml "github.com/zclconf/go-cty-yaml"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"go.yaml.in/yaml/v3"
)

const maxYAMLDepth = 500

const errYAML = limit("the text is not YAML of plain values")

var errNotYAML = errors.New("the text is not YAML of plain values") // the library's own text quotes the document

// yamlDecode reads a document of texts, numbers, booleans, lists and maps, with its anchors, as Terraform's own library does
// once it is known what the document unfolds to.
func yamlDecode() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{param("text", cty.String)},
		Type:   function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(a []cty.Value, _ cty.Type) (cty.Value, error) {
			var doc yaml.Node
			if yaml.Unmarshal([]byte(a[0].AsString()), &doc) != nil {
				return cty.NilVal, errYAML
			}
			left := MaxItems
			if err := unfolds(&doc, 0, &left); err != nil {
				return cty.NilVal, err
			}
			v, err := ctyyaml.YAMLDecodeFunc.Call(a)
			if err != nil {
				return cty.NilVal, errNotYAML
			}
			return finite(v)
		},
	})
}

// unfolds counts nodes: aliases of aliases would unfold without end.
func unfolds(n *yaml.Node, depth int, left *int) error {
	if *left--; *left < 0 || depth > maxYAMLDepth {
		return errTooLarge
	}
	if n.Kind == yaml.AliasNode {
		return unfolds(n.Alias, depth+1, left)
	}
	for _, c := range n.Content {
		if err := unfolds(c, depth+1, left); err != nil {
			return err
		}
	}
	return nil
}

// finite refuses numbers without end, which no configuration could be written with.
func finite(v cty.Value) (cty.Value, error) {
	return cty.Transform(v, func(_ cty.Path, v cty.Value) (cty.Value, error) {
		if v.Type() == cty.Number && v.IsKnown() && !v.IsNull() && v.AsBigFloat().IsInf() {
			return cty.NilVal, errYAML
		}
		return v, nil
	})
}
