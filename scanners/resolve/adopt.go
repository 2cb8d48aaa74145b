package resolve

import (
	"slices"

	probity "github.com/probity-scan/probity"
)

// adopt joins orphaned fragments to the only asset of their root that bears their ID as an alias.
func adopt(assets, orphans []*probity.Asset) ([]*probity.Asset, []probity.Coverage) {
	if len(orphans) == 0 {
		return assets, nil
	}
	by := map[string][]int{}
	for i := range assets {
		for _, n := range assets[i].Aliases {
			by[n] = append(by[n], i)
		}
	}
	parts := map[int][]*probity.Asset{}
	var lost []probity.Coverage
	for _, o := range orphans {
		owners := slices.DeleteFunc(slices.Clone(by[o.ID]), func(i int) bool { return o.Root != "" && assets[i].Root != o.Root })
		if len(owners) == 1 {
			i := owners[0]
			parts[i] = append(parts[i], o)
			continue
		}
		lost = append(lost, orphaned(o, len(owners)))
	}
	for i, p := range parts {
		assets[i] = union(append([]*probity.Asset{assets[i]}, p...))
	}
	return assets, lost
}

// orphaned says what is lost with a fragment.
func orphaned(o *probity.Asset, owners int) probity.Coverage {
	c := probity.Coverage{Supply: probity.Supply{On: o.Ref, Scope: o.Scope}, Origin: o.Origin}
	c.Gap = &probity.Gap{Reason: probity.Unresolved, Because: "what it belongs to is not in this scan"}
	if owners > 1 {
		c.Gap.Because = "several assets bear the name of what it belongs to"
	}
	for p, l := range probity.Leaves(o) {
		if _, g := l.Value(); g != nil && g.Reason == probity.NotCollected {
			continue
		}
		if c.Path == "" {
			c.Path = p
		}
		if c.Origin == nil {
			c.Origin = l.From()
		}
	}
	return c
}
