package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/kafka"
	"github.com/aws/aws-sdk-go-v2/service/kafka/types"

	probity "github.com/probity-scan/probity"
)

func mskService() service {
	return service{name: "kafka", id: "Kafka",
		lists: []string{"aws_msk_cluster", "aws_msk_serverless_cluster"},
		calls: append(calls("ListClustersV2"), apiece(calls("GetClusterPolicy")...)...),
		read: func(r *reader) {
			api := kafka.NewFromConfig(r.cfg)
			many(r, list(r, api.ListClustersV2, &kafka.ListClustersV2Input{},
				func(p *kafka.ListClustersV2Output) []types.Cluster { return p.ClusterInfoList }, "aws_msk_cluster", "aws_msk_serverless_cluster"),
				func(c types.Cluster, at *probity.Origin) {
					arn := value(c.ClusterArn)
					if c.Serverless != nil {
						r.add(Thing{Type: "aws_msk_serverless_cluster", ARN: arn, Created: c.CreationTime, At: at, Attrs: attrs{"cluster_name": c.ClusterName, "tags": c.Tags,
							"vpc_config": each(c.Serverless.VpcConfigs, func(v types.VpcConfig) any { return attrs{"security_group_ids": groupsOf(v.SecurityGroupIds)} })}})
						return
					}
					r.add(Thing{Type: "aws_msk_cluster", ARN: arn, Created: c.CreationTime, At: at, Attrs: brokers(c)})
					policy := ask(r, api.GetClusterPolicy, &kafka.GetClusterPolicyInput{ClusterArn: &arn}, "NotFoundException")
					r.add(Thing{Type: "aws_msk_cluster_policy", ID: arn + "/policy", At: policy.at, Attrs: attrs{"cluster_arn": arn,
						"policy": policy.get(func(o *kafka.GetClusterPolicyOutput) any { return text(value(o.Policy)) })}})
				})
		}}
}

func brokers(c types.Cluster) attrs {
	p := value(c.Provisioned)
	encryption, nodes := value(p.EncryptionInfo), value(p.BrokerNodeGroupInfo)
	transit := value(encryption.EncryptionInTransit)
	return attrs{
		"cluster_name": c.ClusterName,
		"tags":         c.Tags,
		"encryption_info": attrs{
			"encryption_at_rest_kms_key_arn": keyOf(value(encryption.EncryptionAtRest).DataVolumeKMSKeyId),
			"encryption_in_transit":          attrs{"client_broker": text(string(transit.ClientBroker)), "in_cluster": transit.InCluster},
		},
		"broker_node_group_info": attrs{
			"security_groups":   groupsOf(nodes.SecurityGroups),
			"connectivity_info": attrs{"public_access": attrs{"type": value(value(nodes.ConnectivityInfo).PublicAccess).Type}},
		},
		"client_authentication": clientAuthentication(p.ClientAuthentication),
		"logging_info":          brokerLogs(value(value(p.LoggingInfo).BrokerLogs)),
	}
}

// clientAuthentication is how clients say who they are: a way that the answer does not name is off.
func clientAuthentication(c *types.ClientAuthentication) any {
	if c == nil {
		return nil
	}
	sasl := value(c.Sasl)
	var byCertificate any
	if t := c.Tls; t != nil && (value(t.Enabled) || len(t.CertificateAuthorityArnList) > 0) {
		byCertificate = attrs{"certificate_authority_arns": t.CertificateAuthorityArnList}
	}
	out := attrs{"unauthenticated": nil, "sasl": attrs{"iam": value(sasl.Iam).Enabled, "scram": value(sasl.Scram).Enabled}, "tls": byCertificate}
	if c.Unauthenticated != nil {
		out["unauthenticated"] = value(c.Unauthenticated.Enabled)
	}
	return out
}

func brokerLogs(l types.BrokerLogs) any {
	return attrs{"broker_logs": attrs{
		"cloudwatch_logs": attrs{"enabled": value(l.CloudWatchLogs).Enabled},
		"firehose":        attrs{"enabled": value(l.Firehose).Enabled},
		"s3":              attrs{"enabled": value(l.S3).Enabled},
	}}
}

// groupsOf are security groups by ID.
func groupsOf(ids []string) []any {
	return each(ids, func(id string) any { return to("aws_security_group", &id) })
}
