# METADATA
# title: Somebody watches for theft of data
# description: >-
#   GuardDuty is off, or does not look at reads of objects or at logins to databases. Downloads of
#   everything from a strange place, or guessing of passwords, are noticed by nobody.
# related_resources:
# - ref: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-features-activation-model.html
# custom:
#   id: theft-watched
#   message: "{name} watches for no theft"
#   messages:
#     settings.on: "{name} is switched off and watches nothing"
#     settings.features: "{name} does not watch {element}"
#   severity: medium
#   because: >-
#     It keeps nothing from being taken, but tells of it while something can be done.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [account]
#   kinds: [aws.guardduty.detector]
#   obligations: [audit-logging, breach-evidence]
#   checks: [guardduty-data-protection]
#   remediation:
#     terraform: >-
#       Set enable = true on aws_guardduty_detector, and status = "ENABLED" on
#       aws_guardduty_detector_feature for S3_DATA_EVENTS and RDS_LOGIN_EVENTS.
#     aws: >-
#       aws guardduty update-detector --enable --features Name=S3_DATA_EVENTS,Status=ENABLED
#       Name=RDS_LOGIN_EVENTS,Status=ENABLED, in each region.
package probity.rules.logging.theft_watched

violation contains {"fact": "settings.on", "element": "anything"} if input.settings.on == false

violation contains {"fact": "settings.features", "element": feature} if {
	input.settings.on == true
	some feature in ["S3_DATA_EVENTS", "RDS_LOGIN_EVENTS"]
	not feature in input.settings.features
}
