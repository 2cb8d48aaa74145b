package aws

import (
	"cmp"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/emr"
	"github.com/aws/aws-sdk-go-v2/service/emr/types"

	probity "github.com/probity-scan/probity"
)

func emrService() service {
	return service{name: "elasticmapreduce", id: "EMR",
		lists: []string{"aws_emr_cluster"},
		calls: append(calls("ListClusters", "DescribeSecurityConfiguration", "GetBlockPublicAccessConfiguration"),
			apiece(calls("DescribeCluster")...)...),
		read: func(r *reader) {
			api := emr.NewFromConfig(r.cfg)
			c := &emrReader{r: r, api: api, told: map[string]bool{}}
			many(r, list(r, api.ListClusters, &emr.ListClustersInput{ClusterStates: []types.ClusterState{
				types.ClusterStateStarting, types.ClusterStateBootstrapping, types.ClusterStateRunning, types.ClusterStateWaiting}},
				func(p *emr.ListClustersOutput) []types.ClusterSummary { return p.Clusters }, "aws_emr_cluster"), c.cluster)
			if len(c.told) == 0 {
				return // the block guards clusters alone
			}
			block := ask(r, api.GetBlockPublicAccessConfiguration, &emr.GetBlockPublicAccessConfigurationInput{})
			r.add(Thing{Type: "aws_emr_block_public_access_configuration", ID: r.arn("elasticmapreduce", "block"), At: block.at, Attrs: attrs{
				"block_public_security_group_rules": block.get(func(o *emr.GetBlockPublicAccessConfigurationOutput) any {
					return value(value(o.BlockPublicAccessConfiguration).BlockPublicSecurityGroupRules)
				}),
				"permitted_public_security_group_rule_range": block.get(func(o *emr.GetBlockPublicAccessConfigurationOutput) any {
					return each(value(o.BlockPublicAccessConfiguration).PermittedPublicSecurityGroupRuleRanges, func(p types.PortRange) any {
						return attrs{"min_range": p.MinRange, "max_range": p.MaxRange}
					})
				}),
			}})
		}}
}

// emrReader asks once for each security configuration, however many clusters name it.
type emrReader struct {
	r    *reader
	api  *emr.Client
	mu   sync.Mutex
	told map[string]bool
}

func (c *emrReader) cluster(s types.ClusterSummary, at *probity.Origin) {
	is := ask(c.r, c.api.DescribeCluster, &emr.DescribeClusterInput{ClusterId: s.Id})
	d := value(value(is.out).Cluster)
	says := func(v any) any { return is.get(func(*emr.DescribeClusterOutput) any { return v }) }
	t := Thing{Type: "aws_emr_cluster", ARN: cmp.Or(value(s.ClusterArn), c.r.arn("elasticmapreduce", "cluster/"+value(s.Id))), ID: value(s.Id), At: at, Attrs: attrs{
		"name":                   s.Name,
		"security_configuration": says(to("aws_emr_security_configuration", d.SecurityConfiguration)),
		"log_uri":                says(d.LogUri),
		"tags":                   says(tags(d.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })),
	}}
	if s.Status != nil && s.Status.Timeline != nil {
		t.Created = s.Status.Timeline.CreationDateTime
	}
	c.r.add(t)
	if c.first(value(d.SecurityConfiguration)) && d.SecurityConfiguration != nil {
		c.security(d.SecurityConfiguration)
	}
}

func (c *emrReader) first(name string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	told := c.told[name]
	c.told[name] = true
	return !told
}

func (c *emrReader) security(name *string) {
	is := ask(c.r, c.api.DescribeSecurityConfiguration, &emr.DescribeSecurityConfigurationInput{Name: name})
	c.r.add(Thing{Type: "aws_emr_security_configuration", ID: *name, At: is.at, Attrs: attrs{"name": name,
		"configuration": is.get(func(o *emr.DescribeSecurityConfigurationOutput) any { return o.SecurityConfiguration })}})
}
