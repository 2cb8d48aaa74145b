package cloudformation

import "github.com/probity-scan/probity/scanners/iac/resource"

func efs() []entry {
	return []entry{
		{Type: "AWS::EFS::FileSystem", As: "aws_efs_file_system", Attributes: map[string]string{"FileSystemId": "id"}, Properties: properties{
			"Encrypted":            attr("encrypted"),
			"KmsKeyId":             attr("kms_key_id"),
			"AvailabilityZoneName": attr("availability_zone_name"),
			"FileSystemTags":       tags,
			"FileSystemPolicy": func(t *translation, v resource.Value) {
				outer := t.out
				t.out = &t.part("aws_efs_file_system_policy", "file_system_id", v).Block
				document("policy")(t, v)
				t.out = outer
			},
			"BackupPolicy": func(t *translation, v resource.Value) {
				p := t.part("aws_efs_backup_policy", "file_system_id", v)
				p.Attrs["backup_policy"] = properties{"Status": attr("status")}.within(t, v)
			},
			"ReplicationConfiguration": part("aws_efs_replication_configuration", "source_file_system_id", properties{
				"Destinations": block("destination", properties{"Region": attr("region"), "KmsKeyId": attr("kms_key_id"), "FileSystemId": attr("file_system_id")}),
			}),
		}},
		{Type: "AWS::EFS::AccessPoint", As: "aws_efs_access_point", Attributes: map[string]string{"AccessPointId": "id"}, Properties: properties{
			"FileSystemId":  attr("file_system_id"),
			"PosixUser":     block("posix_user", properties{"Uid": attr("uid"), "Gid": attr("gid")}),
			"RootDirectory": block("root_directory", properties{"Path": attr("path")}),
		}},
		{Type: "AWS::EFS::MountTarget", As: "aws_efs_mount_target", Properties: properties{
			"FileSystemId": attr("file_system_id"), "SubnetId": attr("subnet_id"), "SecurityGroups": attr("security_groups"),
		}},
	}
}
