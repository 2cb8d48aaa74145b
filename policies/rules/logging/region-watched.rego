# METADATA
# title: A region that keeps data is watched
# description: >-
#   Data lies in a region of the account where no trail records, no recorder of AWS Config keeps the changes, no detector
#   of GuardDuty looks for theft, or no analyzer looks for access from outside. What happens there is seen by nobody.
# related_resources:
# - ref: https://docs.aws.amazon.com/prescriptive-guidance/latest/aws-startup-security-baseline/welcome.html
# custom:
#   id: region-watched
#   message: "{name} keeps data in a region without any {element}"
#   severity: medium
#   because: >-
#     It keeps nothing from being taken, but without it nobody learns of it in time, or at all.
#   checks: [access-analyzer-clean, guardduty-data-protection, config-recorder-on, cloudtrail-multi-region]
#   behaviour: 2
#   since: 0.1.0
#   sources: [aws]
#   classes: [account]
#   kinds: [aws.account]
#   obligations: [audit-logging, breach-evidence]
#   remediation:
#     terraform: >-
#       Add aws_cloudtrail with is_multi_region_trail, and in each region aws_config_configuration_recorder,
#       aws_guardduty_detector and aws_accessanalyzer_analyzer.
#     aws: >-
#       aws cloudtrail create-trail --is-multi-region-trail, and in each region aws configservice put-configuration-recorder,
#       aws guardduty create-detector --enable, aws accessanalyzer create-analyzer --type ACCOUNT
package probity.rules.logging.region_watched

violation contains {"fact": "settings.trail", "element": "trail"} if input.settings.trail == false

violation contains {"fact": "settings.recorder", "element": "recorder of changes"} if input.settings.recorder == false

violation contains {"fact": "settings.detector", "element": "detector of theft"} if input.settings.detector == false

violation contains {"fact": "settings.analyzer", "element": "analyzer of access"} if input.settings.analyzer == false
