# METADATA
# title: Logs do not stay for ever
# description: >-
#   Nothing ever deletes what is logged. Logs hold names, addresses and what people did, often more than
#   anybody meant to write, and the law lets them be kept only as long as they are needed.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
# custom:
#   id: log-retention-set
#   message: "{name} keeps what is logged for ever"
#   severity: medium
#   checks: [eventbridge-archive-expires, loggroup-retention-set]
#   because: >-
#     Each year adds people to a store that nobody cleans.
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [log]
#   obligations: [storage-limitation]
#   remediation:
#     terraform: >-
#       Set retention_in_days on aws_cloudwatch_log_group, and retention_days on
#       aws_cloudwatch_event_archive.
#     aws: >-
#       aws logs put-retention-policy --retention-in-days, aws events update-archive --retention-days.
#     any: >-
#       Delete what was logged after a time that somebody has chosen.
package probity.rules.retention.log_retention_set

violation contains {"fact": "retention.rules"} if not expires

expires if {
	some expiry in input.retention.rules
	expiry.noncurrent == false
}
