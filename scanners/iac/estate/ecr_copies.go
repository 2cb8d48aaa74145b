package estate

import (
	"slices"
	"strconv"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const ecrReplication = "aws_ecr_replication_configuration"

// imageCopies are the repositories that a registry fills in other regions and accounts. ECR copies images, and none of a
// repository's settings (Amazon ECR User Guide, "Private image replication").
func (e *estate) imageCopies() []probity.Asset {
	var out []probity.Asset
	for _, c := range e.byType[ecrReplication] {
		rules, gap := c.Get("replication_configuration", "rule").Blocks()
		gap = first(c.Maybe, gap)
		for _, r := range e.byType[ecrRepository] {
			if r.Provider.Name != c.Provider.Name || region(r) != region(c) {
				continue
			}
			for _, rule := range rules {
				copies, doubt := copied(r, rule)
				gap = first(gap, doubt)
				if !copies {
					continue
				}
				to, rest := rule.Get("destination").Blocks()
				gap = first(gap, rest)
				for _, d := range to {
					if a, ok := e.imageCopy(r, d); ok {
						out = append(out, a)
					}
				}
			}
		}
		if gap != nil {
			e.losses = append(e.losses, resource.Loss{Gap: probity.Gap{Reason: gap.Reason, Needs: gap.Needs, Because: c.Addr + " may copy images to more places"}, Origin: c.At, Type: ecrRepository})
		}
	}
	return out
}

// copied reports whether a rule copies a repository: by what its name starts with; without a filter, every one.
func copied(r *resource.Resource, rule *resource.Block) (bool, *probity.Gap) {
	filters, gap := rule.Get("repository_filter").Blocks()
	if len(filters) == 0 {
		return gap == nil, gap
	}
	name, known := r.Get("name").Text(probity.Fact[string]{}).Get()
	for _, f := range filters {
		v := f.Get("filter")
		prefix, said := v.Text(probity.Fact[string]{}).Get()
		switch {
		case said && known && strings.HasPrefix(name, prefix):
			return true, nil
		case !said:
			g := v.Why()
			gap = &g
		case !known:
			g := r.Get("name").Why()
			gap = &g
		}
	}
	return false, gap
}

// imageCopy is false for the repository itself.
func (e *estate) imageCopy(r *resource.Resource, to *resource.Block) (probity.Asset, bool) {
	place, name := to.Get("region").String(), r.Get("name").String()
	account := to.Get("registry_id").String()
	if place != "" && place == region(r) && account == "" {
		return probity.Asset{}, false
	}
	key := strings.Trim(place+"/"+account, "/")
	c := &resource.Resource{Block: resource.Block{At: to.At}, Addr: r.Addr + ".replica[" + strconv.Quote(key) + "]", Type: ecrRepository, Name: r.Name, Maybe: r.Maybe}
	c.Provider = resource.Provider{Name: r.Provider.Name, Region: to.Get("region")}
	a := e.asset(c, kinds.ECRRepository, "") // it bears the repository's name, but links by that name mean the repository
	a.Name, a.Tags = name, probity.Fact[map[string]string]{}
	if account != "" && place != "" && name != "" {
		a.Scope.Account = account
		a.Aliases = append(a.Aliases, "arn:aws:ecr:"+place+":"+account+":repository/"+name)
	}
	a.Links = a.Links.With(probity.Link{Kind: probity.ReplicaOf, To: e.ref(r.Addr)})
	return a, !slices.Contains(a.Aliases, r.Get("arn").String())
}
