# METADATA
# title: The trail runs and records changes
# description: >-
#   The trail is stopped, or leaves out the calls that change the account. Who opened a store, made a key or
#   switched a log off is not in it.
# related_resources:
# - ref: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
# custom:
#   id: trail-running
#   message: "{name} does not record changes"
#   messages:
#     settings.logging: "{name} is switched off and records nothing"
#     settings.management_events: "{name} records no changes of settings (management events)"
#   severity: high
#   because: >-
#     Without it nobody can say what an intruder did, and stopping it is what intruders do first.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [log]
#   kinds: [aws.cloudtrail.trail]
#   obligations: [audit-logging, breach-evidence]
#   checks: [cloudtrail-multi-region]
#   remediation:
#     terraform: >-
#       Leave enable_logging at true on aws_cloudtrail, and record management events in a selector.
#     aws: >-
#       aws cloudtrail start-logging; aws cloudtrail put-event-selectors with IncludeManagementEvents=true.
package probity.rules.logging.trail_running

violation contains {"fact": "settings.logging"} if input.settings.logging == false

violation contains {"fact": "settings.management_events"} if input.settings.management_events == false
