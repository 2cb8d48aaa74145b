package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/eks"
	"github.com/aws/aws-sdk-go-v2/service/eks/types"

	probity "github.com/probity-scan/probity"
)

func eksService() service {
	return service{name: "eks", id: "EKS",
		lists: []string{"aws_eks_cluster"},
		calls: append(calls("ListClusters"), apiece(calls("DescribeCluster")...)...),
		read: func(r *reader) {
			api := eks.NewFromConfig(r.cfg)
			many(r, list(r, api.ListClusters, &eks.ListClustersInput{},
				func(p *eks.ListClustersOutput) []string { return p.Clusters }, "aws_eks_cluster"),
				func(name string, at *probity.Origin) { r.kubernetes(api, name, at) })
		}}
}

func (r *reader) kubernetes(api *eks.Client, name string, at *probity.Origin) {
	is := ask(r, api.DescribeCluster, &eks.DescribeClusterInput{Name: &name})
	c := value(value(is.out).Cluster)
	says := func(v any) any { return is.get(func(*eks.DescribeClusterOutput) any { return v }) }
	net := value(c.ResourcesVpcConfig)
	t := Thing{Type: "aws_eks_cluster", ARN: r.arn("eks", "cluster/"+name), ID: name, Created: c.CreatedAt, At: at, Attrs: attrs{
		"name":                      name,
		"encryption_config":         says(envelope(c.EncryptionConfig)),
		"enabled_cluster_log_types": says(controlPlaneLogs(value(c.Logging))),
		"vpc_config": says(attrs{
			"endpoint_public_access": net.EndpointPublicAccess,
			"public_access_cidrs":    net.PublicAccessCidrs,
		}),
		"tags": says(c.Tags),
	}}
	if c.Endpoint != nil {
		t.Names = []string{*c.Endpoint}
	}
	r.add(t)
}

// envelope is the key that encrypts Secrets once more.
func envelope(of []types.EncryptionConfig) any {
	for _, e := range of {
		for _, what := range e.Resources { //nolint:staticcheck // clusters of before still tell by it
			if what == "secrets" {
				return attrs{"provider": attrs{"key_arn": keyOf(value(e.Provider).KeyArn)}}
			}
		}
	}
	return nil
}

func controlPlaneLogs(l types.Logging) []string {
	out := []string{}
	for _, s := range l.ClusterLogging {
		if value(s.Enabled) {
			for _, t := range s.Types {
				out = append(out, string(t))
			}
		}
	}
	return out
}
