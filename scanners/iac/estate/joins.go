package estate

import (
	"reflect"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// split is what belongs to one asset of the resources that set a part of it from elsewhere.
type split struct {
	owner *resource.Resource
	name  string                          // what the parts call an owner that is declared elsewhere
	by    string                          // the attribute by which they do
	parts map[string][]*resource.Resource // by type
	doubt map[string]*probity.Gap         // by type: a resource that may belong to it
}

// part gives the resource of a type. A gap says that there may be one which nobody can see.
func (s *split) part(typ string) (*resource.Resource, *probity.Gap) {
	if p := s.parts[typ]; len(p) > 0 {
		for _, other := range p[1:] {
			if !alike(&p[0].Block, &other.Block, s.by) {
				return p[0], &probity.Gap{Reason: probity.Unresolved, Because: "two " + typ + " set it: " + p[0].Addr + ", " + other.Addr}
			}
		}
		// a part in the same module as its owner is there whenever the owner is
		if g := p[0].Maybe; g != nil && g != s.owner.Maybe {
			return p[0], &probity.Gap{Reason: g.Reason, Needs: g.Needs, Because: p[0].Addr + " may not exist"}
		}
		return p[0], nil
	}
	return nil, s.doubt[typ]
}

// joint says which resources set parts of assets of one kind from elsewhere.
type joint struct {
	owners []*resource.Resource
	attr   string   // by which a split resource names its owner
	types  []string // of split resources
	// names gives what else names an owner, and false where its name is not known.
	names func(*resource.Resource) ([]string, bool)
	own   map[string]*split // of the owners, by address
}

// alike reports whether two parts set the same, whichever way they name their owner. What is not known is never the same.
func alike(a, b *resource.Block, by string) bool {
	for _, from := range []*resource.Block{a, b} {
		for name := range from.Attrs {
			if name != by && name != "id" && !equal(a.Attrs[name], b.Attrs[name]) {
				return false
			}
		}
	}
	return true
}

func equal(v, w resource.Value) bool {
	switch d := v.Data.(type) {
	case *resource.Block:
		f, ok := w.Data.(*resource.Block)
		if !ok || len(d.Attrs) != len(f.Attrs) {
			return false
		}
		for name := range d.Attrs {
			if !equal(d.Attrs[name], f.Attrs[name]) {
				return false
			}
		}
		return true
	case resource.List:
		l, ok := w.Data.(resource.List)
		return ok && d.Rest == nil && l.Rest == nil && slices.EqualFunc(d.Items, l.Items, equal)
	case resource.Unknown, resource.Secret:
		return false
	}
	return reflect.DeepEqual(v.Data, w.Data)
}

// crowd are the owners that a resource of a type may belong to. To doubt them once is enough, and a second time would be
// once too often for thousands of each.
type crowd struct {
	typ   string
	first **resource.Resource
	count int
}

// join sorts split resources by the asset they belong to; strays belong to none that the root declares.
func (e *estate) join(j joint) (map[string]*split, strays) {
	out := map[string]*split{}
	byName := map[string]*resource.Resource{}
	var nameless []*resource.Resource
	for _, o := range j.owners {
		out[o.Addr] = &split{owner: o, by: j.attr, parts: map[string][]*resource.Resource{}, doubt: map[string]*probity.Gap{}}
		ns, ok := j.names(o)
		for _, n := range append(ns, o.Get("id").String(), o.Get("arn").String()) {
			byName[n] = o
		}
		if !ok {
			nameless = append(nameless, o)
		}
	}
	delete(byName, "")
	j.own = out
	e.lostParts(out, j.types, j.names)
	var rest strays
	doubted := map[crowd]bool{}
	for _, typ := range j.types {
		for _, r := range e.byType[typ] {
			v := r.Get(j.attr)
			owner, candidates := e.owner(v, j, byName, nameless)
			if owner != nil {
				out[owner.Addr].parts[typ] = append(out[owner.Addr].parts[typ], r)
				e.ask(owner.Addr, r)
				continue
			}
			if len(candidates) > 0 && !doubted[crowd{typ, &candidates[0], len(candidates)}] {
				doubted[crowd{typ, &candidates[0], len(candidates)}] = true
				for _, c := range candidates {
					out[c.Addr].doubt[typ] = &probity.Gap{Reason: probity.Unresolved, Needs: needs(v), Because: r.Addr + " may belong to it"}
				}
			}
			if isNamed(v) || len(candidates) == 0 {
				rest.add(r, j.attr)
			}
		}
	}
	return out, rest
}

// isNamed: the owner is called by a name, or was there before this root.
func isNamed(v resource.Value) bool {
	ref, isRef := v.Data.(resource.Ref)
	return isRef && isData(ref) || v.String() != ""
}

// lostParts: what could not be read may hold parts of everything, a module that is not there of what it was given, and a
// listing that a provider refused every part of its type.
func (e *estate) lostParts(out map[string]*split, types []string, names func(*resource.Resource) ([]string, bool)) {
	for _, t := range types {
		if l := e.unlisted(t); l != nil {
			for _, s := range out {
				gap := l.Gap
				s.doubt[t] = &gap
			}
		}
	}
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
func (e *estate) owner(v resource.Value, j joint, byName map[string]*resource.Resource, nameless []*resource.Resource) (*resource.Resource, []*resource.Resource) {
	switch d := v.Data.(type) {
	case resource.Ref:
		if isData(d) {
			return nil, nil // it was there before this root
		}
		return e.referred(d, j)
	case string:
		if o := byName[d]; o != nil {
			return o, nil
		}
		return nil, nameless
	case resource.Template:
		if o := byName[d.Text]; o != nil {
			return o, nil
		}
	case resource.Unknown:
		return e.among(d, j)
	}
	return nil, j.owners
}

// among finds whose instances an unknown value names, where it names nothing else: all of them stand behind one [*].
func (e *estate) among(d resource.Unknown, j joint) (*resource.Resource, []*resource.Resource) {
	var candidates []*resource.Resource
	for _, ref := range d.Refs {
		o, _ := e.referred(ref, j)
		if o == nil || isData(ref) || !strings.HasSuffix(ref.Addr, "[*]") {
			return nil, j.owners
		}
		if !slices.Contains(candidates, o) {
			candidates = append(candidates, o)
		}
	}
	switch {
	case d.Else || len(candidates) == 0:
		return nil, j.owners
	case len(candidates) == 1:
		return candidates[0], nil
	}
	return nil, candidates
}

// referred follows a reference to an owner. One to another split resource is followed on to the owner of that.
func (e *estate) referred(d resource.Ref, j joint) (*resource.Resource, []*resource.Resource) {
	r := e.byAddr[d.Addr]
	for range 4 {
		if r == nil {
			break
		}
		if j.own[r.Addr] != nil {
			return r, nil
		}
		next, ok := r.Get(j.attr).Data.(resource.Ref)
		if !ok {
			break
		}
		r = e.byAddr[next.Addr]
	}
	return nil, j.owners
}

func isData(r resource.Ref) bool {
	at := "data." + r.Type + "." // a stack of CloudFormation may be called data
	return strings.HasPrefix(r.Addr, at) || strings.Contains(r.Addr, "."+at)
}
