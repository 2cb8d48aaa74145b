# METADATA
# title: Warehouses are reached from networks of trusted accounts
# description: >-
#   Another account may make an endpoint to the warehouse in a network of its own, and the account is not among
#   those declared as trusted. Its machines then reach the warehouse as if they stood beside it.
# related_resources:
# - ref: https://docs.aws.amazon.com/redshift/latest/mgmt/managing-cluster-cross-vpc.html
# custom:
#   id: warehouse-endpoints-for-known-accounts
#   message: "{name} may be reached from networks of account {element}, which is not trusted"
#   severity: high
#   because: The way in passes by all rules of the network; only accounts and passwords of the warehouse are left.
#   checks: [redshift-snapshot-shared-known-only]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan]
#   classes: [warehouse]
#   kinds: [aws.redshift.cluster]
#   obligations: [recipient-control, network-boundary]
#   remediation:
#     terraform: >-
#       Remove aws_redshift_endpoint_authorization, or add the account to trusted_accounts under parameters in
#       probity.yaml.
#     cloudformation: >-
#       Remove AWS::Redshift::EndpointAuthorization.
#     aws: >-
#       aws redshift revoke-endpoint-access --cluster-identifier … --account …
package probity.rules.access.warehouse_endpoints_for_known_accounts

import data.probity.lib.trust

violation contains {"fact": "settings.consumers", "element": account} if {
	some account in input.settings.consumers
	not trust.trusted(account)
}
