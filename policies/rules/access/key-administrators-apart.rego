# METADATA
# title: Who administers a key does not use it
# description: >-
#   The policy of the key lets one principal both decide over the key and decrypt with it. Whoever takes
#   that one identity reads the data and can lock everybody else out of it.
# related_resources:
# - ref: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
# custom:
#   id: key-administrators-apart
#   message: "{name} lets {element} administer the key and use it"
#   severity: low
#   because: >-
#     Both are given to somebody who is named; it is the separation that is missing.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [key]
#   kinds: [aws.kms.key]
#   obligations: [key-management, least-privilege]
#   checks: [kms-admin-user-separated]
#   remediation:
#     terraform: >-
#       Split the statement of the policy of aws_kms_key: kms:Put*, kms:ScheduleKeyDeletion to
#       administrators, kms:Decrypt and kms:GenerateDataKey to applications.
#     aws: >-
#       aws kms put-key-policy with two statements
package probity.rules.access.key_administrators_apart

violation contains {"fact": "settings.administer_and_use", "element": who} if some who in input.settings.administer_and_use
