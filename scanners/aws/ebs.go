package aws

import (
	"slices"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	probity "github.com/probity-scan/probity"
)

// ebs lists volumes and the account's own snapshots, and what the region sets for both.
func ebs() service {
	return service{name: "ebs", id: "EC2", lists: []string{"aws_ebs_volume", "aws_ebs_snapshot", "aws_ebs_encryption_by_default"},
		calls: slices.Concat(callsAs("ec2", "DescribeVolumes", "DescribeSnapshots", "GetEbsEncryptionByDefault", "GetEbsDefaultKmsKeyId",
			"GetSnapshotBlockPublicAccessState"), apiece(callsAs("ec2", "DescribeSnapshotAttribute")...)),
		read: func(r *reader) {
			api := ec2.NewFromConfig(r.cfg)
			var wg sync.WaitGroup
			wg.Go(func() { r.volumes(api) })
			wg.Go(func() { r.snapshots(api) })
			wg.Go(func() { r.volumeDefaults(api) })
			wg.Wait()
		}}
}

func (r *reader) volumes(api *ec2.Client) {
	for v, at := range list(r, api.DescribeVolumes, &ec2.DescribeVolumesInput{},
		func(p *ec2.DescribeVolumesOutput) []types.Volume { return p.Volumes }, "aws_ebs_volume") {
		id := value(v.VolumeId)
		r.add(Thing{Type: "aws_ebs_volume", ARN: r.arn("ec2", "volume/"+id), ID: id, Created: v.CreateTime, At: at, Attrs: attrs{
			"encrypted":   v.Encrypted,
			"kms_key_id":  keyOf(v.KmsKeyId),
			"snapshot_id": to("aws_ebs_snapshot", v.SnapshotId),
			"attached":    v.State == types.VolumeStateInUse,
			"tags":        ec2Tags(v.Tags),
		}})
	}
}

// nowhere is the volume that a snapshot names which is a copy of another snapshot.
const nowhere = "vol-ffffffff"

func (r *reader) snapshots(api *ec2.Client) {
	own := &ec2.DescribeSnapshotsInput{OwnerIds: []string{"self"}}
	shares := r.snapshotShares(api)
	many(r, list(r, api.DescribeSnapshots, own,
		func(p *ec2.DescribeSnapshotsOutput) []types.Snapshot { return p.Snapshots }, "aws_ebs_snapshot"), func(s types.Snapshot, at *probity.Origin) {
		if value(s.OwnerId) != r.account { // emulators list those of others too
			return
		}
		id := value(s.SnapshotId)
		source := s.VolumeId
		if value(source) == nowhere {
			source = nil
		}
		r.add(Thing{Type: "aws_ebs_snapshot", ARN: r.arn("ec2", "snapshot/"+id), ID: id, Created: s.StartTime, At: at, Attrs: attrs{
			"encrypted":       s.Encrypted,
			"kms_key_id":      keyOf(s.KmsKeyId),
			"volume_id":       to("aws_ebs_volume", source),
			"shared_accounts": shares(id),
			"tags":            ec2Tags(s.Tags),
		}})
	})
}

// snapshotShares gives a way to tell with whom a snapshot is shared. Who only wants to know which are public need not ask
// for each: one listing tells which may be.
func (r *reader) snapshotShares(api *ec2.Client) func(string) any {
	ask := func(id string) any {
		return ask(r, api.DescribeSnapshotAttribute, &ec2.DescribeSnapshotAttributeInput{SnapshotId: &id, Attribute: types.SnapshotAttributeNameCreateVolumePermission}).
			get(func(o *ec2.DescribeSnapshotAttributeOutput) any {
				return each(o.CreateVolumePermissions, func(p types.CreateVolumePermission) any {
					if p.Group == types.PermissionGroupAll {
						return "all"
					}
					return p.UserId
				})
			})
	}
	if r.wants("exposure.outside", "exposure.declared", "settings.shared_with", "access") {
		return ask
	}
	if !r.wants("exposure.public") {
		return func(string) any { return unwanted() }
	}
	const typ = "public snapshots"
	may := map[string]bool{}
	for s := range list(r, api.DescribeSnapshots, &ec2.DescribeSnapshotsInput{OwnerIds: []string{"self"}, RestorableByUserIds: []string{"all"}},
		func(p *ec2.DescribeSnapshotsOutput) []types.Snapshot { return p.Snapshots }, typ) {
		may[value(s.SnapshotId)] = true
	}
	all := r.lost(typ) != nil
	return func(id string) any {
		if all || may[id] {
			return ask(id)
		}
		return []string{}
	}
}

// volumeDefaults are what the region of the account sets for new volumes and for all snapshots.
func (r *reader) volumeDefaults(api *ec2.Client) {
	if !r.wants("settings") {
		return
	}
	def := ask(r, api.GetEbsEncryptionByDefault, &ec2.GetEbsEncryptionByDefaultInput{})
	r.add(Thing{Type: "aws_ebs_encryption_by_default", At: def.at, Attrs: attrs{
		"enabled": def.get(func(o *ec2.GetEbsEncryptionByDefaultOutput) any { return o.EbsEncryptionByDefault })}})
	by := ask(r, api.GetEbsDefaultKmsKeyId, &ec2.GetEbsDefaultKmsKeyIdInput{})
	r.add(Thing{Type: "aws_ebs_default_kms_key", At: by.at, Attrs: attrs{
		"key_arn": by.get(func(o *ec2.GetEbsDefaultKmsKeyIdOutput) any { return keyOf(o.KmsKeyId) })}})
	block := ask(r, api.GetSnapshotBlockPublicAccessState, &ec2.GetSnapshotBlockPublicAccessStateInput{})
	r.add(Thing{Type: "aws_ebs_snapshot_block_public_access", At: block.at, Attrs: attrs{
		"state": block.get(func(o *ec2.GetSnapshotBlockPublicAccessStateOutput) any { return string(o.State) })}})
}
