package aws

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// arnIn is the name of something of a region.
func arnIn(service, region, account, resource string) string {
	return "arn:" + partition(region) + ":" + service + ":" + region + ":" + account + ":" + resource
}

// replica tells of a copy in another region that a store of this one names. A scan of that region tells the rest of it.
func (r *reader) replica(kind probity.Kind, arn, name, region string, of string, at *probity.Origin) {
	if arn == "" || region == "" || region == r.region {
		return
	}
	a := probity.Asset{Ref: probity.Ref{ID: arn}, Aliases: []string{arn}, Name: name, Kind: kind, Class: kinds.ClassOf(kind), Origin: at,
		Scope: probity.Scope{Provider: "aws", Account: r.account, Region: region}}
	a.Location.Region = probity.Known(region, at)
	a.Links = a.Links.With(probity.Link{Kind: probity.ReplicaOf, To: probity.Ref{ID: of}})
	r.tell(a)
}

// copied tells that a store which another unit lists holds what a store of this region holds.
func (r *reader) copied(to, from string, at *probity.Origin) {
	a := probity.Asset{Ref: probity.Ref{ID: to}, Origin: at}
	a.Links = a.Links.With(probity.Link{Kind: probity.CopyOf, To: probity.Ref{ID: from}})
	r.tell(a)
}

// untold says, once, that something besides the stores themselves could not be listed, such as where copies of them go.
func (r *reader) untold(gap *probity.Gap, at *probity.Origin) {
	if gap == nil {
		return
	}
	c := probity.Coverage{Supply: probity.Supply{On: Account(r.account, r.region), Scope: probity.Scope{Provider: "aws", Account: r.account, Region: r.region}}, Gap: gap, Origin: at}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, f := range r.beside {
		if same, ok := f.(probity.Coverage); ok && same.Gap != nil && *same.Gap == *gap && same.Origin.String() == at.String() {
			return
		}
	}
	r.beside = append(r.beside, c)
}
