# METADATA
# title: Changes of stores are recorded
# description: >-
#   The recorder of AWS Config is there and does not run, or leaves out stores or keys. Nobody can tell when a bucket was opened or a key
#   switched off, and how long it stayed so.
# related_resources:
# - ref: https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html
# custom:
#   id: changes-recorded
#   message: "{name} records no changes of {element}"
#   messages:
#     settings.on: "{name} is switched off and records no changes"
#     settings.missed: "{name} records no changes of {element}"
#   severity: low
#   because: >-
#     Trails tell of the calls as well; only the state in between is missing.
#   behaviour: 2
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [account]
#   kinds: [aws.config.recorder]
#   obligations: [audit-logging, breach-evidence]
#   checks: [config-recorder-on]
#   remediation:
#     terraform: >-
#       Add aws_config_configuration_recorder with all_supported = true in its recording_group, and
#       aws_config_configuration_recorder_status with is_enabled = true.
#     aws: >-
#       aws configservice put-configuration-recorder, then start-configuration-recorder
package probity.rules.logging.changes_recorded

violation contains {"fact": "settings.on", "element": "anything"} if input.settings.on == false

violation contains {"fact": "settings.missed", "element": type} if some type in input.settings.missed
