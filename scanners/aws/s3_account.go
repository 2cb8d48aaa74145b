package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/s3control"
	"github.com/aws/aws-sdk-go-v2/service/s3control/types"

	probity "github.com/probity-scan/probity"
)

// s3Account reads what holds for all buckets of an account, and the ways into several of them.
func s3Account() service {
	return service{name: "s3", id: "S3 Control", lists: []string{"aws_s3_account_public_access_block", "aws_s3control_multi_region_access_point"},
		calls: []call{
			{operation: "GetPublicAccessBlock", action: "s3:GetAccountPublicAccessBlock"},
			{operation: "ListMultiRegionAccessPoints", action: "s3:ListMultiRegionAccessPoints"},
			{operation: "GetMultiRegionAccessPointPolicy", action: "s3:GetMultiRegionAccessPointPolicy", each: true},
		},
		read: func(r *reader) {
			if r.wants("exposure") {
				r.s3AccountBlock()
			}
			if partition(r.cfg.Region) == "aws" {
				r.s3MultiPoints()
			}
		}}
}

func (r *reader) s3AccountBlock() {
	a := ask(r, s3control.NewFromConfig(r.cfg).GetPublicAccessBlock, &s3control.GetPublicAccessBlockInput{AccountId: &r.account}, "NoSuchPublicAccessBlockConfiguration")
	block := s3PointBlock(&types.PublicAccessBlockConfiguration{}) // none is none
	if a.out != nil {
		block = s3PointBlock(a.out.PublicAccessBlockConfiguration)
	}
	if a.gap != nil {
		for name := range block {
			block[name] = unread{*a.gap}
		}
	}
	block["account_id"] = r.account
	r.add(Thing{Type: "aws_s3_account_public_access_block", ID: r.account, At: a.at, Attrs: block})
}

// s3PointBlock is a public access block in full.
func s3PointBlock(c *types.PublicAccessBlockConfiguration) attrs {
	if c == nil {
		c = &types.PublicAccessBlockConfiguration{}
	}
	return attrs{"block_public_acls": value(c.BlockPublicAcls), "ignore_public_acls": value(c.IgnorePublicAcls),
		"block_public_policy": value(c.BlockPublicPolicy), "restrict_public_buckets": value(c.RestrictPublicBuckets)}
}

// s3MultiPoints asks Oregon, which answers for all regions (S3 API Reference, ListMultiRegionAccessPoints).
func (r *reader) s3MultiPoints() {
	api := s3control.NewFromConfig(r.cfg, func(o *s3control.Options) { o.Region = "us-west-2" })
	all := list(r, api.ListMultiRegionAccessPoints, &s3control.ListMultiRegionAccessPointsInput{AccountId: &r.account},
		func(p *s3control.ListMultiRegionAccessPointsOutput) []types.MultiRegionAccessPointReport {
			return p.AccessPoints
		}, "aws_s3control_multi_region_access_point")
	many(r, all, func(p types.MultiRegionAccessPointReport, at *probity.Origin) {
		policy := ask(r, api.GetMultiRegionAccessPointPolicy, &s3control.GetMultiRegionAccessPointPolicyInput{AccountId: &r.account, Name: p.Name}, "NoSuchMultiRegionAccessPointPolicy", "NoSuchAccessPointPolicy")
		arn := "arn:aws:s3::" + r.account + ":accesspoint/" + value(p.Alias)
		r.add(Thing{Type: "aws_s3control_multi_region_access_point", ARN: arn, ID: value(p.Alias), Created: p.CreatedAt, At: at, Attrs: attrs{
			"tags": nil, // it takes none
			"details": attrs{"name": p.Name, "public_access_block": s3PointBlock(p.PublicAccessBlock),
				"region": each(p.Regions, func(at types.RegionReport) any { return attrs{"bucket": at.Bucket} })},
		}})
		r.add(Thing{Type: "aws_s3control_multi_region_access_point_policy", At: policy.at, Attrs: attrs{"details": attrs{"name": p.Name,
			"policy": policy.get(func(o *s3control.GetMultiRegionAccessPointPolicyOutput) any {
				if o.Policy == nil || o.Policy.Established == nil {
					return nil
				}
				return o.Policy.Established.Policy
			})}}})
	})
}
