# METADATA
# title: Logs with personal data mask it
# description: >-
#   Personal data was found in the log group, and no data protection policy of the group or the account
#   masks it. Everybody who may look for errors reads it.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/mask-sensitive-log-data.html
# custom:
#   id: logs-mask-personal-data
#   message: "{name} holds personal data, and no data protection policy masks it"
#   severity: medium
#   because: >-
#     Readers of a log are many, but they are people of the house.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [log]
#   kinds: [aws.logs.group]
#   obligations: [data-minimisation, log-protection]
#   checks: [loggroup-data-protection-policy]
#   general: true
#   remediation:
#     terraform: >-
#       Add aws_cloudwatch_log_data_protection_policy to the group, or aws_cloudwatch_log_account_policy of
#       type DATA_PROTECTION_POLICY for all; better, log no personal data.
#     aws: >-
#       aws logs put-data-protection-policy, or put-account-policy --policy-type DATA_PROTECTION_POLICY
package probity.rules.logging.logs_mask_personal_data

import data.probity.lib.personal

violation contains {"fact": "settings.masks"} if {
	input.settings.masks == false
	input.labels[_].category in personal.categories
}
