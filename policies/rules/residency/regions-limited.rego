# METADATA
# title: The organisation keeps its accounts to some regions
# description: >-
#   No policy of the organisation denies the account what is asked for in other regions. Whoever may make a store
#   there can make it in any country that the provider has.
# related_resources:
# - ref: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html
# custom:
#   id: regions-limited
#   message: "{name} may make stores in every region"
#   severity: medium
#   because: >-
#     No data lies in a wrong country by it yet, and each store is judged by where it lies.
#   checks: [org-region-guardrail]
#   behaviour: 1
#   since: 0.1.0
#   sources: [aws]
#   classes: [account]
#   kinds: [aws.account]
#   obligations: [transfer-control]
#   remediation:
#     terraform: >-
#       Add an aws_organizations_policy that denies with StringNotEquals on aws:RequestedRegion, and attach it.
#     aws: >-
#       aws organizations create-policy --type SERVICE_CONTROL_POLICY, then attach-policy to the root or a unit.
package probity.rules.residency.regions_limited

violation contains {"fact": "settings.limits_regions"} if input.settings.limits_regions == false
