# METADATA
# title: Changes to the trail's files are noticed
# description: >-
#   The trail does not sign its files, so whoever gets at their bucket can change or remove entries, and
#   nobody could prove that the rest is whole.
# related_resources:
# - ref: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html
# custom:
#   id: trail-validated
#   message: "{name} does not sign its log files, so that a change of them goes unseen"
#   severity: medium
#   because: >-
#     Somebody must get at the files first; then nobody could prove that they are whole.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [log]
#   kinds: [aws.cloudtrail.trail]
#   obligations: [log-protection, integrity]
#   checks: [cloudtrail-log-validation]
#   remediation:
#     terraform: >-
#       Set enable_log_file_validation = true on aws_cloudtrail.
#     aws: >-
#       aws cloudtrail update-trail --enable-log-file-validation
package probity.rules.logging.trail_validated

violation contains {"fact": "settings.validation"} if input.settings.validation == false
