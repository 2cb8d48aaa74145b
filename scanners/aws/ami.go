package aws

import (
	"cmp"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	probity "github.com/probity-scan/probity"
)

// ami lists the account's own images, which machines start from, and whether the region lets them be public.
func ami() service {
	return service{name: "ami", id: "EC2", lists: []string{"aws_ami", "aws_ec2_image_block_public_access"},
		calls: append(callsAs("ec2", "DescribeImages", "GetImageBlockPublicAccessState"), apiece(callsAs("ec2", "DescribeImageAttribute")...)...),
		read: func(r *reader) {
			api := ec2.NewFromConfig(r.cfg)
			shown := true
			own := &ec2.DescribeImagesInput{Owners: []string{"self"}, IncludeDeprecated: &shown, IncludeDisabled: &shown}
			many(r, list(r, api.DescribeImages, own, func(p *ec2.DescribeImagesOutput) []types.Image { return p.Images }, "aws_ami"),
				func(i types.Image, at *probity.Origin) { r.image(api, i, at) })
			if !r.wants("settings") {
				return
			}
			block := ask(r, api.GetImageBlockPublicAccessState, &ec2.GetImageBlockPublicAccessStateInput{})
			r.add(Thing{Type: "aws_ec2_image_block_public_access", At: block.at, Attrs: attrs{
				"state": block.get(func(o *ec2.GetImageBlockPublicAccessStateOutput) any { return o.ImageBlockPublicAccessState })}})
		}}
}

func (r *reader) image(api *ec2.Client, i types.Image, at *probity.Origin) {
	id := value(i.ImageId)
	r.add(Thing{Type: "aws_ami", ARN: r.arn("ec2", "image/"+id), ID: id, Created: moment(i.CreationDate), Used: moment(i.LastLaunchedTime), At: at, Attrs: attrs{
		"name":             i.Name,
		"ebs_block_device": imageDevices(i.BlockDeviceMappings),
		"shared_accounts":  r.launchers(api, i),
		"tags":             ec2Tags(i.Tags),
	}})
}

// launchers are those who may start machines from an image. The listing tells of everyone; others are asked for where a
// rule wants to know.
func (r *reader) launchers(api *ec2.Client, i types.Image) any {
	if !r.wants("exposure.outside", "exposure.declared", "settings.shared_with", "access") {
		if value(i.Public) {
			return []string{"all"}
		}
		return []string{}
	}
	a := ask(r, api.DescribeImageAttribute, &ec2.DescribeImageAttributeInput{ImageId: i.ImageId, Attribute: types.ImageAttributeNameLaunchPermission})
	if a.gap != nil && value(i.Public) {
		return []any{"all", unread{*a.gap}}
	}
	return a.get(func(o *ec2.DescribeImageAttributeOutput) any {
		return each(o.LaunchPermissions, func(p types.LaunchPermission) any {
			return cmp.Or(string(p.Group), value(p.UserId), value(p.OrganizationArn), value(p.OrganizationalUnitArn))
		})
	})
}

// imageDevices are the disks of an image that are snapshots.
func imageDevices(in []types.BlockDeviceMapping) []any {
	out := []any{}
	for _, d := range in {
		if d.Ebs != nil {
			out = append(out, attrs{"device_name": d.DeviceName, "snapshot_id": to("aws_ebs_snapshot", d.Ebs.SnapshotId), "encrypted": d.Ebs.Encrypted,
				"kms_key_id": keyOf(d.Ebs.KmsKeyId), "region": nil})
		}
	}
	return out
}

// moment is a time that EC2 writes as a text.
func moment(s *string) *time.Time {
	t, err := time.Parse(time.RFC3339, value(s))
	if err != nil {
		return nil
	}
	return &t
}
