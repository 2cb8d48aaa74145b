# METADATA
# title: Suppliers take on roles with an ID of their own
# description: >-
#   A processor may take on the role without telling the ID that was agreed with it. Another customer of
#   the same supplier can then have the supplier take on this role for it.
# related_resources:
# - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html
# custom:
#   id: suppliers-prove-themselves
#   message: "{name} lets the supplier behind {element} in without sts:ExternalId"
#   severity: medium
#   because: >-
#     The supplier has to be deceived first, and its other customers are the ones who can.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [identity]
#   kinds: [aws.iam.role]
#   obligations: [recipient-control, least-privilege]
#   checks: [iam-role-trust-known-only]
#   remediation:
#     terraform: >-
#       Add the condition StringEquals sts:ExternalId to assume_role_policy.
#     aws: >-
#       aws iam update-assume-role-policy with the condition StringEquals sts:ExternalId.
package probity.rules.access.suppliers_prove_themselves

import data.probity.lib.trust

violation contains {"fact": "settings.without_external_id", "element": who} if {
	some who in input.settings.without_external_id
	data.config.processors[trust.account(who)]
}
