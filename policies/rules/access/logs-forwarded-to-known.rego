# METADATA
# title: Logs are sent to known accounts only
# description: >-
#   What is logged is sent on to another account, which is not declared as trusted. Logs name people and
#   what they did, and tell an intruder how the house is built.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CrossAccountSubscriptions.html
# custom:
#   id: logs-forwarded-to-known
#   message: "{name} sends what is logged to {element}, of an account that is not trusted"
#   severity: high
#   because: >-
#     All that is logged from now on leaves for somebody else.
#   checks: [loggroup-not-shared-outside]
#   behaviour: 2
#   since: 0.1.0
#   sources: [terraform, plan, aws]
#   classes: [log]
#   kinds: [aws.logs.group]
#   obligations: [recipient-control, log-protection]
#   remediation:
#     terraform: >-
#       Remove aws_cloudwatch_log_subscription_filter, or declare the account in trusted_accounts under
#       parameters of probity.yaml.
#     aws: >-
#       aws logs delete-subscription-filter
package probity.rules.access.logs_forwarded_to_known

import data.probity.lib.trust

violation contains {"fact": "settings.subscriptions", "element": one} if {
	some one in input.settings.subscriptions
	split(one, ":")[4] != input.scope.account
	not trust.trusted(one)
}
