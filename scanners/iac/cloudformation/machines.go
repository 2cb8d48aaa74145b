package cloudformation

import "github.com/probity-scan/probity/scanners/iac/resource"

// machines bring volumes with them.
func machines() []entry {
	return []entry{
		{Type: "AWS::EC2::Instance", As: "aws_instance", Attributes: map[string]string{"InstanceId": "id"}, Properties: properties{
			"ImageId": attr("ami"), "BlockDeviceMappings": devices, "UserData": attr("user_data"), "Tags": tags,
		}},
		{Type: "AWS::EC2::LaunchTemplate", As: "aws_launch_template", Attributes: map[string]string{"LaunchTemplateId": "id"}, Properties: properties{
			"LaunchTemplateName": attr("name"),
			"LaunchTemplateData": flat(properties{"UserData": attr("user_data"), "BlockDeviceMappings": block("block_device_mappings", properties{
				"DeviceName": attr("device_name"), "Ebs": block("ebs", disk()),
			})}),
		}},
		{Type: "AWS::EC2::SnapshotBlockPublicAccess", As: "aws_ebs_snapshot_block_public_access", Properties: properties{"State": attr("state")}},
	}
}

func disk() properties {
	return properties{"Encrypted": attr("encrypted"), "KmsKeyId": attr("kms_key_id"), "SnapshotId": attr("snapshot_id"), "VolumeSize": attr("volume_size")}
}

// devices are the volumes of an instance; those called as images call theirs are the root.
func devices(t *translation, v resource.Value) {
	list, ok := v.Data.(resource.List)
	if !ok {
		t.out.Attrs["ebs_block_device"] = v
		return
	}
	more := resource.List{Rest: list.Rest}
	for _, i := range list.Items {
		b := asBlock(i)
		ebs := b.Get("Ebs")
		if !ebs.Set() && b.Rest == nil {
			continue // of no store: an instance's own disk, or none
		}
		one := disk().within(t, ebs)
		d, ok := one.Data.(*resource.Block)
		if !ok {
			d = asBlock(one)
			d.Attrs = map[string]resource.Value{}
		}
		d.Attrs["device_name"] = b.Get("DeviceName")
		switch b.Get("DeviceName").String() {
		case "/dev/xvda", "/dev/sda1", "/dev/sda":
			t.out.Attrs["root_block_device"] = resource.Value{Data: d, At: i.At}
		default:
			more.Items = append(more.Items, resource.Value{Data: d, At: i.At})
		}
	}
	t.out.Attrs["ebs_block_device"] = resource.Value{Data: more, At: v.At}
}
