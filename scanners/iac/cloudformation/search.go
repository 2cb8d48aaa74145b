package cloudformation

import (
	"maps"
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

func search() []entry {
	domain := func(cluster string) properties {
		return properties{
			"DomainName":                  attr("domain_name"),
			"AccessPolicies":              document("access_policies"),
			"EncryptionAtRestOptions":     block("encrypt_at_rest", properties{"Enabled": attr("enabled"), "KmsKeyId": attr("kms_key_id")}),
			"NodeToNodeEncryptionOptions": block("node_to_node_encryption", properties{"Enabled": attr("enabled")}),
			"DomainEndpointOptions":       endpointOptions,
			"VPCOptions":                  block("vpc_options", properties{"SubnetIds": attr("subnet_ids"), "SecurityGroupIds": attr("security_group_ids")}),
			"AdvancedSecurityOptions": block("advanced_security_options", properties{
				"Enabled": attr("enabled"), "AnonymousAuthEnabled": attr("anonymous_auth_enabled"),
				"MasterUserOptions": block("master_user_options", properties{"MasterUserPassword": attr("master_user_password")}),
			}),
			"LogPublishingOptions": publishing,
			cluster:                block("cluster_config", properties{"ZoneAwarenessEnabled": attr("zone_awareness_enabled")}),
			"Tags":                 tags,
		}
	}
	return []entry{
		{Type: "AWS::OpenSearchService::Domain", As: "aws_opensearch_domain", Attributes: map[string]string{"DomainArn": "arn"},
			Properties: with(domain("ClusterConfig"), properties{"EngineVersion": attr("engine_version")})},
		{Type: "AWS::Elasticsearch::Domain", As: "aws_elasticsearch_domain", Attributes: map[string]string{"DomainArn": "arn"},
			Properties: with(domain("ElasticsearchClusterConfig"), properties{"ElasticsearchVersion": attr("elasticsearch_version")})},
		{Type: "AWS::OpenSearchServerless::Collection", As: "aws_opensearchserverless_collection", Properties: properties{
			"Name": attr("name"), "StandbyReplicas": attr("standby_replicas"), "Tags": tags}},
		{Type: "AWS::OpenSearchServerless::SecurityPolicy", As: "aws_opensearchserverless_security_policy", Properties: properties{
			"Name": attr("name"), "Type": attr("type"), "Policy": document("policy")}},
		{Type: "AWS::OpenSearchServerless::AccessPolicy", As: "aws_opensearchserverless_access_policy", Properties: properties{
			"Name": attr("name"), "Type": attr("type"), "Policy": document("policy")}},
	}
}

// endpointOptions: Terraform's provider demands HTTPS inside of the block, CloudFormation does not.
func endpointOptions(t *translation, v resource.Value) {
	block("domain_endpoint_options", properties{"EnforceHTTPS": attr("enforce_https"), "TLSSecurityPolicy": attr("tls_security_policy")})(t, v)
	if b, ok := t.out.Attrs["domain_endpoint_options"].Data.(*resource.Block); ok && b.Rest == nil && !b.Get("enforce_https").Set() {
		b.Attrs["enforce_https"] = resource.Value{Data: false, At: &probity.Origin{Default: "OpenSearch accepts plain HTTP unless told (API of 2021-01-01)"}}
	}
}

// publishing is an object of kinds of log.
func publishing(t *translation, v resource.Value) {
	b, ok := v.Data.(*resource.Block)
	if !ok {
		t.out.Attrs["log_publishing_options"] = v
		return
	}
	list := resource.List{Rest: b.Rest}
	for _, kind := range slices.Sorted(maps.Keys(b.Attrs)) {
		one := properties{"Enabled": attr("enabled"), "CloudWatchLogsLogGroupArn": attr("cloudwatch_log_group_arn")}.within(t, b.Attrs[kind])
		if o, ok := one.Data.(*resource.Block); ok {
			o.Attrs["log_type"] = resource.Value{Data: kind, At: one.At}
		}
		list.Items = append(list.Items, one)
	}
	t.out.Attrs["log_publishing_options"] = resource.Value{Data: list, At: v.At}
}
