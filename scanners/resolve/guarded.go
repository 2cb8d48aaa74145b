package resolve

import (
	"context"
	"net/netip"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
)

const networksPath probity.Path = "exposure.networks"

// guarded works out who reaches a store with an address: anybody, where the address is public and a guard lets the
// internet in on its port.
func guarded(ctx context.Context, inv Inventory, a *probity.Asset) (bool, error) {
	switch a.Class {
	case probity.Database, probity.Warehouse, probity.Cache, probity.Search, probity.Stream, probity.Filesystem, probity.Queue:
	default:
		return false, nil
	}
	d := a.Exposure.Declared
	if d.Addressed.IsZero() && d.Guards.IsZero() || !a.Exposure.Public.IsZero() && !a.Exposure.Networks.IsZero() {
		return false, nil
	}
	w, err := wallOf(ctx, inv, a)
	if err != nil {
		return false, err
	}
	addressed := on(a, "exposure.declared.addressed", d.Addressed, func(v bool) bool { return v })
	if a.Class == probity.Search && !d.Policy.IsZero() {
		// Where it has a public address no guard stands before it, and its policy alone tells who is let in.
		a.Exposure.Public = a.Exposure.Public.Or(and(addressed, readPolicy(a).public).fact())
	}
	a.Exposure.Public = a.Exposure.Public.Or(and(addressed, w.open()).fact())
	a.Exposure.Networks = a.Exposure.Networks.Or(w.networks())
	return true, nil
}

// wall is what all guards of a store let in together.
type wall struct {
	port     int // 0: not known
	portGap  *probity.Gap
	openings []probity.Opening
	gaps     []*probity.Gap
	from     []probity.Evidence
}

func wallOf(ctx context.Context, inv Inventory, a *probity.Asset) (wall, error) {
	guards := a.Exposure.Declared.Guards
	w := wall{}
	w.port, w.portGap = port(a)
	e := evidence(a, "exposure.declared.guards", guards)
	if e.Gap == nil && len(guards.Items) == 0 {
		e.Gap = &probity.Gap{Reason: probity.Unresolved, Because: "no guard is named, so the network's default one holds"}
	}
	w.gaps, w.from = append(w.gaps, e.Gap), append(w.from, e)
	for _, r := range guards.Items {
		g, ok, err := find(ctx, inv, r)
		if err != nil {
			return w, err
		}
		if !ok {
			gap := &probity.Gap{Reason: probity.Unresolved, Because: "a guard is not in this scan"}
			w.gaps = append(w.gaps, gap)
			w.from = append(w.from, probity.Evidence{Asset: r, Fact: networksPath, Gap: gap})
			continue
		}
		if e = evidence(&g, networksPath, g.Exposure.Networks); e.Gap == nil && len(g.Exposure.Networks.Items) == 0 {
			e.Value = "lets nobody in"
		}
		w.gaps, w.from = append(w.gaps, e.Gap), append(w.from, e)
		for _, o := range g.Exposure.Networks.Items {
			if connects(o) {
				w.openings = append(w.openings, o)
			}
		}
	}
	return w, nil
}

// open reports whether the internet as a whole is let in on the store's port.
func (w wall) open() truth {
	var sure, perhaps []netip.Prefix
	gaps := w.gaps
	for _, o := range w.openings {
		p, err := access.Range(o.CIDR)
		if err != nil {
			gaps = append(gaps, &probity.Gap{Reason: probity.Unreadable, Because: "a guard " + err.Error()})
			continue
		}
		perhaps = append(perhaps, p)
		if allPorts(o) || w.port != 0 && o.From <= w.port && w.port <= o.To {
			sure = append(sure, p)
		} else if w.port != 0 {
			perhaps = perhaps[:len(perhaps)-1]
		}
	}
	if access.Wide(sure) {
		return known(true, w.from...)
	}
	if access.Wide(perhaps) {
		gaps = append(gaps, w.portGap)
	}
	if g := deciding(gaps); g != nil {
		return unknown(g, w.from...)
	}
	return known(false, w.from...)
}

// networks gives the ranges let in to the store; openings of other ports are none of its own.
func (w wall) networks() probity.List[probity.Opening] {
	var items []probity.Opening
	gaps := w.gaps[:len(w.gaps):len(w.gaps)]
	for _, o := range w.openings {
		switch {
		case allPorts(o) || w.port != 0 && o.From <= w.port && w.port <= o.To:
			items = append(items, o)
		case w.port == 0:
			gaps = append(gaps, w.portGap)
		}
	}
	if g := deciding(gaps); g != nil {
		return probity.Open(*g, derived(w.from...), items...)
	}
	return probity.Whole(derived(w.from...), items...)
}

// connects reports whether a client can connect through the opening: stores listen on TCP.
func connects(o probity.Opening) bool {
	return o.Protocol == "" || o.Protocol == "tcp" || o.Protocol == "all"
}

// allPorts: providers write "all" as no port at all.
func allPorts(o probity.Opening) bool { return o.From <= 0 && (o.To <= 0 || o.To >= 65535) }

// port is where the store listens, or why nobody knows. A number read back from a file is a float.
func port(a *probity.Asset) (int, *probity.Gap) {
	v, g := a.Settings["port"].Value()
	if g != nil {
		return 0, g
	}
	switch n := v.(type) {
	case int:
		if n > 0 {
			return n, nil
		}
	case float64:
		if n >= 1 {
			return int(n), nil
		}
	}
	return 0, &probity.Gap{Reason: probity.Unresolved, Because: "the port is no number above 0"}
}
