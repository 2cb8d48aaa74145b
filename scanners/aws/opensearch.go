package aws

import (
	"iter"
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/opensearch"
	"github.com/aws/aws-sdk-go-v2/service/opensearch/types"

	probity "github.com/probity-scan/probity"
)

// openSearch lists domains of Elasticsearch too.
func openSearch() service {
	return service{name: "es", id: "OpenSearch", lists: []string{"aws_opensearch_domain"},
		calls: append(calls("ListDomainNames", "DescribeDomains"), apiece(calls("ListTags")...)...),
		read: func(r *reader) {
			api := opensearch.NewFromConfig(r.cfg)
			all := ask(r, api.ListDomainNames, &opensearch.ListDomainNamesInput{})
			out := listed(r, all, "aws_opensearch_domain")
			if out == nil {
				return
			}
			many(r, searchDomains(r, api, out.DomainNames), func(t Thing, _ *probity.Origin) {
				told := ask(r, api.ListTags, &opensearch.ListTagsInput{ARN: &t.ARN})
				t.Attrs["tags"] = told.get(func(o *opensearch.ListTagsOutput) any {
					return tags(o.TagList, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
				})
				r.add(t)
			})
		}}
}

// searchDomains describes as many at once as the service lets. What is listed and cannot be described is there nonetheless.
func searchDomains(r *reader, api *opensearch.Client, all []types.DomainInfo) iter.Seq2[Thing, *probity.Origin] {
	const together = 5
	return func(yield func(Thing, *probity.Origin) bool) {
		for some := range slices.Chunk(all, together) {
			names := make([]string, len(some))
			for i, d := range some {
				names[i] = value(d.DomainName)
			}
			d := ask(r, api.DescribeDomains, &opensearch.DescribeDomainsInput{DomainNames: names})
			if d.gap != nil {
				for _, name := range names {
					if !yield(searchUnread(r, name, d), d.at) {
						return
					}
				}
				continue
			}
			for _, s := range d.out.DomainStatusList {
				if !yield(searchDomain(s, d.at), d.at) {
					return
				}
			}
		}
	}
}

func searchUnread(r *reader, name string, d answer[opensearch.DescribeDomainsOutput]) Thing {
	t := Thing{Type: "aws_opensearch_domain", ARN: r.arn("es", "domain/"+name), ID: name, At: d.at, Attrs: attrs{"domain_name": name}}
	for _, attr := range []string{"engine_version", "encrypt_at_rest", "domain_endpoint_options", "vpc_options", "access_policies", "cluster_config",
		"log_publishing_options", "node_to_node_encryption", "advanced_security_options"} {
		t.Attrs[attr] = unread{*d.gap}
	}
	return t
}

func searchDomain(d types.DomainStatus, at *probity.Origin) Thing {
	t := Thing{Type: "aws_opensearch_domain", ARN: value(d.ARN), ID: value(d.DomainName), At: at, Attrs: attrs{
		"domain_name":               d.DomainName,
		"engine_version":            d.EngineVersion,
		"access_policies":           d.AccessPolicies,
		"vpc_options":               nil,
		"encrypt_at_rest":           attrs{"enabled": false, "kms_key_id": nil},
		"node_to_node_encryption":   attrs{"enabled": d.NodeToNodeEncryptionOptions != nil && value(d.NodeToNodeEncryptionOptions.Enabled)},
		"domain_endpoint_options":   attrs{"enforce_https": false, "tls_security_policy": nil},
		"cluster_config":            attrs{"zone_awareness_enabled": d.ClusterConfig != nil && value(d.ClusterConfig.ZoneAwarenessEnabled)},
		"advanced_security_options": attrs{"enabled": false, "anonymous_auth_enabled": false, "master_user_options": nil},
		"log_publishing_options": each(slices.Sorted(maps.Keys(d.LogPublishingOptions)), func(kind string) any {
			return attrs{"log_type": kind, "enabled": d.LogPublishingOptions[kind].Enabled}
		}),
	}}
	if e := d.EncryptionAtRestOptions; e != nil {
		t.Attrs["encrypt_at_rest"] = attrs{"enabled": value(e.Enabled), "kms_key_id": keyOf(e.KmsKeyId)}
	}
	if o := d.AdvancedSecurityOptions; o != nil {
		t.Attrs["advanced_security_options"] = attrs{"enabled": value(o.Enabled), "anonymous_auth_enabled": value(o.AnonymousAuthEnabled),
			"master_user_options": attrs{"master_user_password": onlyCode{}}}
	}
	if v := d.VPCOptions; v != nil && (value(v.VPCId) != "" || len(v.SubnetIds) > 0) {
		t.Attrs["vpc_options"] = attrs{"security_group_ids": each(v.SecurityGroupIds, func(id string) any { return to("aws_security_group", &id) }),
			"subnet_ids": each(v.SubnetIds, func(id string) any { return to("aws_subnet", &id) })}
	}
	const https = 443
	hosts := append([]string{value(d.Endpoint), value(d.EndpointV2)}, slices.Sorted(maps.Values(d.Endpoints))...)
	if e := d.DomainEndpointOptions; e != nil {
		t.Attrs["domain_endpoint_options"] = attrs{"enforce_https": value(e.EnforceHTTPS), "tls_security_policy": word(e.TLSSecurityPolicy)}
		if value(e.CustomEndpointEnabled) {
			hosts = append(hosts, value(e.CustomEndpoint))
		}
	}
	for _, host := range hosts {
		t.Names = append(t.Names, served(host, https)...)
	}
	return t
}
