package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/s3control"
	"github.com/aws/aws-sdk-go-v2/service/s3control/types"

	probity "github.com/probity-scan/probity"
)

func s3Points() service {
	return service{name: "s3", id: "S3 Control", lists: []string{"aws_s3_access_point"},
		calls: append(apiece(call{operation: "GetAccessPoint", action: "s3:GetAccessPoint"},
			call{operation: "GetAccessPointPolicy", action: "s3:GetAccessPointPolicy"},
			call{operation: "ListTagsForResource", action: "s3:ListTagsForResource"}),
			call{operation: "ListAccessPoints", action: "s3:ListAccessPoints"}),
		read: func(r *reader) {
			api := s3control.NewFromConfig(r.cfg)
			all := list(r, api.ListAccessPoints, &s3control.ListAccessPointsInput{AccountId: &r.account},
				func(p *s3control.ListAccessPointsOutput) []types.AccessPoint { return p.AccessPointList }, "aws_s3_access_point")
			many(r, all, func(p types.AccessPoint, at *probity.Origin) { r.s3Point(api, p, at) })
		}}
}

func (r *reader) s3Point(api *s3control.Client, p types.AccessPoint, at *probity.Origin) {
	one := ask(r, api.GetAccessPoint, &s3control.GetAccessPointInput{AccountId: &r.account, Name: p.Name}, "NoSuchAccessPoint")
	if one.gap == nil && one.out == nil {
		return // deleted since it was listed
	}
	policy := askFor(r, paths("exposure", "access"), api.GetAccessPointPolicy, &s3control.GetAccessPointPolicyInput{AccountId: &r.account, Name: p.Name}, "NoSuchAccessPointPolicy")
	tagged := askFor(r, r.tagPaths(), api.ListTagsForResource, &s3control.ListTagsForResourceInput{AccountId: &r.account, ResourceArn: p.AccessPointArn})
	var inside any
	if p.VpcConfiguration != nil {
		inside = attrs{"vpc_id": p.VpcConfiguration.VpcId}
	}
	t := Thing{Type: "aws_s3_access_point", ARN: value(p.AccessPointArn), ID: value(p.Name), At: at, Attrs: attrs{
		"name": p.Name, "bucket": p.Bucket, "vpc_configuration": inside, "tags": tagged.get(func(o *s3control.ListTagsForResourceOutput) any {
			return tags(o.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
		}),
		"policy": policy.get(func(o *s3control.GetAccessPointPolicyOutput) any { return o.Policy }),
		"public_access_block_configuration": one.get(func(o *s3control.GetAccessPointOutput) any {
			return s3PointBlock(o.PublicAccessBlockConfiguration)
		}),
	}}
	if p.Alias != nil {
		t.Names = []string{*p.Alias}
	}
	if one.out != nil {
		t.Created = one.out.CreationDate
	}
	r.add(t)
}
