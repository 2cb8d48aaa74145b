package template

import (
	"strings"

	"go.yaml.in/yaml/v3"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// parameter is a parameter's value: handed down by the stack around, given on the command line, or its default.
func (s scope) parameter(name string, p *yaml.Node) resource.Value {
	typ := textOf(member(p, "Type"))
	hidden, _ := plain(scope{stack: s.stack}.eval(member(p, "NoEcho")))
	if strings.HasPrefix(typ, "AWS::SSM::Parameter::Value<") {
		return unresolved("", "the SSM parameter of parameter "+shown(name))
	}
	if s.parent != nil {
		if v, ok := s.args[name]; ok {
			if t, known := plain(v); known && isTrue(hidden) {
				return resource.Value{Data: resource.Secret{Literal: t != ""}}
			}
			return listed(v, typ)
		}
		if s.rest != nil {
			return unknown(*s.rest)
		}
	} else if t, ok := s.root.Parameters[name]; ok {
		s.root.given++
		if isTrue(hidden) {
			return resource.Value{Data: resource.Secret{}}
		}
		return listed(texted(t, nil), typ)
	}
	def := member(p, "Default")
	switch {
	case def == nil:
		return unknown(probity.Gap{Reason: probity.Unresolved, Needs: "parameter " + shown(s.addr+name)})
	case isTrue(hidden):
		return resource.Value{Data: resource.Secret{Literal: textOf(def) != ""}}
	}
	n := follow(def)
	if n == nil || n.Kind != yaml.ScalarNode {
		return listed(scope{stack: s.stack}.eval(n), typ)
	}
	return listed(scalar(n), typ)
}

// isTrue reads a switch that may stand in quotes.
func isTrue(s string) bool { return strings.EqualFold(s, "true") || strings.EqualFold(s, "yes") }

// listed splits the text of a parameter that is a list.
func listed(v resource.Value, typ string) resource.Value {
	if typ != "CommaDelimitedList" && !strings.HasPrefix(typ, "List<") {
		return v
	}
	if d, ok := v.Data.(resource.Template); ok {
		return pieces(d)
	}
	t, ok := plain(v)
	if !ok {
		return v
	}
	parts := strings.Split(t, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	if t == "" {
		parts = nil
	}
	return resource.Value{Data: texts(parts)}
}

// pieces splits a text with references at its commas, of which references have none.
func pieces(t resource.Template) resource.Value {
	var out resource.List
	for _, part := range strings.Split(t.Text, ",") {
		part = strings.TrimSpace(part)
		var refs []resource.Ref
		for _, r := range t.Refs {
			if strings.Contains(part, r.Text()) {
				refs = append(refs, r)
			}
		}
		switch {
		case len(refs) > 0 && part == refs[0].Text():
			out.Items = append(out.Items, resource.Value{Data: refs[0]})
		default:
			out.Items = append(out.Items, texted(part, refs))
		}
	}
	return resource.Value{Data: out}
}
