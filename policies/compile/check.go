package compile

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Check finds in a module what OPA's type checks miss: reads of paths that are not there below "every" or behind an alias,
// and comparisons with words that an enumeration does not have. Errors name file, line and column.
func Check(m *ast.Module, schema map[string]any) error {
	for _, rule := range m.Rules {
		c := checker{schema: schema, bound: map[ast.Var]ast.Ref{}}
		c.bind(rule)
		var err error
		ast.WalkExprs(rule, func(e *ast.Expr) bool {
			if err == nil {
				err = c.expr(e)
			}
			return err != nil
		})
		if err != nil {
			return err
		}
		if err := c.head(rule); err != nil {
			return err
		}
	}
	return nil
}

// head checks what a rule yields: a fact that assets have, and an element that is text.
func (c *checker) head(rule *ast.Rule) error {
	if rule.Head.Name != "violation" || rule.Head.Key == nil {
		return nil
	}
	at := fmt.Sprintf("%s:%d:%d", rule.Location.File, rule.Location.Row, rule.Location.Col)
	object, ok := rule.Head.Key.Value.(ast.Object)
	if !ok {
		return nil // a variable: the verdict checks what it holds
	}
	const shape = `a violation is {"fact": path} or {"fact": path, "element": text}`
	fact := object.Get(ast.StringTerm("fact"))
	if fact == nil || object.Len() > 2 || object.Len() == 2 && object.Get(ast.StringTerm("element")) == nil {
		return fmt.Errorf("%s: %s", at, shape)
	}
	if element := object.Get(ast.StringTerm("element")); element != nil {
		switch element.Value.(type) {
		case ast.Number, ast.Boolean, ast.Null, ast.Object, *ast.Array, ast.Set:
			return fmt.Errorf("%s: %s", at, shape)
		}
	}
	path, ok := fact.Value.(ast.String)
	if !ok {
		return nil
	}
	ref := ast.InputRootRef
	for _, name := range strings.Split(string(path), ".") {
		ref = ref.Append(ast.StringTerm(name))
	}
	if _, ok := c.at(ref); !ok {
		return fmt.Errorf("%s: assets have no fact %s", at, string(path))
	}
	return nil
}

// Checked compiles sources, and checks the rule of one file against the schema of assets: once for the settings of each kind
// that it is for. The last compiler is given.
func Checked(sources map[string][]byte, file string, asset map[string]any, settings ...any) (*ast.Compiler, error) {
	m, err := Parse(file, sources[file])
	if err != nil {
		return nil, err
	}
	schemas := []map[string]any{asset}
	if len(settings) > 0 {
		schemas = nil
	}
	for _, s := range settings {
		schemas = append(schemas, WithSettings(asset, s))
	}
	var c *ast.Compiler
	for _, schema := range schemas {
		if c, err = Sources(sources, schema); err != nil {
			return nil, err
		}
		if err := Check(m, schema); err != nil {
			return nil, err
		}
	}
	return c, nil
}

type checker struct {
	schema map[string]any
	bound  map[ast.Var]ast.Ref // what local variables stand for
}

// bind learns "x := input.a", "some x in input.a" and "every x in input.a".
func (c *checker) bind(rule *ast.Rule) {
	element := func(v *ast.Term, in *ast.Term) {
		name, ok := v.Value.(ast.Var)
		ref, isRef := in.Value.(ast.Ref)
		if ok && isRef {
			c.bound[name] = ref.Append(ast.VarTerm("_"))
		}
	}
	ast.WalkExprs(rule, func(e *ast.Expr) bool {
		if e.IsAssignment() || e.IsEquality() {
			v, isVar := e.Operand(0).Value.(ast.Var)
			ref, isRef := e.Operand(1).Value.(ast.Ref)
			if isVar && isRef {
				c.bound[v] = ref
			}
		}
		if every, ok := e.Terms.(*ast.Every); ok {
			element(every.Value, every.Domain)
		}
		if some, ok := e.Terms.(*ast.SomeDecl); ok {
			for _, s := range some.Symbols {
				if call, ok := s.Value.(ast.Call); ok && len(call) >= 3 {
					element(call[len(call)-2], call[len(call)-1])
				}
			}
		}
		return false
	})
}

func (c *checker) expr(e *ast.Expr) error {
	var err error
	ast.WalkRefs(e, func(ref ast.Ref) bool {
		if _, ok := c.at(ref); !ok && err == nil {
			err = fmt.Errorf("%s: assets have no %s", location(e), strings.TrimPrefix(ref.String(), "input."))
		}
		return false
	})
	if err != nil || !e.IsCall() || len(e.Operands()) != 2 {
		return err
	}
	a, b := e.Operand(0), e.Operand(1)
	if err := c.words(e, a, b); err != nil {
		return err
	}
	return c.words(e, b, a)
}

// words checks string literals that are compared with an enumeration.
func (c *checker) words(e *ast.Expr, at, literal *ast.Term) error {
	ref, ok := at.Value.(ast.Ref)
	if !ok {
		return nil
	}
	node, ok := c.at(ref)
	if !ok || node == nil {
		return nil
	}
	enum, _ := node["enum"].([]any)
	if len(enum) == 0 {
		return nil
	}
	var wrong error
	check := func(t *ast.Term) {
		if s, ok := t.Value.(ast.String); ok && !slices.Contains(enum, any(string(s))) && wrong == nil {
			wrong = fmt.Errorf("%s: %s is never %q: use one of %v", location(e), ref, string(s), enum)
		}
	}
	switch v := literal.Value.(type) {
	case ast.String:
		check(literal)
	case ast.Set:
		v.Foreach(check)
	case *ast.Array:
		v.Foreach(check)
	}
	return wrong
}

// at finds the schema of a reference; ok is false where there is none such, and the schema nil where it cannot be told.
func (c *checker) at(ref ast.Ref) (node map[string]any, ok bool) {
	for range 8 { // aliases of aliases, not in circles
		v, isVar := ref[0].Value.(ast.Var)
		if !isVar || ref[0].Equal(ast.InputRootDocument) {
			break
		}
		b, known := c.bound[v]
		if !known {
			return nil, true
		}
		ref = b.Concat(ref[1:])
	}
	if !ref[0].Equal(ast.InputRootDocument) {
		return nil, true
	}
	node = c.schema
	for _, t := range ref[1:] {
		if items, isList := node["items"].(map[string]any); isList {
			node = items
			continue
		}
		key, isKey := t.Value.(ast.String)
		if !isKey {
			return nil, true
		}
		props, _ := node["properties"].(map[string]any)
		next, has := props[string(key)].(map[string]any)
		if !has {
			if next, has = node["additionalProperties"].(map[string]any); !has {
				_, object := node["properties"]
				return nil, !object
			}
		}
		node = next
	}
	return node, true
}

func location(e *ast.Expr) string {
	if e.Location == nil {
		return "?"
	}
	return fmt.Sprintf("%s:%d:%d", e.Location.File, e.Location.Row, e.Location.Col)
}

// WithSettings is the schema of assets with the settings of one kind.
func WithSettings(schema map[string]any, settings any) map[string]any {
	out := maps.Clone(schema)
	props, _ := schema["properties"].(map[string]any)
	props = maps.Clone(props)
	props["settings"] = settings
	out["properties"] = props
	return out
}
