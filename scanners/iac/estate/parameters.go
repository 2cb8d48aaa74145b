package estate

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// groups are the types of parameter groups: all name their parameters alike.
func groups() []string {
	return []string{rdsParameters, rdsClusterParams, docdbParams, neptuneParams, redshiftParams}
}

// parameter is a switch among an engine's parameters.
type parameter struct {
	names []string
	on    func(string) bool
	def   func(family string) probity.Fact[bool] // of a group of that family; of a default group, its name; of none, ""
}

// said is on for a value that spells so.
func spelled(values ...string) func(string) bool {
	return func(s string) bool {
		return slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(s, v) })
	}
}

// switched tells from a store's group of parameters whether something is on.
func (e *estate) switched(typ string, group resource.Value, p parameter) probity.Fact[bool] {
	if !group.Set() {
		return p.def("")
	}
	if g := e.parameterGroup(typ, group); g != nil {
		return certain(g, p.in(g))
	}
	if strings.HasPrefix(group.String(), "default.") {
		return p.def(group.String())
	}
	gap := group.Gap()
	if gap == nil || isReference(group) {
		gap = &probity.Gap{Reason: probity.Unresolved, Because: "its parameter group is not in this root"}
	}
	return probity.Missing[bool](*gap, group.At)
}

// in reads the parameter in the blocks of a group.
func (p parameter) in(g *resource.Resource) probity.Fact[bool] {
	params, rest := g.Get("parameter").Blocks()
	for _, b := range params {
		if slices.Contains(p.names, strings.ToLower(b.Get("name").String())) {
			return p.value(b.Get("value"))
		}
		if b.Get("name").Gap() != nil {
			rest = b.Get("name").Gap()
		}
	}
	if rest != nil {
		return probity.Missing[bool](*rest, g.At)
	}
	return p.def(g.Get("family").String())
}

func (p parameter) value(v resource.Value) probity.Fact[bool] {
	if s, ok := v.Text(probity.Fact[string]{}).Get(); ok {
		return probity.Known(p.on(s), v.At)
	}
	return probity.Missing[bool](*first(v.Gap(), &probity.Gap{Reason: probity.Unresolved}), v.At)
}

// parameterGroup finds a group by reference or by name.
func (e *estate) parameterGroup(typ string, v resource.Value) *resource.Resource {
	if ref, ok := v.Data.(resource.Ref); ok {
		if g := e.byAddr[ref.Addr]; g != nil && g.Type == typ {
			return g
		}
		return nil
	}
	if e.parameters == nil {
		e.parameters = map[string]*resource.Resource{}
		for _, t := range groups() {
			for _, g := range slices.Backward(e.byType[t]) {
				e.parameters[t+" "+g.Get("name").String()] = g
			}
		}
	}
	if v.String() == "" {
		return nil
	}
	return e.parameters[typ+" "+v.String()]
}
