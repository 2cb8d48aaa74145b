package template

import (
	"encoding/base64"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// call works an intrinsic function out (CloudFormation User Guide, Intrinsic function reference).
func (s scope) call(name string, arg *yaml.Node) resource.Value {
	switch name {
	case "Ref":
		return s.ref(s.filled(textOf(arg)))
	case "Fn::GetAtt":
		return s.getAtt(arg)
	case "Fn::Sub":
		return s.sub(arg)
	case "Fn::If":
		return s.either(arg)
	case "Fn::Join":
		return s.join(arg)
	case "Fn::Split":
		return s.split(arg)
	case "Fn::Select":
		return s.choose(arg)
	case "Fn::FindInMap":
		return s.find(arg)
	case "Fn::Base64":
		v := s.eval(arg)
		if t, ok := plain(v); ok {
			v.Data = base64.StdEncoding.EncodeToString([]byte(t))
		}
		return v // a text that holds references stays as it is: what is written in it can be looked at
	case "Fn::ImportValue":
		if export, ok := plain(s.eval(arg)); ok {
			return unresolved("", "export "+shown(export))
		}
		return unresolved("", "an export of another stack")
	case "Fn::GetAZs":
		return unresolved("", "the region's zones")
	case "Fn::Cidr":
		return s.cidr(arg)
	case "Fn::Length":
		return s.length(arg)
	case "Fn::ToJsonString":
		return JSON(s.eval(arg))
	case "Fn::Transform":
		return unresolved("the macro "+shown(macro(arg))+" makes it", "")
	case "Condition", "Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals":
		v := s.judge(name, arg)
		if v.gap != nil {
			return unknown(*v.gap)
		}
		return resource.Value{Data: v.value}
	}
	return unresolved("the function "+shown(name)+" is not known", "")
}

func macro(arg *yaml.Node) string {
	if n := textOf(member(arg, "Name")); n != "" {
		return n
	}
	return "of the transform"
}

// args are a function's arguments, of which it takes at least n.
func args(arg *yaml.Node, n int) ([]*yaml.Node, bool) {
	if arg = follow(arg); arg == nil || arg.Kind != yaml.SequenceNode || len(arg.Content) < n {
		return nil, false
	}
	return arg.Content, true
}

func malformed(name string) resource.Value {
	return unresolved("the call of "+name+" is malformed", "")
}

func (s scope) join(arg *yaml.Node) resource.Value {
	a, ok := args(arg, 2)
	if !ok {
		return malformed("Fn::Join")
	}
	list := s.eval(a[1])
	l, ok := list.Data.(resource.List)
	if !ok {
		return unknown(why(list))
	}
	if l.Rest != nil {
		return unknown(*l.Rest)
	}
	var t text
	by := textOf(a[0])
	for i, item := range l.Items {
		if i > 0 {
			t.b.WriteString(by)
		}
		if s.root.fuel--; s.root.fuel <= 0 || !t.add(item) {
			return malformed("Fn::Join")
		}
	}
	return t.value()
}

func (s scope) split(arg *yaml.Node) resource.Value {
	a, ok := args(arg, 2)
	if !ok {
		return malformed("Fn::Split")
	}
	v := s.eval(a[1])
	t, ok := plain(v)
	by := textOf(a[0])
	if !ok || by == "" {
		return unknown(why(v))
	}
	parts := strings.Split(t, by)
	s.root.fuel -= len(parts)
	return resource.Value{Data: texts(parts)}
}

func texts(parts []string) resource.List {
	l := resource.List{Items: make([]resource.Value, len(parts))}
	for i, p := range parts {
		l.Items[i] = texted(p, nil)
	}
	return l
}

func (s scope) choose(arg *yaml.Node) resource.Value {
	a, ok := args(arg, 2)
	if !ok {
		return malformed("Fn::Select")
	}
	index, list := s.eval(a[0]), s.eval(a[1])
	t, ok := plain(index)
	if !ok {
		return unknown(why(index))
	}
	l, ok := list.Data.(resource.List)
	i, err := strconv.Atoi(t)
	switch {
	case !ok:
		return unknown(why(list))
	case err != nil || i < 0:
		return malformed("Fn::Select")
	case i < len(l.Items):
		return l.Items[i]
	case l.Rest != nil:
		return unknown(*l.Rest)
	}
	return malformed("Fn::Select")
}

func (s scope) length(arg *yaml.Node) resource.Value {
	v := s.eval(arg)
	l, ok := v.Data.(resource.List)
	if !ok || l.Rest != nil {
		return unknown(why(v))
	}
	return resource.Value{Data: float64(len(l.Items))}
}

// find looks a value up in a mapping; DefaultValue stands for keys that are not there.
func (s scope) find(arg *yaml.Node) resource.Value {
	a, ok := args(arg, 3)
	if !ok {
		return malformed("Fn::FindInMap")
	}
	var otherwise *yaml.Node
	if len(a) > 3 {
		otherwise = member(a[3], "DefaultValue")
	}
	var keys [3]string
	var gap *probity.Gap
	for i := range keys {
		v := s.eval(a[i])
		if keys[i], ok = plain(v); !ok {
			g := why(v)
			gap = &g
			break
		}
	}
	if gap != nil {
		return unknown(*gap)
	}
	if n := member(member(s.mappings[keys[0]], keys[1]), keys[2]); n != nil {
		return s.eval(n)
	}
	if otherwise != nil {
		return s.eval(otherwise)
	}
	return unresolved("the mapping "+shown(keys[0])+" has no such key", "")
}
