package aws

import (
	"cmp"
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/estate"
)

// Described is a service as people read of it: what a scan asks it, and what it needs for that.
type Described struct {
	Name   string
	Kinds  []probity.Kind // that it lists
	Global bool           // asked once an account, not in each region
	Calls  []Permitted
}

// Permitted is an operation that a scan may make.
type Permitted struct {
	Service   string // as the SDK calls it
	Operation string
	Action    string // the permission
	Each      bool   // once a store; else once a page of many
	Content   bool   // it returns what people stored
}

// Catalogue lists what a scan may ask, sorted by service: what finding accounts takes, the services, and what reads content.
func Catalogue() (finding, services, contents []Described) {
	return describe(needed(), false), append(describe(global(), true), describe(regional(), false)...), describe(contentServices(), false)
}

func describe(of []service, global bool) []Described {
	var out []Described
	for _, s := range of {
		d := Described{Name: s.name, Global: global}
		for _, sup := range estate.Supplies(place("0", "", []service{s})) {
			d.Kinds = append(d.Kinds, sup.Kind)
		}
		for _, c := range s.calls {
			d.Calls = append(d.Calls, Permitted{Service: s.id, Operation: c.operation, Action: c.permission(s), Each: c.each, Content: c.content})
		}
		slices.SortFunc(d.Calls, func(a, b Permitted) int { return cmp.Compare(a.Operation, b.Operation) })
		if n := len(out); n > 0 && out[n-1].Name == d.Name { // one of several services that it takes
			out[n-1].Calls = append(out[n-1].Calls, d.Calls...)
			continue
		}
		out = append(out, d)
	}
	slices.SortStableFunc(out, func(a, b Described) int { return cmp.Compare(a.Name, b.Name) })
	return out
}
