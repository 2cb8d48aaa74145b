# METADATA
# title: No stranger restores a clear copy of sensitive data
# description: >-
#   A snapshot of a database that holds health, special-category or children's data is shared with
#   everybody, and it is not encrypted. Everybody with an account of the provider has a database of their
#   own from it within minutes, which no log of ours shows.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html
# custom:
#   id: sensitive-snapshot-restorable
#   message: "{name} is a clear copy of {element} data that everybody can restore"
#   severity: critical
#   because: >-
#     Each of the guards is gone at once: the place, the key and the account.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan]
#   classes: [snapshot, backup]
#   obligations: [no-public-access, special-category-protection, encryption-at-rest]
#   remediation:
#     terraform: >-
#       Take "all" out of shared_accounts, and encrypt the database and its snapshots.
#     aws: >-
#       aws rds modify-db-snapshot-attribute --attribute-name restore --values-to-remove all; then ask in
#       the trail who restored it, and treat it as a breach.
package probity.rules.exposure.sensitive_snapshot_restorable

violation contains {"fact": "exposure.public", "element": category} if {
	input.exposure.public == true
	input.encryption.at_rest == false
	category := input.labels[_].category
	category in {"health", "special", "child"}
}
