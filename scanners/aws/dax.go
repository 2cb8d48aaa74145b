package aws

import (
	"net"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/service/dax"
	"github.com/aws/aws-sdk-go-v2/service/dax/types"

	probity "github.com/probity-scan/probity"
)

func daxService() service {
	return service{name: "dax", id: "DAX", lists: []string{"aws_dax_cluster"},
		calls: append(calls("DescribeClusters"), apiece(calls("ListTags")...)...),
		read: func(r *reader) {
			api := dax.NewFromConfig(r.cfg)
			many(r, list(r, api.DescribeClusters, &dax.DescribeClustersInput{}, func(p *dax.DescribeClustersOutput) []types.Cluster { return p.Clusters }, "aws_dax_cluster"),
				func(c types.Cluster, at *probity.Origin) {
					t := daxCluster(c, at)
					told := ask(r, api.ListTags, &dax.ListTagsInput{ResourceName: c.ClusterArn})
					t.Attrs["tags"] = told.get(func(o *dax.ListTagsOutput) any {
						return tags(o.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
					})
					r.add(t)
				})
		}}
}

func daxCluster(c types.Cluster, at *probity.Origin) Thing {
	t := Thing{Type: "aws_dax_cluster", ARN: value(c.ClusterArn), ID: value(c.ClusterName), At: at, Attrs: attrs{
		"cluster_name":                     c.ClusterName,
		"server_side_encryption":           attrs{"enabled": c.SSEDescription != nil && c.SSEDescription.Status == types.SSEStatusEnabled},
		"cluster_endpoint_encryption_type": word(c.ClusterEndpointEncryptionType),
		"security_group_ids": each(c.SecurityGroups, func(g types.SecurityGroupMembership) any {
			return to("aws_security_group", g.SecurityGroupIdentifier)
		}),
		"port": nil,
	}}
	if e := c.ClusterDiscoveryEndpoint; e != nil {
		t.Names, t.Attrs["port"] = served(value(e.Address), e.Port), port(e.Port)
	}
	return t
}

// served are the names in the whole world of what answers at an address.
func served(host string, port int32) []string {
	switch {
	case host == "":
		return nil
	case port == 0:
		return []string{host}
	}
	return []string{host, net.JoinHostPort(host, strconv.Itoa(int(port)))}
}

// port is the number of a port; nothing where it is not told.
func port(n int32) any {
	if n == 0 {
		return nil
	}
	return n
}
