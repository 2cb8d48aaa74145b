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
	w := wire{Fields: n.fields, Items: n.items, Form: n.form, Gap: n.gap}
	if n.form == closed {
		v, err := ast.JSON(n.value)
		if err != nil {
			return nil, fmt.Errorf("writing a value: %w", err)
		}
		if w.Value, err = json.Marshal(v); err != nil {
			return nil, fmt.Errorf("writing a value: %w", err)
		}
	}
	for _, d := range n.domain {
		v, err := ast.JSON(d)
		if err != nil {
			return nil, fmt.Errorf("writing a gap's values: %w", err)
		}
		w.Domain = append(w.Domain, v)
	}
	return json.Marshal(w)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (n *Node) UnmarshalJSON(b []byte) error {
	var w wire
	if err := json.Unmarshal(b, &w); err != nil {
		return err
	}
	*n = Node{form: w.Form, fields: w.Fields, items: w.Items, gap: w.Gap}
	if n.form == closed {
		var v any
		if err := json.Unmarshal(w.Value, &v); err != nil {
			return err
		}
		a, err := ast.InterfaceToValue(v)
		if err != nil {
			return fmt.Errorf("reading a value: %w", err)
		}
		n.value = a
	}
	if n.form == missing && n.gap == nil {
		n.gap = &probity.Gap{Reason: probity.NotCollected}
	}
	for _, d := range w.Domain {
		a, err := ast.InterfaceToValue(d)
		if err != nil {
			return fmt.Errorf("reading a gap's values: %w", err)
		}
		n.domain = append(n.domain, a)
	}
	return nil
}
