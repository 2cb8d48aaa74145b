package template

import (
	"strings"

	"go.yaml.in/yaml/v3"

	probity "github.com/probity-scan/probity"
)

const loop = "Fn::ForEach::"

// members are a mapping's entries, its loops unfolded and what it includes put in; the gap says why there may be more.
func (s scope) members(n *yaml.Node) ([]entry, *probity.Gap) {
	var out []entry
	var rest *probity.Gap
	for _, p := range pairs(n) {
		if s.root.fuel -= s.root.weight; s.root.fuel <= 0 {
			g := exhausted()
			return out, &g
		}
		var more []entry
		var gap *probity.Gap
		switch {
		case strings.HasPrefix(p.key.Value, loop):
			more, gap = s.unfold(p.value)
		case p.key.Value == "Fn::Transform":
			more, gap = s.include(p.value)
		default:
			out = append(out, entry{s.filled(p.key.Value), p.key, p.value, s})
		}
		if out = append(out, more...); rest == nil {
			rest = gap
		}
	}
	return out, rest
}

// unfold repeats a loop's body (CloudFormation User Guide, Fn::ForEach).
func (s scope) unfold(n *yaml.Node) ([]entry, *probity.Gap) {
	a, ok := args(n, 3)
	if !ok {
		g := why(malformed("Fn::ForEach"))
		return nil, &g
	}
	if s.root.depth >= maxDepth {
		return nil, &probity.Gap{Reason: probity.Unresolved, Because: "the loops are nested too deep"}
	}
	s.root.depth++
	defer func() { s.root.depth-- }()
	over := s.eval(a[1])
	items, rest := over.Each()
	var out []entry
	for _, i := range items {
		t, ok := plain(i)
		if !ok {
			g := why(i)
			return out, &g
		}
		if s.root.looped++; s.root.looped > maxLooped {
			return out, &probity.Gap{Reason: probity.Unresolved, Because: "the loops make more than 100,000 members"}
		}
		in := s
		in.loops = &binding{name: textOf(a[0]), value: t, outer: s.loops}
		more, gap := in.members(a[2])
		if out = append(out, more...); gap != nil {
			return out, gap
		}
	}
	return out, rest
}

// filled puts the loops' variables into a text; &{name} leaves out what a logical id cannot bear.
func (s scope) filled(t string) string {
	if s.loops == nil || !strings.Contains(t, "{") {
		return t
	}
	for b := s.loops; b != nil; b = b.outer {
		if s.root.fuel -= len(t)/64 + 1; s.root.fuel <= 0 || len(t) > maxText {
			return t
		}
		t = strings.ReplaceAll(t, "${"+b.name+"}", b.value)
		if strings.Contains(t, "&{") {
			t = strings.ReplaceAll(t, "&{"+b.name+"}", strings.Map(alphanumeric, b.value))
		}
	}
	return t
}

func alphanumeric(c rune) rune {
	if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
		return c
	}
	return -1
}
