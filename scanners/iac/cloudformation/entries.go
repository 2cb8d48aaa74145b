package cloudformation

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// entries are ways in to what serves data or takes files.
func entries() []entry {
	behaviour := properties{"ViewerProtocolPolicy": attr("viewer_protocol_policy")}
	return []entry{
		{Type: "AWS::ElasticLoadBalancingV2::Listener", As: "aws_lb_listener", Properties: properties{
			"LoadBalancerArn": attr("load_balancer_arn"), "Port": attr("port"), "Protocol": attr("protocol"), "SslPolicy": attr("ssl_policy"),
			"DefaultActions": block("default_action", properties{"Type": attr("type"), "RedirectConfig": block("redirect", properties{"Protocol": attr("protocol")})}),
		}},
		{Type: "AWS::ElasticLoadBalancing::LoadBalancer", As: "aws_elb", Ref: "name", Properties: properties{
			"LoadBalancerName": attr("name"), "Tags": tags,
			"Listeners": block("listener", properties{"LoadBalancerPort": attr("lb_port"), "Protocol": attr("lb_protocol")}),
			"Policies":  negotiations,
		}},
		{Type: "AWS::ApiGateway::DomainName", As: "aws_api_gateway_domain_name", Ref: "domain_name", Properties: properties{
			"DomainName": attr("domain_name"), "SecurityPolicy": attr("security_policy"), "Tags": tags,
		}},
		{Type: "AWS::ApiGatewayV2::DomainName", As: "aws_apigatewayv2_domain_name", Ref: "domain_name", Properties: properties{
			"DomainName": attr("domain_name"), "Tags": tags,
			"DomainNameConfigurations": block("domain_name_configuration", properties{"SecurityPolicy": attr("security_policy")}),
		}},
		{Type: "AWS::CloudFront::Distribution", As: "aws_cloudfront_distribution", Properties: properties{"Tags": tags, "DistributionConfig": flat(properties{
			"Origins": block("origin", properties{
				"Id": attr("origin_id"), "DomainName": attr("domain_name"), "OriginAccessControlId": attr("origin_access_control_id"),
				"S3OriginConfig":     block("s3_origin_config", properties{"OriginAccessIdentity": attr("origin_access_identity")}),
				"CustomOriginConfig": block("custom_origin_config", properties{"OriginProtocolPolicy": attr("origin_protocol_policy")}),
				"VpcOriginConfig":    block("vpc_origin_config", properties{"VpcOriginId": attr("vpc_origin_id")}),
			}),
			"DefaultCacheBehavior": block("default_cache_behavior", behaviour),
			"CacheBehaviors":       block("ordered_cache_behavior", behaviour),
			"ViewerCertificate":    block("viewer_certificate", properties{"MinimumProtocolVersion": attr("minimum_protocol_version")}),
		})}},
		{Type: "AWS::Transfer::Server", As: "aws_transfer_server", Ref: "arn", Attributes: map[string]string{"ServerId": "id"}, Properties: properties{
			"Protocols": attr("protocols"), "SecurityPolicyName": attr("security_policy_name"), "EndpointType": attr("endpoint_type"), "Tags": tags,
		}, After: func(t *translation) {
			t.unless("security_policy_name", unknown(probity.Computed, "the service decides which ciphers a server takes"))
		}},
	}
}

// negotiations are those policies of a balancer that say which TLS it takes: resources of their own in Terraform.
func negotiations(t *translation, v resource.Value) {
	items, rest := v.Each()
	for _, item := range items {
		b, ok := item.Data.(*resource.Block)
		if !ok {
			g := item.Why()
			rest = &g
			continue
		}
		typ := b.Get("PolicyType")
		if g := typ.Gap(); g != nil {
			rest = g
		} else if typ.String() == "SSLNegotiationPolicyType" {
			part("aws_lb_ssl_negotiation_policy", "load_balancer", properties{
				"PolicyName": attr("name"), "Attributes": block("attribute", properties{"Name": attr("name"), "Value": attr("value")}),
			})(t, item)
		}
	}
	if rest != nil {
		p := t.part("aws_lb_ssl_negotiation_policy", "load_balancer", v)
		p.Maybe, p.Rest = rest, rest
	}
}
