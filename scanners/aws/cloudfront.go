package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront/types"

	probity "github.com/probity-scan/probity"
)

// cloudFrontService is of the account as a whole: distributions stand in no region.
func cloudFrontService() service {
	return service{name: "cloudfront", id: "CloudFront",
		lists: []string{"aws_cloudfront_distribution"},
		calls: append(calls("ListDistributions"), apiece(calls("ListTagsForResource")...)...),
		read: func(r *reader) {
			api := cloudfront.NewFromConfig(r.cfg)
			many(r, list(r, api.ListDistributions, &cloudfront.ListDistributionsInput{},
				func(p *cloudfront.ListDistributionsOutput) []types.DistributionSummary {
					return value(p.DistributionList).Items
				}, "aws_cloudfront_distribution"),
				func(d types.DistributionSummary, at *probity.Origin) { r.add(cloudFrontDistribution(r, api, d, at)) })
		}}
}

func cloudFrontDistribution(r *reader, api *cloudfront.Client, d types.DistributionSummary, at *probity.Origin) Thing {
	def, more := value(d.DefaultCacheBehavior), value(d.CacheBehaviors)
	t := Thing{Type: "aws_cloudfront_distribution", ARN: value(d.ARN), At: at, Attrs: attrs{
		"default_cache_behavior": attrs{"viewer_protocol_policy": string(def.ViewerProtocolPolicy)},
		"ordered_cache_behavior": each(more.Items, func(b types.CacheBehavior) any {
			return attrs{"viewer_protocol_policy": string(b.ViewerProtocolPolicy)}
		}),
		"viewer_certificate": attrs{"minimum_protocol_version": text(string(value(d.ViewerCertificate).MinimumProtocolVersion))},
		"origin":             each(value(d.Origins).Items, cloudFrontOrigin),
	}}
	t.Attrs["tags"] = askFor(r, r.tagPaths(), api.ListTagsForResource, &cloudfront.ListTagsForResourceInput{Resource: d.ARN}).get(
		func(o *cloudfront.ListTagsForResourceOutput) any {
			return tags(value(o.Tags).Items, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
		})
	return t
}

func cloudFrontOrigin(o types.Origin) any {
	out := attrs{"origin_id": o.Id, "domain_name": o.DomainName, "origin_access_control_id": value(o.OriginAccessControlId),
		"s3_origin_config": nil, "custom_origin_config": nil, "vpc_origin_config": nil}
	if s := o.S3OriginConfig; s != nil {
		out["s3_origin_config"] = attrs{"origin_access_identity": value(s.OriginAccessIdentity)}
	}
	if c := o.CustomOriginConfig; c != nil {
		out["custom_origin_config"] = attrs{"origin_protocol_policy": string(c.OriginProtocolPolicy)}
	}
	if v := o.VpcOriginConfig; v != nil {
		out["vpc_origin_config"] = attrs{"vpc_origin_id": v.VpcOriginId}
	}
	return out
}
