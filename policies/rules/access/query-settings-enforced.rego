# METADATA
# title: Clients cannot choose where results of queries go
# description: >-
#   Each client of the workgroup may say itself where results are written and how they are encrypted. What the
#   workgroup sets is then a suggestion.
# related_resources:
# - ref: https://docs.aws.amazon.com/athena/latest/ug/workgroups-settings-override.html
# custom:
#   id: query-settings-enforced
#   message: "{name} lets clients choose where results go"
#   severity: medium
#   because: >-
#     A result is a copy of the data that was asked for; somebody with rights on another bucket must still send it
#     there.
#   checks: [athena-config-enforced]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [warehouse]
#   kinds: [aws.athena.workgroup]
#   obligations: [secure-defaults, encryption-at-rest]
#   remediation:
#     terraform: >-
#       Set enforce_workgroup_configuration = true in configuration of aws_athena_workgroup.
#     cloudformation: >-
#       Set WorkGroupConfiguration.EnforceWorkGroupConfiguration to true.
#     aws: >-
#       aws athena update-work-group --configuration-updates EnforceWorkGroupConfiguration=true
package probity.rules.access.query_settings_enforced

violation contains {"fact": "settings.enforced"} if input.settings.enforced == false
