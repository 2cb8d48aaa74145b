# METADATA
# title: Changes of stores are recorded
# description: >-
#   The recorder of AWS Config is there and does not run. Nobody can tell when a bucket was opened or a key
#   switched off, and how long it stayed so.
# related_resources:
# - ref: https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html
# custom:
#   id: changes-recorded
#   message: "{name} records no changes"
#   severity: low
#   because: >-
#     Trails tell of the calls as well; only the state in between is missing.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan]
#   classes: [account]
#   kinds: [aws.config.recorder]
#   obligations: [audit-logging, breach-evidence]
#   remediation:
#     terraform: >-
#       Add aws_config_configuration_recorder_status with is_enabled = true.
#     aws: >-
#       aws configservice start-configuration-recorder
package probity.rules.logging.changes_recorded

violation contains {"fact": "settings.on"} if input.settings.on == false
