package aws

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/efs"
	"github.com/aws/aws-sdk-go-v2/service/efs/types"

	probity "github.com/probity-scan/probity"
)

func efsService() service {
	return service{name: "efs", id: "EFS", lists: []string{"aws_efs_file_system", "aws_efs_access_point"},
		calls: append(callsAs("elasticfilesystem", "DescribeFileSystems", "DescribeAccessPoints", "DescribeReplicationConfigurations"),
			apiece(callsAs("elasticfilesystem", "DescribeFileSystemPolicy", "DescribeBackupPolicy", "DescribeMountTargets", "DescribeMountTargetSecurityGroups")...)...),
		read: func(r *reader) {
			api := efs.NewFromConfig(r.cfg)
			var sources func(string) any
			many(r, list(r, api.DescribeFileSystems, &efs.DescribeFileSystemsInput{},
				func(p *efs.DescribeFileSystemsOutput) []types.FileSystemDescription {
					if sources == nil && len(p.FileSystems) > 0 {
						r.accessPoints(api)
						sources = r.replicated(api)
					}
					return p.FileSystems
				}, "aws_efs_file_system"), func(f types.FileSystemDescription, at *probity.Origin) { r.fileSystem(api, f, sources, at) })
		}}
}

func (r *reader) fileSystem(api *efs.Client, f types.FileSystemDescription, sources func(string) any, at *probity.Origin) {
	id := value(f.FileSystemId)
	r.add(Thing{Type: "aws_efs_file_system", ARN: r.arnOr(f.FileSystemArn, "elasticfilesystem", "file-system/"+id), ID: id, Created: f.CreationTime, At: at, Attrs: attrs{
		"name":                   f.Name,
		"creation_token":         f.CreationToken,
		"encrypted":              f.Encrypted,
		"kms_key_id":             keyOf(f.KmsKeyId),
		"availability_zone_name": f.AvailabilityZoneName,
		"replica_of":             sources(id),
		"tags":                   tags(f.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value }),
	}})
	of := to("aws_efs_file_system", &id)
	policy := askFor(r, paths("exposure", "encryption.in_transit", "access"), api.DescribeFileSystemPolicy, &efs.DescribeFileSystemPolicyInput{FileSystemId: &id}, "PolicyNotFound")
	r.add(Thing{Type: "aws_efs_file_system_policy", At: policy.at, Attrs: attrs{"file_system_id": of,
		"policy": policy.get(func(o *efs.DescribeFileSystemPolicyOutput) any { return o.Policy })}})
	backup := askFor(r, paths("resilience.backup_days"), api.DescribeBackupPolicy, &efs.DescribeBackupPolicyInput{FileSystemId: &id}, "PolicyNotFound")
	status := backup.get(func(o *efs.DescribeBackupPolicyOutput) any { return attrs{"status": backupStatus(o)} })
	if backup.gap == nil && backup.out == nil {
		status = from{attrs{"status": "DISABLED"}, backup.at}
	}
	r.add(Thing{Type: "aws_efs_backup_policy", At: backup.at, Attrs: attrs{"file_system_id": of, "backup_policy": status}})
	r.mountTargets(api, id, f.NumberOfMountTargets)
}

// backupStatus is what follows from it: a policy on its way to be on or off counts as what it will be.
func backupStatus(o *efs.DescribeBackupPolicyOutput) string {
	if o.BackupPolicy != nil && strings.HasPrefix(string(o.BackupPolicy.Status), "ENABL") {
		return "ENABLED"
	}
	return "DISABLED"
}

// mountTargets are the addresses of a file system, with the groups before them.
func (r *reader) mountTargets(api *efs.Client, id string, count int32) {
	target := func(at *probity.Origin, groups, subnet any) {
		r.add(Thing{Type: "aws_efs_mount_target", At: at, Attrs: attrs{"file_system_id": to("aws_efs_file_system", &id), "security_groups": groups, "subnet_id": subnet}})
	}
	switch {
	case count == 0:
		return
	case !r.wants("exposure", "access", "settings.public_subnet"):
		target(r.at("efs:DescribeMountTargets"), unwanted(), unwanted())
		return
	}
	for page, err := range pages(r.ctx, api.DescribeMountTargets, &efs.DescribeMountTargetsInput{FileSystemId: &id}) {
		if err != nil {
			lost := unread{r.permits.gap(err)}
			target(r.at("efs:DescribeMountTargets"), lost, lost)
			return
		}
		for _, m := range page.MountTargets {
			a := ask(r, api.DescribeMountTargetSecurityGroups, &efs.DescribeMountTargetSecurityGroupsInput{MountTargetId: m.MountTargetId})
			target(a.at, a.get(func(o *efs.DescribeMountTargetSecurityGroupsOutput) any { return groupsOf(o.SecurityGroups) }), to("aws_subnet", m.SubnetId))
		}
	}
}

func (r *reader) accessPoints(api *efs.Client) {
	if !r.wants("settings") {
		r.lose(unwanted().gap, r.at("efs:DescribeAccessPoints"), "aws_efs_access_point")
		return
	}
	for p, at := range list(r, api.DescribeAccessPoints, &efs.DescribeAccessPointsInput{},
		func(p *efs.DescribeAccessPointsOutput) []types.AccessPointDescription { return p.AccessPoints }, "aws_efs_access_point") {
		root, user := any(nil), any(nil)
		if p.RootDirectory != nil {
			root = attrs{"path": p.RootDirectory.Path}
		}
		if p.PosixUser != nil {
			user = attrs{"uid": p.PosixUser.Uid, "gid": p.PosixUser.Gid}
		}
		r.add(Thing{Type: "aws_efs_access_point", ARN: value(p.AccessPointArn), ID: value(p.AccessPointId), At: at, Attrs: attrs{
			"file_system_id": to("aws_efs_file_system", p.FileSystemId), "root_directory": root, "posix_user": user}})
	}
}

// replicated tells of each file system of the region which other one it is a copy of.
func (r *reader) replicated(api *efs.Client) func(string) any {
	sources := map[string]string{}
	at := r.at("efs:DescribeReplicationConfigurations")
	for page, err := range pages(r.ctx, api.DescribeReplicationConfigurations, &efs.DescribeReplicationConfigurationsInput{}) {
		if err != nil && !says(err, "ReplicationNotFound") {
			return func(string) any { return from{unread{r.permits.gap(err)}, at} }
		}
		if err != nil {
			break
		}
		for _, c := range page.Replications {
			for _, d := range c.Destinations {
				sources[value(d.FileSystemId)] = value(c.SourceFileSystemArn)
			}
		}
	}
	return func(id string) any {
		if s := sources[id]; s != "" {
			return from{s, at}
		}
		return from{nil, at}
	}
}
