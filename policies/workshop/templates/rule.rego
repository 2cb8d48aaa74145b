# METADATA
# title: Databases keep backups for a month
# description: >-
#   Say here what is wrong when the rule fails, and why it matters.
# schemas:
# - input: schema.input
# custom:
#   id: NAME
#   message: "{name} keeps backups for {value} days only"
#   severity: medium
#   because: Say here, in one sentence, why it is as severe as that.
#   behaviour: 1
#   classes: [database]
#   obligations: [backup]
#   remediation:
#     terraform: Set backup_retention_period to 30 or more.
package user.TOPIC.PACKAGE

violation contains {"fact": "resilience.backup_days"} if input.resilience.backup_days < 30
