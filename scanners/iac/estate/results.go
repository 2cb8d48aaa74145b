package estate

import (
	"iter"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

func supply(kind probity.Kind, root string) probity.Supply {
	return probity.Supply{Kind: kind, Class: kinds.ClassOf(kind), Scope: probity.Scope{Provider: "aws"}, On: probity.Ref{Root: root, ID: "."}}
}

// Supplies tells what a unit of code lists: every kind, on its root.
func Supplies(root string) []probity.Supply {
	var out []probity.Supply
	for _, s := range services() {
		for kind := range s.kinds {
			out = append(out, supply(kind, root))
		}
	}
	slices.SortFunc(out, func(a, b probity.Supply) int { return strings.Compare(string(a.Kind), string(b.Kind)) })
	return out
}

// Found maps the resources of a root: the assets, and one coverage for each kind and loss. They are handed out one by one: a
// large estate must not be held twice.
func Found(root string, all []*resource.Resource, losses []resource.Loss) iter.Seq[probity.Found] {
	e := newEstate(root, all, losses)
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
	for _, s := range Supplies(e.root) {
		told := map[string]bool{}
		for _, l := range e.losses {
			if l.Type != "" && !slices.Contains(typesOf(s.Kind), l.Type) {
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
	return out
}

// typesOf are the resource types that are a kind's assets.
func typesOf(kind probity.Kind) []string {
	for _, s := range services() {
		if types, ok := s.kinds[kind]; ok {
			return types
		}
	}
	return nil
}
