# METADATA
# title: Roles trust known accounts only
# description: >-
#   Somebody of an account that is not declared as trusted, or anybody at all, may take on the role and do
#   what it may. Nobody who counts the readers of a store would find them.
# related_resources:
# - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html
# custom:
#   id: roles-trust-known-accounts
#   message: "{name} may be taken on by {element}, which is not a trusted account"
#   severity: high
#   because: >-
#     A stranger gets all that the role may, and from then on looks like one of our own.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [identity]
#   kinds: [aws.iam.role]
#   obligations: [least-privilege, recipient-control]
#   checks: [iam-role-trust-known-only]
#   remediation:
#     terraform: >-
#       Name trusted principals in assume_role_policy, with aws:PrincipalOrgID, or with sts:ExternalId for a
#       supplier; then declare the account in trusted_accounts under parameters of probity.yaml.
#     aws: >-
#       aws iam update-assume-role-policy with named principals.
package probity.rules.access.roles_trust_known_accounts

import data.probity.lib.trust

violation contains {"fact": "exposure.outside", "element": "everyone"} if {
	some grant in input.exposure.outside
	grant.principal == "*"
}

violation contains {"fact": "exposure.outside", "element": grant.principal} if {
	some grant in input.exposure.outside
	grant.principal != "*"
	not trust.trusted(grant.principal)
}
