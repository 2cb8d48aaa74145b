package verdict

import (
	"encoding/json"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
)

// wire is a node's JSON: one of fields, items, value or gap.
type wire struct {
	Fields map[string]*Node `json:"fields,omitempty"`
	Items  []*Node          `json:"items,omitempty"`
	Form   form             `json:"form"`
	Value  json.RawMessage  `json:"value,omitempty"`
	Gap    *probity.Gap     `json:"gap,omitempty"`
	Domain []any            `json:"domain,omitempty"`
}

// MarshalJSON writes a node with its gaps, for another process to judge.
func (n *Node) MarshalJSON() ([]byte, error) {
	if n.form == later {
		n = n.seen(nil)
	}
	w := wire{Items: n.items, Form: n.form, Gap: n.gap}
	if n.form == structure {
		w.Fields = make(map[string]*Node, len(n.names))
		n.Each(func(name string, f *Node) { w.Fields[name] = f })
	}
	if n.form == closed {
		v, err := ast.JSON(n.value.Value)
		if err != nil {
			return nil, fmt.Errorf("writing a value: %w", err)
		}
		if w.Value, err = json.Marshal(v); err != nil {
			return nil, fmt.Errorf("writing a value: %w", err)
		}
	}
	if n.few != nil {
		for _, t := range n.few.terms {
			v, err := ast.JSON(t.Value)
			if err != nil {
				return nil, fmt.Errorf("writing a gap's values: %w", err)
			}
			w.Domain = append(w.Domain, v)
		}
	}
	return json.Marshal(w)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (n *Node) UnmarshalJSON(b []byte) error {
	var w wire
	if err := json.Unmarshal(b, &w); err != nil {
		return err
	}
	switch w.Form {
	case structure:
		*n = *Fields(w.Fields)
		n.gap = w.Gap
	case list:
		*n = *Items(w.Gap, w.Items...)
	case closed:
		var v any
		if err := json.Unmarshal(w.Value, &v); err != nil {
			return err
		}
		a, err := Value(v)
		if err != nil {
			return err
		}
		*n = *a
	default:
		return n.readGap(w)
	}
	return nil
}

func (n *Node) readGap(w wire) error {
	var few *Few
	if len(w.Domain) > 0 {
		values := make([]ast.Value, len(w.Domain))
		for i, d := range w.Domain {
			a, err := ast.InterfaceToValue(d)
			if err != nil {
				return fmt.Errorf("reading a gap's values: %w", err)
			}
			values[i] = a
		}
		few = FewOf(values...)
	}
	if w.Gap == nil {
		w.Gap = &probity.Gap{Reason: probity.NotCollected}
	}
	*n = *Gap(w.Gap, few)
	return nil
}
