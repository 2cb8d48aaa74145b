package aws

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/backup"
	"github.com/aws/aws-sdk-go-v2/service/backup/types"

	probity "github.com/probity-scan/probity"
)

// mostPoints of one vault become assets: of more there are as many as stores, and those that are not encrypted.
const mostPoints = 2000

// recoveryPoints are the backups in a vault. Of one store the newest stands for all that are encrypted as it is, for a vault
// holds thousands alike; those that are not encrypted each stand for themselves.
func (r *reader) recoveryPoints(api *backup.Client, v types.BackupVaultListMember) {
	newest := map[string]types.RecoveryPointByBackupVault{}
	alike, bare := 0, 0
	at := r.at("backup:ListRecoveryPointsByBackupVault")
	for p := range list(r, api.ListRecoveryPointsByBackupVault, &backup.ListRecoveryPointsByBackupVaultInput{BackupVaultName: v.BackupVaultName},
		func(o *backup.ListRecoveryPointsByBackupVaultOutput) []types.RecoveryPointByBackupVault {
			return o.RecoveryPoints
		}, "aws_backup_recovery_point") {
		have, known := newest[value(p.ResourceArn)]
		switch {
		case p.Status == types.RecoveryPointStatusExpired || p.Status == types.RecoveryPointStatusDeleting:
		case !p.IsEncrypted:
			if bare++; bare <= mostPoints {
				r.recoveryPoint(p, at)
			}
		case !known || value(p.CreationDate).After(value(have.CreationDate)):
			alike++
			newest[value(p.ResourceArn)] = p
		default:
			alike++
		}
	}
	for _, p := range newest {
		r.recoveryPoint(p, at)
	}
	r.more(alike-len(newest), "older recovery points, encrypted as the newest of their store", at)
	r.more(bare-mostPoints, "more recovery points that are not encrypted", at)
}

// more counts what is there and told one by one no further.
func (r *reader) more(count int, because string, at *probity.Origin) {
	if count > 0 {
		r.tell(probity.Coverage{Supply: probity.Supply{On: Account(r.account, r.region), Scope: probity.Scope{Provider: "aws", Account: r.account, Region: r.region}},
			Count: count, Gap: &probity.Gap{Reason: probity.Filtered, Because: because}, Origin: at})
	}
}

// recoveryPoint is told where it is not a snapshot that its own service lists.
func (r *reader) recoveryPoint(p types.RecoveryPointByBackupVault, at *probity.Origin) {
	arn := value(p.RecoveryPointArn)
	var days any
	if p.Lifecycle != nil {
		days = p.Lifecycle.DeleteAfterDays
	}
	t := Thing{Type: "aws_backup_recovery_point", ARN: arn, ID: arn, Created: p.CreationDate, At: at, Attrs: attrs{
		"resource_name": p.ResourceName, "resource_arn": p.ResourceArn, "encrypted": p.IsEncrypted, "kms_key_id": keyOf(p.EncryptionKeyArn),
		"delete_after": days, "tags": unread{tagsUnread()}}}
	if !strings.Contains(arn, ":recovery-point:") { // of another service, which lists it by this name
		t.ARN, t.ID = value(p.BackupVaultArn)+"/"+arn, ""
	}
	r.add(t)
}
