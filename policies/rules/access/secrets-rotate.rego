# METADATA
# title: Secrets change by themselves
# description: >-
#   The secret does not change, or not within 90 days. Whoever has copied it, an employee who left or a log
#   that kept it, can use it for ever.
# related_resources:
# - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
# custom:
#   id: secrets-rotate
#   message: "{name} is not changed within 90 days"
#   messages:
#     settings.rotates: "nothing changes {name} by itself"
#     settings.rotation_days: "{name} is changed every {value} days, less often than every 90"
#     settings.last_rotated: "{name} was changed on {value} for the last time, though it ought to be within 90 days"
#   severity: medium
#   because: >-
#     It limits for how long a copied secret opens a store, and does not keep it from being copied.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [secret]
#   kinds: [aws.secretsmanager.secret]
#   obligations: [secrets-management, key-rotation]
#   checks: [secret-rotation]
#   remediation:
#     terraform: >-
#       Add aws_secretsmanager_secret_rotation with automatically_after_days of 90 or less.
#     cloudformation: >-
#       Add AWS::SecretsManager::RotationSchedule with AutomaticallyAfterDays of 90 or less.
#     aws: >-
#       aws secretsmanager rotate-secret --rotation-rules AutomaticallyAfterDays=30
package probity.rules.access.secrets_rotate

violation contains {"fact": "settings.rotates"} if input.settings.rotates == false

violation contains {"fact": "settings.rotation_days"} if {
	input.settings.rotates == true
	input.settings.rotation_days > 90
}

# What should have rotated and did not, failed.
violation contains {"fact": "settings.last_rotated"} if {
	input.settings.rotates == true
	input.settings.last_rotated.set == true
	time.parse_rfc3339_ns(input.now) - time.parse_rfc3339_ns(sprintf("%sT00:00:00Z", [input.settings.last_rotated.value])) > ((91 * 24) * 3600) * 1000000000
}
