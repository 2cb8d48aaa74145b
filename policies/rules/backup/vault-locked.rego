# METADATA
# title: Backups cannot be deleted before their time
# description: >-
#   Nothing keeps backups in this vault from being deleted. An attacker who encrypts data deletes its backups first.
# related_resources:
# - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
# custom:
#   id: vault-locked
#   message: "{name} lets backups be deleted at any time"
#   messages:
#     settings.locked: "{name} has no lock: backups can be deleted at any time"
#     retention.lock_days: "the lock of {name} keeps backups for no time: they can be deleted at once"
#   severity: medium
#   because: It takes rights in the account; but these are what such an attacker has.
#   checks: [backup-vault-locked]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [backup]
#   kinds: [aws.backup.vault]
#   obligations: [backup, integrity, resilience]
#   remediation:
#     terraform: >-
#       Add aws_backup_vault_lock_configuration with min_retention_days, and changeable_for_days once you are
#       sure.
#     cloudformation: >-
#       Set LockConfiguration with MinRetentionDays on AWS::Backup::BackupVault.
#     aws: >-
#       aws backup put-backup-vault-lock-configuration --min-retention-days
package probity.rules.backup.vault_locked

violation contains {"fact": "settings.locked"} if input.settings.locked == false

# A lock without a number of days holds nothing back.
violation contains {"fact": "retention.lock_days"} if {
	input.settings.locked == true
	input.retention.lock_days.set == false
}
