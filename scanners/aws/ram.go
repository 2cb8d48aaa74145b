package aws

import (
	"strconv"

	"github.com/aws/aws-sdk-go-v2/service/ram"
	"github.com/aws/aws-sdk-go-v2/service/ram/types"
)

func ramService() service {
	return service{name: "ram", id: "RAM",
		lists: []string{"aws_ram_resource_share", "aws_ram_principal_association", "aws_ram_resource_association"},
		calls: calls("GetResourceShares", "ListPrincipals", "ListResources"),
		read: func(r *reader) {
			api := ram.NewFromConfig(r.cfg)
			own, n := types.ResourceOwnerSelf, 0
			part := func() string { n++; return "ram/" + strconv.Itoa(n) }
			for s, at := range list(r, api.GetResourceShares, &ram.GetResourceSharesInput{ResourceOwner: own, ResourceShareStatus: types.ResourceShareStatusActive},
				func(p *ram.GetResourceSharesOutput) []types.ResourceShare { return p.ResourceShares }, "aws_ram_resource_share") {
				r.add(Thing{Type: "aws_ram_resource_share", ARN: value(s.ResourceShareArn), Created: s.CreationTime, At: at, Attrs: attrs{
					"name":                      s.Name,
					"allow_external_principals": s.AllowExternalPrincipals,
					"tags":                      tags(s.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value }),
				}})
			}
			for p, at := range list(r, api.ListPrincipals, &ram.ListPrincipalsInput{ResourceOwner: own},
				func(p *ram.ListPrincipalsOutput) []types.Principal { return p.Principals }, "aws_ram_principal_association") {
				r.add(Thing{Type: "aws_ram_principal_association", ID: part(), At: at, Attrs: attrs{
					"resource_share_arn": to("aws_ram_resource_share", p.ResourceShareArn), "principal": p.Id}})
			}
			for s, at := range list(r, api.ListResources, &ram.ListResourcesInput{ResourceOwner: own},
				func(p *ram.ListResourcesOutput) []types.Resource { return p.Resources }, "aws_ram_resource_association") {
				r.add(Thing{Type: "aws_ram_resource_association", ID: part(), At: at, Attrs: attrs{
					"resource_share_arn": to("aws_ram_resource_share", s.ResourceShareArn), "resource_arn": s.Arn}})
			}
		}}
}
