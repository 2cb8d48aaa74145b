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
	return parameterOf(e, typ, group, p.names, p.on, p.def)
}

// parameterOf tells from a store's group of parameters what the first of some names is set to; def is as that of [parameter].
func parameterOf[T any](e *estate, typ string, group resource.Value, names []string, as func(string) T, def func(family string) probity.Fact[T]) probity.Fact[T] {
	if !group.Set() {
		return def("")
	}
	if g := e.parameterGroup(typ, group); g != nil {
		return certain(g, parameterIn(g, names, as, def))
	}
	if strings.HasPrefix(group.String(), "default.") {
		return def(group.String())
	}
	gap := group.Gap()
	if gap == nil || isReference(group) {
		gap = &probity.Gap{Reason: probity.Unresolved, Because: "its parameter group is not in this root"}
	}
	return probity.Missing[T](*gap, group.At)
}

// parameterIn reads the parameter in the blocks of a group.
func parameterIn[T any](g *resource.Resource, names []string, as func(string) T, def func(family string) probity.Fact[T]) probity.Fact[T] {
	params, rest := g.Get("parameter").Blocks()
	for _, b := range params {
		if slices.Contains(names, strings.ToLower(b.Get("name").String())) {
			return parameterValue(b.Get("value"), as)
		}
		if b.Get("name").Gap() != nil {
			rest = b.Get("name").Gap()
		}
	}
	if rest != nil {
		return probity.Missing[T](*rest, g.At)
	}
	return def(g.Get("family").String())
}

func parameterValue[T any](v resource.Value, as func(string) T) probity.Fact[T] {
	if s, ok := v.Text(probity.Fact[string]{}).Get(); ok {
		return probity.Known(as(s), v.At)
	}
	return probity.Missing[T](*first(v.Gap(), &probity.Gap{Reason: probity.Unresolved}), v.At)
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
