package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/transfer"
	"github.com/aws/aws-sdk-go-v2/service/transfer/types"

	probity "github.com/probity-scan/probity"
)

func transferFamily() service {
	return service{name: "transfer", id: "Transfer",
		lists: []string{"aws_transfer_server"},
		calls: append(calls("ListServers"), apiece(calls("DescribeServer")...)...),
		read: func(r *reader) {
			api := transfer.NewFromConfig(r.cfg)
			many(r, list(r, api.ListServers, &transfer.ListServersInput{},
				func(p *transfer.ListServersOutput) []types.ListedServer { return p.Servers }, "aws_transfer_server"),
				func(s types.ListedServer, at *probity.Origin) { r.transferServer(api, s, at) })
		}}
}

func (r *reader) transferServer(api *transfer.Client, s types.ListedServer, at *probity.Origin) {
	is := ask(r, api.DescribeServer, &transfer.DescribeServerInput{ServerId: s.ServerId})
	d := value(value(is.out).Server)
	says := func(v any) any { return is.get(func(*transfer.DescribeServerOutput) any { return v }) }
	net := value(d.EndpointDetails)
	r.add(Thing{Type: "aws_transfer_server", ARN: value(s.Arn), ID: value(s.ServerId), At: at,
		Names: []string{value(s.ServerId) + ".server.transfer." + r.region + ".amazonaws.com"},
		Attrs: attrs{
			"protocols":            says(each(d.Protocols, func(p types.Protocol) any { return string(p) })),
			"endpoint_type":        word(s.EndpointType),
			"security_policy_name": says(d.SecurityPolicyName),
			"endpoint_details": says(attrs{
				"address_allocation_ids": net.AddressAllocationIds,
				"security_group_ids":     each(net.SecurityGroupIds, func(id string) any { return to("aws_security_group", &id) }),
			}),
			"tags": says(tags(d.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })),
		}})
}
