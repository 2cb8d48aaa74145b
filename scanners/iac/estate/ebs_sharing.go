package estate

import (
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// sharing are the resources that share snapshots.
type sharing struct {
	of     map[string][]*resource.Resource // by the snapshot's address
	any    *resource.Resource              // one of which nobody knows what it shares
	strays strays                          // of snapshots that were made elsewhere
}

func (e *estate) sharing() *sharing {
	if e.shares != nil {
		return e.shares
	}
	splits, rest := e.join(joint{owners: slices.Concat(e.byType[ebsSnapshot], e.byType[ebsCopy], e.byType[ebsImport]), attr: "snapshot_id", types: []string{ebsPermission},
		names: func(*resource.Resource) ([]string, bool) { return nil, true }})
	e.shares = &sharing{of: map[string][]*resource.Resource{}, strays: rest}
	owned := map[*resource.Resource]bool{}
	for addr, s := range splits {
		for _, p := range s.parts[ebsPermission] {
			e.shares.of[addr] = append(e.shares.of[addr], p)
			owned[p] = true
		}
	}
	for _, p := range e.byType[ebsPermission] {
		if !owned[p] && !isNamed(p.Get("snapshot_id")) && e.shares.any == nil {
			e.shares.any = p
		}
	}
	return e.shares
}

// strayShared is a snapshot that was made elsewhere and is shared here; who else it is shared with, nobody tells.
func (e *estate) strayShared(s *split) probity.Asset {
	a := e.stray(s, kinds.EBSSnapshot, "")
	gap := &probity.Gap{Reason: probity.NotCollected}
	var with []string
	for _, p := range s.parts[ebsPermission] {
		if who := p.Get("account_id"); p.Maybe == nil && who.String() != "" {
			with = append(with, who.String())
		} else {
			gap = first(p.Maybe, who.Gap(), gap)
		}
	}
	share(&a, probity.Open(*gap, s.owner.At, with...), probity.Fact[bool]{})
	return a
}

// permissions tells with whom a snapshot is shared, by the resources that share it.
func (e *estate) permissions(a *probity.Asset, r *resource.Resource) {
	all := e.sharing()
	var with []string
	var gap *probity.Gap
	var at, lost *probity.Origin
	doubt := func(p *resource.Resource, gaps ...*probity.Gap) {
		if g := first(gaps...); gap == nil {
			lost, gap = p.At, &probity.Gap{Reason: probity.Unresolved, Because: p.Addr + " may share it"}
			if g != nil {
				gap.Reason, gap.Needs = g.Reason, g.Needs
			}
		}
	}
	for _, p := range all.of[r.Addr] {
		who := p.Get("account_id")
		if p.Maybe == nil && who.String() != "" {
			with, at = append(with, who.String()), who.At
		} else {
			doubt(p, p.Maybe, who.Gap())
		}
	}
	if p := all.any; p != nil {
		doubt(p, p.Maybe, p.Get("snapshot_id").Gap())
	}
	if l := e.loss(r.Addr); gap == nil && l != nil {
		g := l.Doubt()
		gap, lost = &g, l.Origin
	}
	switch {
	case gap != nil:
		share(a, probity.Open(*gap, lost, with...), e.scheduled(a))
	case len(with) > 0:
		share(a, probity.Whole(at, with...), e.scheduled(a))
	default:
		share(a, kinds.SnapshotShared(), e.scheduled(a))
	}
}
