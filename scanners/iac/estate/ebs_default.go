package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// place is where an account's default holds.
type place struct {
	provider, region string
	own              bool // the region is the resource's own
}

// volumeDefault is the account's default for the volume's provider and region where this root sets it, else the provider's.
func (e *estate) volumeDefault(r *resource.Resource) probity.Fact[bool] {
	at := place{r.Provider.Name, region(r), r.Get("region").Set()}
	def, ok := e.defaults[at]
	if !ok {
		if e.defaults == nil {
			e.defaults = map[place]probity.Fact[bool]{}
		}
		def = e.defaultAt(r)
		e.defaults[at] = def
	}
	return def
}

func (e *estate) defaultAt(r *resource.Resource) probity.Fact[bool] {
	var same []*resource.Resource
	doubt := kinds.EBSAtRest()
	for _, d := range e.byType[accountEBS] {
		switch is, known := sameRegion(d, r); {
		case known && !is:
		case known && d.Provider.Name == r.Provider.Name:
			same = append(same, d)
		case !certain(d, ebsByDefault(d)).Is(func(on bool) bool { return !on }):
			doubt = probity.Missing[bool](probity.Gap{Reason: probity.Unresolved, Because: d.Addr + " may be of its account and region"}, d.At)
		}
	}
	if len(same) > 0 {
		return agreed(same, ebsByDefault)
	}
	return doubt
}

// unlessLost is a default that something which could not be read may change.
func (e *estate) unlessLost(r *resource.Resource, def probity.Fact[bool]) probity.Fact[bool] {
	if from := def.From(); from != nil && from.Default != "" {
		if l := e.lostAccount(r); l != nil {
			return probity.Missing[bool](l.Doubt(), l.Origin)
		}
	}
	return def
}

// sameRegion compares the regions of two resources, and tells whether they are known to be the same or not. Those that
// take it from one provider are of one region, whichever it is.
func sameRegion(a, b *resource.Resource) (is, known bool) {
	if !a.Get("region").Set() && !b.Get("region").Set() && a.Provider.Name == b.Provider.Name {
		return true, true
	}
	r, s := region(a), region(b)
	return r == s, r != "" && s != ""
}

// region is the name of a resource's region, empty where it is not known.
func region(r *resource.Resource) string {
	if v := r.Get("region"); v.Set() {
		return v.String()
	}
	return r.Provider.Region.String()
}
