# METADATA
# title: Backups outlive the loss of their vault
# description: >-
#   Nothing locks the vault, and a plan that fills it makes no copy elsewhere. One identity that may
#   delete recovery points, or one mistake, takes the only backups that there are, and an attacker deletes
#   those first.
# related_resources:
# - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
# custom:
#   id: backups-outlive-their-vault
#   message: "{name} holds the only backups, and whoever may delete them takes all"
#   severity: high
#   because: >-
#     Without a lock or a copy the next loss of data is for good.
#   behaviour: 2
#   since: 0.1.0
#   sources: [terraform, plan]
#   classes: [backup]
#   kinds: [aws.backup.vault]
#   obligations: [backup, resilience, integrity]
#   remediation:
#     terraform: >-
#       Add aws_backup_vault_lock_configuration, or copy_action with a vault of another account or
#       region to the rules of aws_backup_plan.
#     aws: >-
#       aws backup put-backup-vault-lock-configuration, or aws backup update-backup-plan with
#       CopyActions
package probity.rules.backup.backups_outlive_their_vault

violation contains {"fact": "settings.copied"} if {
	input.settings.locked == false
	input.settings.copied == false
}
