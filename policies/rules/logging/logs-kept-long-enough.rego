# METADATA
# title: Logs are kept for a month at least
# description: >-
#   What is logged is deleted within less than 30 days. Most break-ins are noticed later, and nobody can
#   then say whose data was read.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
# custom:
#   id: logs-kept-long-enough
#   message: "{name} keeps what is logged for less than 30 days"
#   severity: low
#   because: >-
#     It takes evidence away, where other logs may still tell.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [log]
#   obligations: [audit-logging, breach-evidence]
#   remediation:
#     terraform: >-
#       Set retention_in_days of aws_cloudwatch_log_group to 30 or more.
#     aws: >-
#       aws logs put-retention-policy --retention-in-days 90
package probity.rules.logging.logs_kept_long_enough

violation contains {"fact": "retention.rules"} if {
	some expiry in input.retention.rules
	expiry.noncurrent == false
	expiry.days < 30
}
