package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// beside joins what is set from elsewhere to the resources of one type. The parts name them by the attribute by; they are
// called by one of the attributes named, the first of which tells them apart.
func (e *estate) beside(typ, by string, named []string, parts ...string) (map[string]*split, strays) {
	return e.join(joint{owners: e.byType[typ], attr: by, types: parts, names: func(r *resource.Resource) ([]string, bool) {
		var out []string
		for _, n := range named {
			out = append(out, r.Get(n).String())
		}
		return out, len(out) == 0 || out[0] != ""
	}})
}

// ruled is a store's policy: that of the resource beside it, else its own.
func ruled(s *split, typ, attr string, own probity.Fact[probity.Optional[string]]) probity.Fact[probity.Optional[string]] {
	switch r, gap := s.part(typ); {
	case gap != nil && r != nil:
		return probity.Missing[probity.Optional[string]](*gap, r.At)
	case gap != nil:
		return probity.Missing[probity.Optional[string]](*gap, s.owner.At)
	case r != nil:
		return optional(r.Get(attr), own)
	}
	return own
}

// ruledElsewhere are the stores whose policy this root sets, and which it does not declare.
func (e *estate) ruledElsewhere(rest strays, kind probity.Kind, typ, attr string, settings any) []probity.Asset {
	var out []probity.Asset
	for _, s := range rest.sorted() {
		a := e.stray(s, kind, "")
		a.Exposure.Declared.Policy = s.said(typ, attr)
		if settings != nil {
			a.Settings = probity.SettingsOf(settings)
		}
		out = append(out, a)
	}
	return out
}

// encrypted fills how a store is encrypted that a named key encrypts; without one it is as bare says, by the keys of by.
func (e *estate) encrypted(a *probity.Asset, key resource.Value, bare probity.Fact[bool], by probity.KeyManager) {
	switch named, known := given(key).Get(); {
	case named:
		a.Encryption.AtRest = probity.Known(true, key.At)
		e.key(a, key, by, key.At)
	case known:
		a.Encryption.AtRest = bare
		keyless(a, bare, by)
	default:
		e.key(a, key, by, key.At)
		if a.Encryption.AtRest = bare; !bare.Is(func(on bool) bool { return on }) {
			a.Encryption.AtRest = probity.Missing[bool](key.Why(), key.At)
		}
	}
}

// keyless: no key of the customer's is named, so who holds it follows from whether the store is encrypted at all.
func keyless(a *probity.Asset, atRest probity.Fact[bool], by probity.KeyManager) {
	a.Encryption.Key = resource.Map(atRest, func(bool) probity.Optional[string] { return probity.Optional[string]{} })
	a.Encryption.Manager = resource.Map(atRest, func(on bool) probity.KeyManager {
		if on {
			return by
		}
		return probity.NoKey
	})
}

// kept is retention by age: days of 0 or fewer are for ever.
func kept(days probity.Fact[int]) probity.List[probity.Expiry] {
	n, ok := days.Get()
	switch {
	case days.IsZero():
		return probity.List[probity.Expiry]{}
	case !ok:
		_, g := days.Value()
		return probity.Open[probity.Expiry](*g, days.From())
	case n <= 0:
		return probity.Whole[probity.Expiry](days.From())
	}
	return probity.Whole(days.From(), probity.Expiry{On: []string{}, Days: n})
}

// receives notes that what a value names gets what another asset holds. Whatever service lists it, the link goes on it.
func (e *estate) receives(to resource.Value, kind probity.LinkKind, from probity.Ref) {
	ref, ok := e.target(to)
	if !ok {
		return
	}
	if e.received == nil {
		e.received = map[string][]probity.Link{}
	}
	e.received[ref.ID] = append(e.received[ref.ID], probity.Link{Kind: kind, To: from})
}

// receive hands an asset the links that others have noted for it, under whichever of its names.
func (e *estate) receive(a *probity.Asset) {
	if len(e.received) == 0 {
		return
	}
	a.Links = a.Links.With(e.received[a.ID]...)
	for _, name := range a.Aliases {
		if name != a.ID { // which a provider that lists it gives too
			a.Links = a.Links.With(e.received[name]...)
		}
	}
}

// each makes an asset of each resource of a type.
func (e *estate) each(typ string, as func(*resource.Resource) probity.Asset) []probity.Asset {
	out := make([]probity.Asset, 0, len(e.byType[typ]))
	for _, r := range e.byType[typ] {
		out = append(out, as(r))
	}
	return out
}

// alone is a service of one kind and one type.
func alone(kind probity.Kind, typ string, as func(*estate, *resource.Resource) probity.Asset) service {
	return service{kinds: map[probity.Kind][]string{kind: {typ}}, types: []string{typ}, read: func(e *estate) []probity.Asset {
		return e.each(typ, func(r *resource.Resource) probity.Asset { return as(e, r) })
	}}
}
