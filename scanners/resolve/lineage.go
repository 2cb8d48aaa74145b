package resolve

import (
	"context"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
)

const mostSources = 100 // of one store, at any distance

// lineage says of a store that is a copy, a replica or a snapshot which production systems and which other regions its data came
// from, through any number of steps.
func lineage(ctx context.Context, inv Inventory, a *probity.Asset) (bool, error) {
	if !slices.ContainsFunc(a.Links.Items, isCopy) {
		return false, nil
	}
	l := descent{own: a.Location.Region, seen: map[probity.Ref]bool{a.Ref: true}}
	if err := l.follow(ctx, inv, a); err != nil {
		return false, err
	}
	was := a.Lineage
	a.Lineage = probity.Lineage{Production: l.production.list(), Regions: l.regions.list()}
	return !a.Lineage.Production.Equal(was.Production) || !a.Lineage.Regions.Equal(was.Regions), nil
}

func isCopy(l probity.Link) bool {
	return l.Kind == probity.CopyOf || l.Kind == probity.ReplicaOf || l.Kind == probity.SnapshotOf
}

// gathered is a list under way, with what it rests on and why there may be more.
type gathered struct {
	items []string
	from  []probity.Evidence
	gaps  []*probity.Gap
}

func (g *gathered) list() probity.List[string] {
	slices.Sort(g.items)
	g.items = slices.Compact(g.items)
	if gap := deciding(g.gaps); gap != nil {
		return probity.Open(*gap, derived(g.from...), g.items...)
	}
	return probity.Whole(derived(g.from...), g.items...)
}

// descent follows a store to what its data came from.
type descent struct {
	own                 probity.Fact[string]
	seen                map[probity.Ref]bool
	production, regions gathered
}

func (d *descent) lost(g *probity.Gap) {
	d.production.gaps, d.regions.gaps = append(d.production.gaps, g), append(d.regions.gaps, g)
}

func (d *descent) follow(ctx context.Context, inv Inventory, a *probity.Asset) error {
	for queue := []probity.Asset{*a}; len(queue) > 0; queue = queue[1:] {
		for _, l := range queue[0].Links.Items {
			switch {
			case !isCopy(l) || d.seen[l.To]:
				continue
			case l.Gap != nil:
				d.lost(l.Gap)
				continue
			case len(d.seen) > mostSources:
				d.lost(&probity.Gap{Reason: probity.Unresolved, Because: "it has too many sources to follow"})
				return nil
			}
			d.seen[l.To] = true
			source, ok, err := find(ctx, inv, l.To)
			if err != nil {
				return err
			}
			if !ok {
				d.lost(&probity.Gap{Reason: probity.NotCollected, Needs: "a scan of " + l.To.ID})
				continue
			}
			d.source(&source)
			queue = append(queue, source)
		}
	}
	return nil
}

// source takes what tags and region of one source tell.
func (d *descent) source(s *probity.Asset) {
	tags, known := s.Tags.Get()
	e := evidence(s, "tags", s.Tags)
	d.production.from = append(d.production.from, e)
	switch {
	case !known:
		d.production.gaps = append(d.production.gaps, e.Gap)
	case isProduction(tags):
		d.production.items = append(d.production.items, s.ID)
	}
	region, known := s.Location.Region.Get()
	own, placed := d.own.Get()
	e = evidence(s, "location.region", s.Location.Region)
	d.regions.from = append(d.regions.from, e)
	switch {
	case !known:
		d.regions.gaps = append(d.regions.gaps, e.Gap)
	case !placed:
		_, gap := d.own.Value()
		d.regions.gaps = append(d.regions.gaps, gap)
	case region != own:
		d.regions.items = append(d.regions.items, region)
	}
}

// isProduction reports whether a tag calls a store one of the running business.
func isProduction(tags map[string]string) bool {
	for key, value := range tags {
		switch strings.ToLower(key) {
		case "env", "environment", "stage":
			if slices.Contains([]string{"prod", "production", "prd", "live"}, strings.ToLower(value)) {
				return true
			}
		}
	}
	return false
}
