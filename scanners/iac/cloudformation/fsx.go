package cloudformation

import "strings"

// fsx is one type for four of Terraform's.
func fsx() []entry {
	inner := func() property {
		return flat(properties{
			"DeploymentType":               attr("deployment_type"),
			"AutomaticBackupRetentionDays": attr("automatic_backup_retention_days"),
			"CopyTagsToBackups":            attr("copy_tags_to_backups"),
			"FsxAdminPassword":             attr("fsx_admin_password"),
			"AuditLogConfiguration": block("audit_log_configuration", properties{
				"FileAccessAuditLogLevel": attr("file_access_audit_log_level"), "AuditLogDestination": attr("audit_log_destination"),
			}),
		})
	}
	return []entry{{Type: "AWS::FSx::FileSystem", As: "aws_fsx_windows_file_system", Properties: properties{
		"KmsKeyId":             attr("kms_key_id"),
		"SecurityGroupIds":     attr("security_group_ids"),
		"BackupId":             attr("backup_id"),
		"WindowsConfiguration": inner(), "LustreConfiguration": inner(), "OntapConfiguration": inner(), "OpenZFSConfiguration": inner(),
		"Tags": tags,
	}, After: fileSystemType}}
}

// fileSystemType: FSx keeps backups of all but Lustre for 30 days (FSx API, CreateFileSystem).
func fileSystemType(t *translation) {
	typ := strings.ToLower(t.of.Get("FileSystemType").String())
	switch typ {
	case "lustre":
	case "windows", "ontap", "openzfs":
		preset{Attr: "automatic_backup_retention_days", Value: 30.0, Says: "FSx keeps automatic backups for 30 days (API of 2018-03-01)", Unless: []string{"backup_id"}}.fill(t)
	default:
		g := t.of.Get("FileSystemType").Why()
		t.main.Rest = &g
		return
	}
	t.main.Type = "aws_fsx_" + typ + "_file_system"
}
