package estate

import (
	"iter"
	"maps"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// Place is where resources stand: in code, or listed by a provider.
type Place struct {
	Root  string        // of code; empty for what a provider listed
	On    probity.Ref   // what the listings belong to: a root, or an account in a region
	Scope probity.Scope // of the listings
	// Types are all that was asked for; empty: every type. What is of another type is not listed here.
	Types []string
}

// Code is the place of a root of code.
func Code(root string) Place {
	return Place{Root: root, On: probity.Ref{Root: root, ID: "."}, Scope: probity.Scope{Provider: "aws"}}
}

// listed: a provider gave the resources. Their names are not unique, unlike those in a root of code.
func (p Place) listed() bool { return p.Scope.Account != "" }

// Supplies tells what a unit lists, on its place: every kind of the types asked for.
func Supplies(p Place) []probity.Supply { return supplies(p, services()) }

func supplies(p Place, all []service) []probity.Supply {
	var out []probity.Supply
	for _, s := range all {
		for kind, types := range s.kinds {
			if len(p.Types) == 0 || slices.ContainsFunc(types, func(t string) bool { return slices.Contains(p.Types, t) }) {
				out = append(out, probity.Supply{Kind: kind, Class: kinds.ClassOf(kind), Scope: p.Scope, On: p.On})
			}
		}
	}
	slices.SortFunc(out, func(a, b probity.Supply) int { return strings.Compare(string(a.Kind), string(b.Kind)) })
	return out
}

// Found maps the resources of a place: the assets, and one coverage for each kind and loss. They are handed out one by one: a
// large estate must not be held twice.
func Found(at Place, all []*resource.Resource, losses []resource.Loss) iter.Seq[probity.Found] {
	e := newEstate(at, all, losses)
	return func(yield func(probity.Found) bool) {
		assets := e.assets()
		coverage := e.coverage()
		e.byType, e.byAddr = nil, nil // all is read from them
		for i, a := range assets {
			if assets[i] = nil; !yield(*a) {
				return
			}
		}
		for _, c := range coverage {
			if !yield(c) {
				return
			}
		}
	}
}

func (e *estate) coverage() []probity.Coverage {
	var out []probity.Coverage
	all := services() // of each kind and each loss it is asked what the types are
	types := typesOf(all)
	asked := supplies(e.place, all)
	for _, s := range asked {
		told := map[string]bool{}
		for _, l := range e.losses {
			if l.Type != "" && !slices.Contains(types[s.Kind], l.Type) {
				continue
			}
			// a module that is called twice loses the same twice
			if key := l.Gap.String() + l.Origin.String(); !told[key] {
				told[key] = true
				out = append(out, probity.Coverage{Supply: s, Gap: &l.Gap, Origin: l.Origin})
			}
		}
		if len(told) == 0 {
			out = append(out, probity.Coverage{Supply: s})
		}
	}
	if c, ok := untold(e); ok {
		out = append(out, c)
	}
	return append(out, e.withheld(asked, types)...)
}

// withheld are the losses of what a provider did not list and that is no asset of its own: told even where nothing here depends on it.
func (e *estate) withheld(asked []probity.Supply, types map[probity.Kind][]string) []probity.Coverage {
	var out []probity.Coverage
	told := map[string]bool{}
	for _, l := range e.losses {
		if !e.place.listed() || !l.Gap.Reason.Loss() || slices.ContainsFunc(asked, func(s probity.Supply) bool { return slices.Contains(types[s.Kind], l.Type) }) {
			continue
		}
		if key := l.Gap.String() + l.Origin.String(); !told[key] {
			told[key] = true
			out = append(out, probity.Coverage{Supply: probity.Supply{On: e.place.On, Scope: e.place.Scope}, Gap: &l.Gap, Origin: l.Origin})
		}
	}
	return out
}

// typesOf are the resource types that are a kind's assets.
func typesOf(all []service) map[probity.Kind][]string {
	out := map[probity.Kind][]string{}
	for _, s := range all {
		maps.Copy(out, s.kinds)
	}
	return out
}
