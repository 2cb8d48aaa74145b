# METADATA
# title: Keys are changed every year
# description: >-
#   The key is never changed, or less than once a year. The longer one key is in use, the more data is
#   lost with it if it becomes known.
# related_resources:
# - ref: https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
# custom:
#   id: key-rotation
#   message: "{name} is not changed every year"
#   messages:
#     settings.rotation: "{name} is never changed"
#     settings.rotation_days: "{name} is changed every {value} days, less often than once a year"
#   severity: medium
#   because: A key that became known is needed first; rotation limits what is lost with it.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [key]
#   kinds: [aws.kms.key]
#   obligations: [key-management, key-rotation]
#   checks: [kms-rotation]
#   remediation:
#     terraform: >-
#       Set enable_key_rotation = true on aws_kms_key, and rotation_period_in_days to 365 or less.
#     aws: >-
#       aws kms enable-key-rotation --rotation-period-in-days 365
package probity.rules.encryption.key_rotation

# Only symmetric keys can change by themselves.
violation contains {"fact": "settings.rotation"} if {
	input.settings.spec == "SYMMETRIC_DEFAULT"
	input.settings.rotation == false
}

violation contains {"fact": "settings.rotation_days"} if {
	input.settings.rotation == true
	input.settings.rotation_days > 365
}
