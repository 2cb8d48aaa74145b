# METADATA
# title: No policy allows everything on everything
# description: >-
#   The policy allows every action on every resource. Whoever bears it, or takes over what bears it, reads,
#   copies and deletes all data of the account and the logs that would tell of it.
# related_resources:
# - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
# - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-policy-generation.html
# custom:
#   id: no-full-admin
#   message: "{name} allows everything on everything"
#   severity: high
#   because: >-
#     One stolen session is the loss of every store at once, but it has to be stolen first.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [identity]
#   kinds: [aws.iam.policy, aws.iam.role, aws.iam.user, aws.iam.group]
#   obligations: [least-privilege]
#   checks: [iam-no-full-admin-policy]
#   remediation:
#     terraform: >-
#       Name the actions and resources that are needed in the statement, and attach AdministratorAccess to a
#       role for emergencies alone.
#     aws: >-
#       aws iam create-policy-version with named actions and resources, then detach AdministratorAccess; aws
#       accessanalyzer start-policy-generation proposes what was used.
package probity.rules.access.no_full_admin

violation contains {"fact": "settings.full_admin"} if input.settings.full_admin == true
