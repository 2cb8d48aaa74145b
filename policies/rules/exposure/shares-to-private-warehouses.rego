# METADATA
# title: Data is shared with warehouses that have no public address
# description: >-
#   Warehouses with an address on the internet may read this share. How the data is guarded is then decided by
#   whoever runs them.
# related_resources:
# - ref: https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_DATASHARE.html
# custom:
#   id: shares-to-private-warehouses
#   message: "{name} may be read by warehouses with a public address"
#   severity: medium
#   because: The reader must still be let in; what is given up is the network around the data.
#   checks: [redshift-datashare-known-only]
#   behaviour: 1
#   since: 0.1.0
#   sources: [aws]
#   classes: [warehouse]
#   kinds: [aws.redshift.datashare]
#   obligations: [network-boundary, recipient-control]
#   remediation:
#     sql: >-
#       ALTER DATASHARE … SET PUBLICACCESSIBLE = FALSE
package probity.rules.exposure.shares_to_private_warehouses

violation contains {"fact": "settings.public_consumers"} if input.settings.public_consumers == true
