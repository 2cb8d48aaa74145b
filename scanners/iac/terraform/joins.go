package terraform

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/terraform/resource"
)

// split is what belongs to one asset of the resources that set a part of it from elsewhere.
type split struct {
	owner *resource.Resource
	parts map[string][]*resource.Resource // by type
	doubt map[string]*probity.Gap         // by type: a resource that may belong to it
}

// part gives the resource of a type. A gap says that there may be one which nobody can see.
func (s *split) part(typ string) (*resource.Resource, *probity.Gap) {
	if p := s.parts[typ]; len(p) > 0 {
		// a part in the same module as its owner is there whenever the owner is
		if g := p[0].Maybe; g != nil && g != s.owner.Maybe {
			return p[0], &probity.Gap{Reason: g.Reason, Needs: g.Needs, Because: p[0].Addr + " may not exist"}
		}
		return p[0], nil
	}
	return nil, s.doubt[typ]
}

// join sorts split resources by the asset they belong to. owners are of one type; names gives what else names an owner,
// and false where its name is not known.
func (e *estate) join(owners []*resource.Resource, attr string, types []string, names func(*resource.Resource) ([]string, bool)) map[string]*split {
	out := map[string]*split{}
	byName := map[string]*resource.Resource{}
	var nameless []*resource.Resource
	for _, o := range owners {
		out[o.Addr] = &split{owner: o, parts: map[string][]*resource.Resource{}, doubt: map[string]*probity.Gap{}}
		ns, ok := names(o)
		for _, n := range ns {
			byName[n] = o
		}
		if !ok {
			nameless = append(nameless, o)
		}
	}
	e.lostParts(out, types, names)
	for _, typ := range types {
		for _, r := range e.byType[typ] {
			v := r.Get(attr)
			owner, candidates := e.owner(v, owners, byName, nameless)
			if owner != nil {
				out[owner.Addr].parts[typ] = append(out[owner.Addr].parts[typ], r)
				continue
			}
			for _, c := range candidates {
				out[c.Addr].doubt[typ] = &probity.Gap{Reason: probity.Unresolved, Needs: needs(v), Because: r.Addr + " may belong to it"}
			}
		}
	}
	return out
}

// lostParts: what could not be read may hold parts of everything, and a module that is not there of what it was given.
func (e *estate) lostParts(out map[string]*split, types []string, names func(*resource.Resource) ([]string, bool)) {
	for _, l := range e.losses {
		for addr, s := range out {
			ns, _ := names(e.byAddr[addr])
			if !l.Any && !contains(l.Given, addr) && !slices.ContainsFunc(ns, func(n string) bool { return n != "" && contains(l.Given, n) }) {
				continue
			}
			for _, t := range types {
				gap := l.Doubt()
				s.doubt[t] = &gap
			}
		}
	}
}

func needs(v resource.Value) string {
	if g := v.Gap(); g != nil {
		return g.Needs
	}
	return ""
}

// owner finds whom a split resource belongs to, or who it may be.
func (e *estate) owner(v resource.Value, owners []*resource.Resource, byName map[string]*resource.Resource, nameless []*resource.Resource) (*resource.Resource, []*resource.Resource) {
	switch d := v.Data.(type) {
	case resource.Ref:
		if isData(d) {
			return nil, nil // it was there before this root
		}
		return e.referred(d, owners)
	case string:
		if o := byName[d]; o != nil {
			return o, nil
		}
		return nil, nameless
	case resource.Unknown:
		if len(d.Refs) == 1 && !isData(d.Refs[0]) && strings.HasSuffix(d.Refs[0].Addr, "[*]") {
			return e.referred(d.Refs[0], owners)
		}
	}
	return nil, owners
}

// referred follows a reference to an owner. One to another resource, such as another split of the same owner, is followed
// on through the attribute of the same name.
func (e *estate) referred(d resource.Ref, owners []*resource.Resource) (*resource.Resource, []*resource.Resource) {
	r := e.byAddr[d.Addr]
	for range 4 {
		if r == nil {
			break
		}
		if len(owners) > 0 && r.Type == owners[0].Type {
			return r, nil
		}
		next, ok := r.Get("bucket").Data.(resource.Ref)
		if !ok {
			break
		}
		r = e.byAddr[next.Addr]
	}
	return nil, owners
}

func isData(r resource.Ref) bool {
	return strings.HasPrefix(r.Addr, "data.") || strings.Contains(r.Addr, ".data.")
}
