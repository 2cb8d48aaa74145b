package aws

import (
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/backup"
	"github.com/aws/aws-sdk-go-v2/service/backup/types"

	probity "github.com/probity-scan/probity"
)

func backupService() service {
	return service{name: "backup", id: "Backup", lists: []string{"aws_backup_vault", "aws_backup_logically_air_gapped_vault", "aws_backup_recovery_point", "aws_backup_plan", "aws_backup_selection"},
		calls: append(calls("ListBackupVaults", "ListBackupPlans", "DescribeRegionSettings"), apiece(calls("GetBackupVaultAccessPolicy",
			"ListRecoveryPointsByBackupVault", "GetBackupPlan", "ListBackupSelections", "GetBackupSelection", "ListTags")...)...),
		read: func(r *reader) {
			api := backup.NewFromConfig(r.cfg)
			var wg sync.WaitGroup
			wg.Go(func() { r.vaults(api) })
			wg.Go(func() { r.plans(api) })
			wg.Wait()
		}}
}

func (r *reader) vaults(api *backup.Client) {
	many(r, list(r, api.ListBackupVaults, &backup.ListBackupVaultsInput{},
		func(p *backup.ListBackupVaultsOutput) []types.BackupVaultListMember { return p.BackupVaultList }, "aws_backup_vault", "aws_backup_logically_air_gapped_vault"),
		func(v types.BackupVaultListMember, at *probity.Origin) {
			r.vault(api, v, at)
			r.recoveryPoints(api, v)
		})
}

func (r *reader) vault(api *backup.Client, v types.BackupVaultListMember, at *probity.Origin) {
	t := Thing{Type: "aws_backup_vault", ARN: value(v.BackupVaultArn), ID: value(v.BackupVaultName), Created: v.CreationDate, At: at, Attrs: attrs{
		"name": v.BackupVaultName, "kms_key_arn": keyOf(v.EncryptionKeyArn), "tags": r.backupTags(api, v.BackupVaultArn)}}
	if v.VaultType == types.VaultTypeLogicallyAirGappedBackupVault {
		t.Type = "aws_backup_logically_air_gapped_vault"
		t.Attrs = attrs{"name": v.BackupVaultName, "encryption_key_arn": keyOf(v.EncryptionKeyArn), "min_retention_days": v.MinRetentionDays,
			"max_retention_days": v.MaxRetentionDays, "tags": t.Attrs["tags"]}
		r.add(t)
		return
	}
	r.add(t)
	of := to("aws_backup_vault", v.BackupVaultName)
	if value(v.Locked) {
		r.add(Thing{Type: "aws_backup_vault_lock_configuration", At: at, Attrs: attrs{"backup_vault_name": of, "min_retention_days": v.MinRetentionDays,
			"max_retention_days": v.MaxRetentionDays, "changeable_for_days": coolingOff(v)}})
	}
	policy := askFor(r, paths("exposure", "access"), api.GetBackupVaultAccessPolicy, &backup.GetBackupVaultAccessPolicyInput{BackupVaultName: v.BackupVaultName}, "ResourceNotFoundException")
	r.add(Thing{Type: "aws_backup_vault_policy", At: policy.at, Attrs: attrs{"backup_vault_name": of,
		"policy": policy.get(func(o *backup.GetBackupVaultAccessPolicyOutput) any { return o.Policy })}})
}

// coolingOff: a lock that has a date stands for good from then on, and Terraform says so by a number of days.
func coolingOff(v types.BackupVaultListMember) *int {
	if v.LockDate == nil {
		return nil
	}
	const least = 3 // days that AWS asks for
	days := least
	if v.CreationDate != nil {
		days = max(least, int(v.LockDate.Sub(*v.CreationDate).Hours()/24))
	}
	return &days
}

// backupTags are those of a vault or a plan.
func (r *reader) backupTags(api *backup.Client, arn *string) any {
	return askFor(r, r.tagPaths(), api.ListTags, &backup.ListTagsInput{ResourceArn: arn}).get(func(o *backup.ListTagsOutput) any { return o.Tags })
}

// tagsUnread: there is a recovery point for each store and day, and a call for each would tell.
func tagsUnread() probity.Gap {
	return probity.Gap{Reason: probity.NotCollected, Because: "the tags of recovery points are not asked for"}
}
