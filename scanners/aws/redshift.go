package aws

import (
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/redshift"
	"github.com/aws/aws-sdk-go-v2/service/redshift/types"

	probity "github.com/probity-scan/probity"
)

func redshiftService() service {
	return service{name: "redshift", id: "Redshift",
		lists: []string{"aws_redshift_cluster", "aws_redshift_logging", "aws_redshift_subnet_group", "aws_redshift_cluster_snapshot", "aws_redshift_snapshot_copy",
			"aws_redshift_endpoint_authorization", "aws_redshift_data_share_authorization"},
		calls: append(calls("DescribeClusters", "DescribeClusterParameters", "DescribeClusterSubnetGroups", "DescribeClusterSnapshots",
			"DescribeEndpointAuthorization", "DescribeDataShares"),
			apiece(calls("DescribeLoggingStatus")...)...),
		read: func(r *reader) { (&redshiftReader{reader: r, api: redshift.NewFromConfig(r.cfg)}).read() }}
}

// redshiftReader reads warehouses that have nodes of their own.
type redshiftReader struct {
	*reader
	api      *redshift.Client
	clusters []types.Cluster
	at       *probity.Origin
}

func (r *redshiftReader) read() {
	for c, at := range list(r.reader, r.api.DescribeClusters, &redshift.DescribeClustersInput{},
		func(p *redshift.DescribeClustersOutput) []types.Cluster { return p.Clusters }, "aws_redshift_cluster") {
		r.clusters, r.at = append(r.clusters, c), at
	}
	many(r.reader, over(r.clusters), func(c types.Cluster, _ *probity.Origin) { r.add(r.cluster(c)) })
	together(r.parameterGroups, r.subnetGroups, r.snapshots, r.copies, r.grantees, r.shares)
}

func (r *redshiftReader) cluster(c types.Cluster) Thing {
	t := Thing{Type: "aws_redshift_cluster", ARN: r.arn("cluster:" + value(c.ClusterIdentifier)), ID: value(c.ClusterIdentifier), Created: c.ClusterCreateTime, At: r.at}
	port := (*int32)(nil)
	if e := c.Endpoint; e != nil {
		port = e.Port
		t.Names = append(endpoint(e.Address, value(e.Port)), endpoint(c.CustomDomainName, value(e.Port))...)
	}
	if c.ClusterNamespaceArn != nil {
		t.Names = append(t.Names, *c.ClusterNamespaceArn)
	}
	t.Attrs = attrs{
		"cluster_identifier":                  c.ClusterIdentifier,
		"master_username":                     c.MasterUsername,
		"encrypted":                           c.Encrypted,
		"kms_key_id":                          keyOf(c.KmsKeyId),
		"publicly_accessible":                 c.PubliclyAccessible,
		"vpc_security_group_ids":              each(c.VpcSecurityGroups, func(g types.VpcSecurityGroupMembership) any { return to("aws_security_group", g.VpcSecurityGroupId) }),
		"cluster_subnet_group_name":           to("aws_redshift_subnet_group", c.ClusterSubnetGroupName),
		"cluster_parameter_group_name":        nil,
		"automated_snapshot_retention_period": c.AutomatedSnapshotRetentionPeriod,
		"multi_az":                            strings.EqualFold(value(c.MultiAZ), "enabled"),
		"enhanced_vpc_routing":                c.EnhancedVpcRouting,
		"allow_version_upgrade":               c.AllowVersionUpgrade,
		"manage_master_password":              c.MasterPasswordSecretArn != nil,
		"master_user_secret":                  attrs{"secret_arn": c.MasterPasswordSecretArn},
		"port":                                port,
		"snapshot_identifier":                 nil,
		"snapshot_arn":                        nil,
		"engine_version":                      c.ClusterVersion,
		"tags":                                redshiftTags(c.Tags),
	}
	onlyInCode(t.Attrs)
	if len(c.ClusterParameterGroups) > 0 {
		t.Attrs["cluster_parameter_group_name"] = to("aws_redshift_parameter_group", c.ClusterParameterGroups[0].ParameterGroupName)
	}
	t.Attrs["logging"] = nil
	if r.wants("audit") {
		a := ask(r.reader, r.api.DescribeLoggingStatus, &redshift.DescribeLoggingStatusInput{ClusterIdentifier: c.ClusterIdentifier}, "ClusterNotFound")
		t.Attrs["logging"] = a.get(func(o *redshift.DescribeLoggingStatusOutput) any {
			return attrs{"enable": value(o.LoggingEnabled), "bucket_name": o.BucketName, "log_exports": o.LogExports}
		})
	} else {
		delete(t.Attrs, "logging")
	}
	return t
}

// parameterGroups reads those that clusters are in, Redshift's own too.
func (r *redshiftReader) parameterGroups() {
	if !r.wants("encryption.in_transit", "settings.activity_log") {
		return
	}
	var names []string
	for _, c := range r.clusters {
		for _, g := range c.ClusterParameterGroups {
			names = append(names, value(g.ParameterGroupName))
		}
	}
	slices.Sort(names)
	many(r.reader, over(slices.Compact(names)), func(name string, _ *probity.Origin) { r.parameterGroup(name) })
}

// parameterGroup adds a group with the parameters that are set in it. A family is not asked for: those that matter are told
// in any group.
func (r *redshiftReader) parameterGroup(name string) {
	in := &redshift.DescribeClusterParametersInput{ParameterGroupName: &name}
	set := []any{}
	for {
		a := ask(r.reader, r.api.DescribeClusterParameters, in, "ClusterParameterGroupNotFound")
		if a.gap == nil && a.out == nil {
			return
		}
		if a.gap == nil {
			for _, p := range a.out.Parameters {
				if p.ParameterValue != nil && (value(p.ParameterName) == "require_ssl" || value(p.ParameterName) == "enable_user_activity_logging") {
					set = append(set, attrs{"name": p.ParameterName, "value": p.ParameterValue})
				}
			}
			if in.Marker = a.out.Marker; value(in.Marker) != "" {
				continue
			}
		}
		r.add(Thing{Type: "aws_redshift_parameter_group", ARN: r.arn("parametergroup:" + name), ID: name, At: a.at, Attrs: attrs{"name": name, "family": name,
			"parameter": a.get(func(*redshift.DescribeClusterParametersOutput) any { return set })}})
		return
	}
}

func (r *redshiftReader) subnetGroups() {
	for g, at := range list(r.reader, r.api.DescribeClusterSubnetGroups, &redshift.DescribeClusterSubnetGroupsInput{},
		func(p *redshift.DescribeClusterSubnetGroupsOutput) []types.ClusterSubnetGroup {
			return p.ClusterSubnetGroups
		}, "aws_redshift_subnet_group") {
		name := value(g.ClusterSubnetGroupName)
		r.add(Thing{Type: "aws_redshift_subnet_group", ARN: r.arn("subnetgroup:" + name), ID: name, At: at, Attrs: attrs{"name": name,
			"subnet_ids": each(g.Subnets, func(s types.Subnet) any { return to("aws_subnet", s.SubnetIdentifier) })}})
	}
}

// arn is that of a thing of Redshift's, which answers give names of only.
func (r *redshiftReader) arn(of string) string {
	return "arn:" + partition(r.region) + ":redshift:" + r.region + ":" + r.account + ":" + of
}

func redshiftTags(in []types.Tag) map[string]string {
	return tags(in, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
}
