package aws

import (
	dms "github.com/aws/aws-sdk-go-v2/service/databasemigrationservice"
	"github.com/aws/aws-sdk-go-v2/service/databasemigrationservice/types"

	probity "github.com/probity-scan/probity"
)

func dmsService() service {
	return service{name: "dms", id: "Database Migration Service",
		lists: []string{"aws_dms_replication_instance", "aws_dms_endpoint", "aws_dms_replication_subnet_group", "aws_dms_replication_task"},
		calls: append(calls("DescribeReplicationInstances", "DescribeEndpoints", "DescribeReplicationSubnetGroups",
			"DescribeReplicationTasks"),
			apiece(calls("ListTagsForResource")...)...),
		read: func(r *reader) {
			api := dms.NewFromConfig(r.cfg)
			for g, at := range list(r, api.DescribeReplicationSubnetGroups, &dms.DescribeReplicationSubnetGroupsInput{},
				func(p *dms.DescribeReplicationSubnetGroupsOutput) []types.ReplicationSubnetGroup {
					return p.ReplicationSubnetGroups
				}, "aws_dms_replication_subnet_group") {
				r.add(Thing{Type: "aws_dms_replication_subnet_group", ID: value(g.ReplicationSubnetGroupIdentifier), At: at, Attrs: attrs{
					"replication_subnet_group_id": g.ReplicationSubnetGroupIdentifier,
					"subnet_ids":                  each(g.Subnets, func(s types.Subnet) any { return to("aws_subnet", s.SubnetIdentifier) })}})
			}
			many(r, list(r, api.DescribeReplicationInstances, &dms.DescribeReplicationInstancesInput{},
				func(p *dms.DescribeReplicationInstancesOutput) []types.ReplicationInstance {
					return p.ReplicationInstances
				}, "aws_dms_replication_instance"),
				func(i types.ReplicationInstance, at *probity.Origin) { r.add(r.dmsTagged(api, dmsInstance(i, at))) })
			many(r, list(r, api.DescribeEndpoints, &dms.DescribeEndpointsInput{},
				func(p *dms.DescribeEndpointsOutput) []types.Endpoint { return p.Endpoints }, "aws_dms_endpoint"),
				func(e types.Endpoint, at *probity.Origin) { r.add(r.dmsTagged(api, dmsEndpoint(e, at))) })
			leave := true
			for t, at := range list(r, api.DescribeReplicationTasks, &dms.DescribeReplicationTasksInput{WithoutSettings: &leave},
				func(p *dms.DescribeReplicationTasksOutput) []types.ReplicationTask { return p.ReplicationTasks }, "aws_dms_replication_task") {
				r.add(Thing{Type: "aws_dms_replication_task", ID: value(t.ReplicationTaskArn), At: at, Attrs: attrs{
					"source_endpoint_arn": to("aws_dms_endpoint", t.SourceEndpointArn), "target_endpoint_arn": to("aws_dms_endpoint", t.TargetEndpointArn)}})
			}
		}}
}

func dmsInstance(i types.ReplicationInstance, at *probity.Origin) Thing {
	return Thing{Type: "aws_dms_replication_instance", ARN: value(i.ReplicationInstanceArn), ID: value(i.ReplicationInstanceIdentifier), Created: i.InstanceCreateTime, At: at, Attrs: attrs{
		"replication_instance_id":     i.ReplicationInstanceIdentifier,
		"kms_key_arn":                 keyOf(i.KmsKeyId),
		"publicly_accessible":         i.PubliclyAccessible,
		"multi_az":                    i.MultiAZ,
		"vpc_security_group_ids":      each(i.VpcSecurityGroups, func(g types.VpcSecurityGroupMembership) any { return to("aws_security_group", g.VpcSecurityGroupId) }),
		"replication_subnet_group_id": to("aws_dms_replication_subnet_group", value(i.ReplicationSubnetGroup).ReplicationSubnetGroupIdentifier),
	}}
}

// dmsEndpoint takes of an endpoint's settings what they say of the connection. Passwords among them are left where they are.
func dmsEndpoint(e types.Endpoint, at *probity.Origin) Thing {
	t := Thing{Type: "aws_dms_endpoint", ARN: value(e.EndpointArn), ID: value(e.EndpointIdentifier), At: at, Attrs: attrs{
		"endpoint_id": e.EndpointIdentifier,
		"engine_name": e.EngineName,
		"ssl_mode":    word(e.SslMode),
		"s3_settings": attrs{"bucket_name": value(e.S3Settings).BucketName},
	}}
	for _, name := range []string{"password", "master_password", "password_wo", "master_password_wo", "admin_user_password", "admin_user_password_wo"} {
		t.Attrs[name] = onlyCode{}
	}
	if s := e.RedisSettings; s != nil {
		t.Attrs["redis_settings"] = attrs{"ssl_security_protocol": word(s.SslSecurityProtocol)}
	}
	if s := e.KafkaSettings; s != nil {
		t.Attrs["kafka_settings"] = attrs{"security_protocol": word(s.SecurityProtocol)}
	}
	return t
}

func (r *reader) dmsTagged(api *dms.Client, t Thing) Thing {
	t.Attrs["tags"] = askFor(r, r.tagPaths(), api.ListTagsForResource, &dms.ListTagsForResourceInput{ResourceArn: &t.ARN}).get(func(o *dms.ListTagsForResourceOutput) any {
		return tags(o.TagList, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
	})
	return t
}
