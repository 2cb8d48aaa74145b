package template

import (
	"go.yaml.in/yaml/v3"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// verdict is a condition's: a gap where it is not known.
type verdict struct {
	value bool
	gap   *probity.Gap
}

func undecided(g probity.Gap) verdict { return verdict{gap: &g} }

// condition is a named condition, worked out once.
func (s *stack) condition(name string) verdict {
	if v, ok := s.verdicts[name]; ok {
		return *v
	}
	e, ok := s.conditions[name]
	if !ok {
		return undecided(probity.Gap{Reason: probity.Unresolved, Because: "the condition " + shown(name) + " is not declared"})
	}
	endless := undecided(probity.Gap{Reason: probity.Unresolved, Because: "the condition " + shown(name) + " rests on itself"})
	s.verdicts[name] = &endless
	v := e.scope.holds(e.value)
	s.verdicts[name] = &v
	return v
}

// holds judges a node that stands for a condition.
func (s scope) holds(n *yaml.Node) verdict {
	if n = follow(n); n == nil {
		return undecided(probity.Gap{Reason: probity.Unresolved, Because: "a condition is missing"})
	}
	if name, arg, ok := function(n); ok {
		return s.judge(name, arg)
	}
	v := s.eval(n)
	switch t, _ := plain(v); t {
	case "true":
		return verdict{value: true}
	case "false":
		return verdict{}
	}
	return undecided(why(v))
}

func (s scope) judge(name string, arg *yaml.Node) verdict {
	if s.root.fuel--; s.root.fuel <= 0 {
		return undecided(exhausted())
	}
	if s.root.depth >= maxDepth {
		return undecided(probity.Gap{Reason: probity.Unresolved, Because: "the conditions are nested too deep"})
	}
	s.root.depth++
	defer func() { s.root.depth-- }()
	switch name {
	case "Condition":
		return s.condition(s.filled(textOf(arg)))
	case "Fn::Not":
		if a, ok := args(arg, 1); ok {
			arg = a[0]
		}
		v := s.holds(arg)
		return verdict{!v.value, v.gap}
	case "Fn::And":
		return s.all(arg, false)
	case "Fn::Or":
		return s.all(arg, true)
	case "Fn::Equals":
		return s.equals(arg)
	}
	v := s.call(name, arg)
	if t, ok := plain(v); ok && (t == "true" || t == "false") {
		return verdict{value: t == "true"}
	}
	return undecided(why(v))
}

// all judges And and Or: one part that decides is enough, whatever is not known of the others.
func (s scope) all(arg *yaml.Node, decides bool) verdict {
	a, ok := args(arg, 1)
	if !ok {
		return undecided(probity.Gap{Reason: probity.Unresolved, Because: "a condition is malformed"})
	}
	out := verdict{value: !decides}
	for _, n := range a {
		switch v := s.holds(n); {
		case v.gap == nil && v.value == decides:
			return v
		case v.gap != nil && out.gap == nil:
			out.gap = v.gap
		}
	}
	return out
}

func (s scope) equals(arg *yaml.Node) verdict {
	a, ok := args(arg, 2)
	if !ok {
		return undecided(probity.Gap{Reason: probity.Unresolved, Because: "a condition is malformed"})
	}
	v, w := s.eval(a[0]), s.eval(a[1])
	t, ok1 := plain(orEmpty(v))
	u, ok2 := plain(orEmpty(w))
	switch {
	case ok1 && ok2:
		return verdict{value: t == u}
	case !ok1:
		if l, isList := wholeList(v); isList {
			if m, both := wholeList(w); both {
				return verdict{value: same(resource.Value{Data: l}, resource.Value{Data: m})}
			}
		}
		return undecided(why(v))
	}
	return undecided(why(w))
}

func orEmpty(v resource.Value) resource.Value {
	if v.Data == nil {
		v.Data = ""
	}
	return v
}

// wholeList is a list of which all is known.
func wholeList(v resource.Value) (resource.List, bool) {
	l, ok := v.Data.(resource.List)
	if !ok || l.Rest != nil {
		return l, false
	}
	for _, i := range l.Items {
		if _, ok := plain(i); !ok {
			return l, false
		}
	}
	return l, true
}
