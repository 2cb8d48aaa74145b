package aws

import (
	"cmp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecr/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// imageCopies tells where the registry copies the images of a repository to: other regions, and registries of other accounts.
func (r *reader) imageCopies(d types.Repository, told answer[ecr.DescribeRegistryOutput]) {
	if told.out == nil {
		return
	}
	name := value(d.RepositoryName)
	for _, rule := range value(told.out.ReplicationConfiguration).Rules {
		if !copied(name, rule.RepositoryFilters) {
			continue
		}
		for _, to := range rule.Destinations {
			region, account := value(to.Region), cmp.Or(value(to.RegistryId), r.account)
			arn := arnIn("ecr", region, account, "repository/"+name)
			if region == "" || arn == value(d.RepositoryArn) {
				continue
			}
			a := probity.Asset{Ref: probity.Ref{ID: arn}, Aliases: []string{arn}, Name: name, Kind: kinds.ECRRepository, Class: kinds.ClassOf(kinds.ECRRepository), Origin: told.at,
				Scope: probity.Scope{Provider: "aws", Account: account, Region: region}}
			a.Location.Region = probity.Known(region, told.at)
			a.Links = a.Links.With(probity.Link{Kind: probity.ReplicaOf, To: probity.Ref{ID: value(d.RepositoryArn)}})
			r.tell(a)
		}
	}
}

// copied reports whether a rule copies a repository: by what its name starts with; without a filter, every one.
func copied(name string, filters []types.RepositoryFilter) bool {
	return len(filters) == 0 || slices.ContainsFunc(filters, func(f types.RepositoryFilter) bool { return strings.HasPrefix(name, value(f.Filter)) })
}
