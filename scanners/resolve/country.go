package resolve

import (
	"context"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// country gives the step that tells the country of a provider's region, by the dated table.
func country(table kinds.RegionTable) step {
	said := &probity.Origin{Default: table.Source + ", as of " + table.AsOf} // by one table of all countries
	return func(_ context.Context, _ Inventory, a *probity.Asset) (bool, error) {
		region := a.Location.Region
		if region.IsZero() || !a.Location.Country.IsZero() {
			return false, nil
		}
		e := evidence(a, "location.region", region)
		from := derived(e, probity.Evidence{Asset: a.Ref, Fact: "location.country", Origin: said})
		name, ok := region.Get()
		c, listed := table.Country(name)
		switch {
		case !ok:
			a.Location.Country = probity.Missing[string](*e.Gap, from)
		case !listed:
			a.Location.Country = probity.Missing[string](probity.Gap{Reason: probity.Unresolved,
				Because: "the region is not in our table of " + table.AsOf}, from)
		default:
			a.Location.Country = probity.Known(c, from)
		}
		return true, nil
	}
}
