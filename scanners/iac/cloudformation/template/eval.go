package template

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// scope is where a value stands: in which stack, and inside which loops.
type scope struct {
	*stack
	loops *binding
	src   *file // that was included; nil: the stack's
}

// binding is a loop's variable.
type binding struct {
	name  string
	value string
	outer *binding
}

func (s scope) loop(name string) (string, bool) {
	for b := s.loops; b != nil; b = b.outer {
		if b.name == name {
			return b.value, true
		}
	}
	return "", false
}

func unresolved(because, needs string) resource.Value {
	return unknown(probity.Gap{Reason: probity.Unresolved, Because: because, Needs: needs})
}

func unknown(g probity.Gap) resource.Value { return resource.Value{Data: resource.Unknown{Gap: g}} }

// eval works a value out. It never fails: what cannot be evaluated is unknown.
func (s scope) eval(n *yaml.Node) resource.Value {
	if n == nil {
		return resource.Value{}
	}
	if s.root.fuel -= s.root.weight; s.root.fuel <= 0 {
		return unknown(exhausted())
	}
	if s.root.depth >= maxDepth {
		return unresolved("the values are nested too deep", "")
	}
	s.root.depth++
	defer func() { s.root.depth-- }()
	if n.Kind == yaml.AliasNode {
		before := s.root.weight
		s.root.weight = aliasWeight
		defer func() { s.root.weight = before }()
		return s.eval(n.Alias)
	}
	if name, arg, ok := function(n); ok {
		return s.call(name, arg)
	}
	switch n.Kind {
	case yaml.ScalarNode:
		if s.loops != nil && strings.Contains(n.Value, "{") {
			return texted(s.filled(n.Value), nil)
		}
		return scalar(n)
	case yaml.SequenceNode:
		list := resource.List{}
		for _, c := range n.Content {
			v := s.eval(c)
			if v.Data == nil {
				continue // AWS::NoValue
			}
			if f := follow(c); f != nil {
				v.At = s.origin(f)
			}
			list.Items = append(list.Items, v)
		}
		return resource.Value{Data: list}
	case yaml.MappingNode:
		b := &resource.Block{At: s.origin(n), Attrs: map[string]resource.Value{}}
		s.fill(b, n, nil)
		return resource.Value{Data: b}
	}
	return resource.Value{}
}

// fill evaluates a mapping's members into a block. told hears of each, and what was given before it.
func (s scope) fill(b *resource.Block, n *yaml.Node, told func(name string, before int)) {
	members, rest := s.members(n)
	b.Rest = rest
	for _, e := range members {
		before := s.root.given
		v := e.scope.eval(e.value)
		if v.Data == nil {
			continue
		}
		v.At = e.scope.origin(e.key)
		if _, twice := b.Attrs[e.name]; twice {
			v.Data = resource.Unknown{Gap: probity.Gap{Reason: probity.Unresolved, Because: "it is set twice"}}
		}
		b.Attrs[e.name] = v
		if told != nil {
			told(e.name, before)
		}
	}
}

// scalar reads plain numbers and switches as such, and anything else as text: CloudFormation knows no dates.
func scalar(n *yaml.Node) resource.Value {
	plain := n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0
	if plain {
		switch n.ShortTag() {
		case "!!null":
			return resource.Value{}
		case "!!bool":
			return resource.Value{Data: strings.EqualFold(n.Value, "true")}
		case "!!str":
			if on, is := switched(n.Value); is {
				return resource.Value{Data: on}
			}
		case "!!int", "!!float":
			digits := strings.TrimLeft(n.Value, "+-")
			if f, err := strconv.ParseFloat(n.Value, 64); err == nil && (len(digits) < 2 || digits[0] != '0' || digits[1] == '.') {
				return resource.Value{Data: f}
			}
		}
	}
	return texted(n.Value, nil)
}

// switched knows the words that YAML 1.1, which CloudFormation reads, takes for switches beside true and false.
func switched(s string) (on, is bool) {
	switch s {
	case "yes", "Yes", "YES", "on", "On", "ON":
		return true, true
	case "no", "No", "NO", "off", "Off", "OFF":
		return false, true
	}
	return false, false
}

const dynamic = "{{resolve:"

// texted is a text; a dynamic reference in it is read where the stack is made, from a parameter or a secret.
func texted(s string, refs []resource.Ref) resource.Value {
	if at := strings.Index(s, dynamic); at >= 0 {
		if strings.HasPrefix(s[at+len(dynamic):], "ssm:") {
			return unresolved("", "the SSM parameter of a dynamic reference")
		}
		return resource.Value{Data: resource.Secret{}}
	}
	if len(refs) > 0 {
		return resource.Value{Data: resource.Template{Text: s, Refs: refs}}
	}
	return resource.Value{Data: s}
}

// text puts a text together from values.
type text struct {
	b      strings.Builder
	refs   []resource.Ref
	gap    *probity.Gap
	may    []resource.Ref
	secret *resource.Secret
}

// add reports whether the value can stand in a text.
func (t *text) add(v resource.Value) bool {
	switch d := v.Data.(type) {
	case nil:
	case string:
		t.b.WriteString(d)
	case bool:
		t.b.WriteString(strconv.FormatBool(d))
	case float64:
		t.b.WriteString(strconv.FormatFloat(d, 'f', -1, 64))
	case resource.Ref:
		t.b.WriteString(d.Text())
		if d.Says == "" {
			t.refs = append(t.refs, d)
		}
	case resource.Template:
		t.b.WriteString(d.Text)
		t.refs = append(t.refs, d.Refs...)
	case resource.Secret:
		if t.secret == nil || d.Literal {
			t.secret = &d
		}
	case resource.Unknown:
		t.may = append(t.may, d.Refs...)
		if t.gap == nil {
			t.gap = &d.Gap
		}
	default:
		return false
	}
	if t.b.Len() > maxText {
		t.b.Reset()
		t.gap = &probity.Gap{Reason: probity.Unresolved, Because: "the text is longer than 1 MiB"}
	}
	return true
}

func (t *text) value() resource.Value {
	switch {
	case t.secret != nil:
		return resource.Value{Data: *t.secret}
	case t.gap != nil:
		return resource.Value{Data: resource.Unknown{Gap: *t.gap, Refs: t.may, Else: true}}
	}
	return texted(t.b.String(), t.refs)
}

// plain is a value as text where it is wholly known.
func plain(v resource.Value) (string, bool) {
	switch v.Data.(type) {
	case string, bool, float64:
		var t text
		t.add(v)
		return t.b.String(), true
	}
	return "", false
}

// why is the gap of a value that is not a plain text.
func why(v resource.Value) probity.Gap {
	if g := v.Gap(); g != nil {
		return *g
	}
	return probity.Gap{Reason: probity.Unresolved, Because: "a value has another type than its function takes"}
}
