# METADATA
# title: Shares stay inside the organisation
# description: >-
#   Resources are shared in a way that accounts outside of the organisation may take. Whoever is invited
#   later needs no further decision.
# related_resources:
# - ref: https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html
# custom:
#   id: shares-stay-inside
#   message: "{name} may be shared with accounts outside of the organisation"
#   severity: high
#   because: >-
#     What is shared is read by people who are bound by none of our rules.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [identity]
#   kinds: [aws.ram.share]
#   obligations: [recipient-control, least-privilege]
#   checks: [ram-share-internal-only]
#   remediation:
#     terraform: >-
#       Set allow_external_principals = false on aws_ram_resource_share, and name accounts or units of the
#       organisation as principals.
#     cloudformation: >-
#       Set AllowExternalPrincipals to false on AWS::RAM::ResourceShare, since it is true unless told.
#     aws: >-
#       aws ram update-resource-share --no-allow-external-principals
package probity.rules.access.shares_stay_inside

violation contains {"fact": "settings.external"} if input.settings.external == true
