# METADATA
# title: Events of the trail reach a log group
# description: >-
#   The trail writes files and no log group, or has delivered nothing there for a day. Alarms look at log
#   groups; without one nobody is told while something happens.
# related_resources:
# - ref: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html
# custom:
#   id: trail-to-log-group
#   message: "{name} sends no events to a log group"
#   messages:
#     settings.to_log_group: "{name} sends its events to no log group, where alarms could watch them"
#     settings.delivered: "{name} has sent no event to its log group for more than a day"
#   severity: low
#   because: >-
#     The files hold the same events, for those who look later.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [log]
#   kinds: [aws.cloudtrail.trail]
#   obligations: [audit-logging, breach-evidence]
#   checks: [cloudtrail-to-cloudwatch]
#   remediation:
#     terraform: >-
#       Set cloud_watch_logs_group_arn and cloud_watch_logs_role_arn on aws_cloudtrail.
#     aws: >-
#       aws cloudtrail update-trail --cloud-watch-logs-log-group-arn ARN --cloud-watch-logs-role-arn
#       ARN
package probity.rules.logging.trail_to_log_group

violation contains {"fact": "settings.to_log_group"} if input.settings.to_log_group == false

violation contains {"fact": "settings.delivered"} if {
	input.settings.to_log_group == true
	input.settings.delivered.set == true
	time.add_date(time.parse_rfc3339_ns(input.settings.delivered.value), 0, 0, 1) < time.parse_rfc3339_ns(input.now)
}
