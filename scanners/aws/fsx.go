package aws

import (
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/fsx"
	"github.com/aws/aws-sdk-go-v2/service/fsx/types"

	probity "github.com/probity-scan/probity"
)

func fsxService() service {
	return service{name: "fsx", id: "FSx",
		lists: []string{"aws_fsx_windows_file_system", "aws_fsx_lustre_file_system", "aws_fsx_ontap_file_system", "aws_fsx_openzfs_file_system", "aws_fsx_backup",
			"aws_fsx_ontap_volume", "aws_fsx_openzfs_volume"},
		calls: calls("DescribeFileSystems", "DescribeBackups", "DescribeVolumes"),
		read: func(r *reader) {
			api := fsx.NewFromConfig(r.cfg)
			r.fsxSystems(api)
			for b, at := range list(r, api.DescribeBackups, &fsx.DescribeBackupsInput{},
				func(p *fsx.DescribeBackupsOutput) []types.Backup { return p.Backups }, "aws_fsx_backup") {
				r.add(fsxBackup(b, at))
			}
			for v, at := range list(r, api.DescribeVolumes, &fsx.DescribeVolumesInput{}, func(p *fsx.DescribeVolumesOutput) []types.Volume { return p.Volumes }, "aws_fsx_ontap_volume", "aws_fsx_openzfs_volume") {
				r.add(fsxVolume(v, at))
			}
		}}
}

// fsxSystems lists file systems; the groups before them belong to their network interfaces.
func (r *reader) fsxSystems(api *fsx.Client) {
	var all []types.FileSystem
	var interfaces []string
	at := r.at("fsx:DescribeFileSystems")
	for f := range list(r, api.DescribeFileSystems, &fsx.DescribeFileSystemsInput{},
		func(p *fsx.DescribeFileSystemsOutput) []types.FileSystem { return p.FileSystems },
		"aws_fsx_windows_file_system", "aws_fsx_lustre_file_system", "aws_fsx_ontap_file_system", "aws_fsx_openzfs_file_system") {
		all = append(all, f)
		interfaces = append(interfaces, f.NetworkInterfaceIds...)
	}
	groups, gap := map[string][]string{}, (*probity.Gap)(nil)
	wanted := r.wants("exposure", "access")
	if wanted {
		groups, gap = r.interfaceGroups(interfaces)
	}
	for _, f := range all {
		var before any = unwanted()
		switch {
		case gap != nil:
			before = unread{*gap}
		case wanted:
			var ids []string
			for _, i := range f.NetworkInterfaceIds {
				ids = append(ids, groups[i]...)
			}
			slices.Sort(ids)
			before = from{groupsOf(slices.Compact(ids)), r.at("ec2:DescribeNetworkInterfaces")}
		}
		r.add(fsxSystem(f, before, at))
	}
}

func fsxType(t types.FileSystemType) string {
	return "aws_fsx_" + strings.ToLower(string(t)) + "_file_system"
}

func fsxSystem(f types.FileSystem, groups any, at *probity.Origin) Thing {
	t := Thing{Type: fsxType(f.FileSystemType), ARN: value(f.ResourceARN), ID: value(f.FileSystemId), Created: f.CreationTime, At: at, Attrs: attrs{
		"kms_key_id": keyOf(f.KmsKeyId), "security_group_ids": groups, "backup_id": nil, "audit_log_configuration": nil, "tags": fsxTags(f.Tags),
		"copy_tags_to_backups": unread{probity.Gap{Reason: probity.NotApplicable, Because: "a file system of this type copies no tags"}}}}
	set := func(deployment string, days *int32, copies *bool) {
		t.Attrs["deployment_type"], t.Attrs["automatic_backup_retention_days"] = deployment, days
		if copies != nil {
			t.Attrs["copy_tags_to_backups"] = *copies
		}
	}
	switch {
	case f.WindowsConfiguration != nil:
		w := f.WindowsConfiguration
		set(string(w.DeploymentType), w.AutomaticBackupRetentionDays, w.CopyTagsToBackups)
		t.Attrs["audit_log_configuration"] = attrs{"file_access_audit_log_level": "DISABLED", "audit_log_destination": nil}
		if l := w.AuditLogConfiguration; l != nil {
			t.Attrs["audit_log_configuration"] = attrs{"file_access_audit_log_level": string(l.FileAccessAuditLogLevel), "audit_log_destination": l.AuditLogDestination}
		}
	case f.LustreConfiguration != nil:
		set(string(f.LustreConfiguration.DeploymentType), f.LustreConfiguration.AutomaticBackupRetentionDays, f.LustreConfiguration.CopyTagsToBackups)
	case f.OntapConfiguration != nil:
		set(string(f.OntapConfiguration.DeploymentType), f.OntapConfiguration.AutomaticBackupRetentionDays, nil)
	case f.OpenZFSConfiguration != nil:
		set(string(f.OpenZFSConfiguration.DeploymentType), f.OpenZFSConfiguration.AutomaticBackupRetentionDays, f.OpenZFSConfiguration.CopyTagsToBackups)
	}
	return t
}

// fsxBackup is one of a file system, or of a volume of it.
func fsxBackup(b types.Backup, at *probity.Origin) Thing {
	var source any
	if b.FileSystem != nil {
		source = to(fsxType(b.FileSystem.FileSystemType), b.FileSystem.FileSystemId)
	}
	if b.Volume != nil && b.Volume.FileSystemId != nil {
		source = to("aws_fsx_"+strings.ToLower(string(b.Volume.VolumeType))+"_file_system", b.Volume.FileSystemId)
	}
	return Thing{Type: "aws_fsx_backup", ARN: value(b.ResourceARN), ID: value(b.BackupId), Created: b.CreationTime, At: at,
		Attrs: attrs{"file_system_id": source, "kms_key_id": keyOf(b.KmsKeyId), "tags": fsxTags(b.Tags)}}
}

// fsxVolume is a part of a file system of ONTAP or OpenZFS.
func fsxVolume(v types.Volume, at *probity.Origin) Thing {
	of := strings.ToLower(string(v.VolumeType))
	t := Thing{Type: "aws_fsx_" + of + "_volume", ARN: value(v.ResourceARN), ID: value(v.VolumeId), Created: v.CreationTime, At: at, Attrs: attrs{
		"name": v.Name, "file_system_id": to("aws_fsx_"+of+"_file_system", v.FileSystemId), "origin_snapshot": nil, "snaplock_configuration": nil, "tags": fsxTags(v.Tags)}}
	if o := v.OpenZFSConfiguration; o != nil && o.OriginSnapshot != nil {
		t.Attrs["origin_snapshot"] = attrs{"snapshot_arn": o.OriginSnapshot.SnapshotARN}
	}
	if o := v.OntapConfiguration; o != nil && o.SnaplockConfiguration != nil {
		kept := value(value(o.SnaplockConfiguration.RetentionPeriod).DefaultRetention)
		t.Attrs["snaplock_configuration"] = attrs{"retention_period": attrs{"default_retention": nil}}
		if kept.Type != "" {
			t.Attrs["snaplock_configuration"] = attrs{"retention_period": attrs{"default_retention": attrs{"type": string(kept.Type), "value": kept.Value}}}
		}
	}
	return t
}

func fsxTags(in []types.Tag) map[string]string {
	return tags(in, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
}
