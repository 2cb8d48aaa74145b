# METADATA
# title: Card numbers are not stored readable
# description: >-
#   Full payment card numbers stand in clear in this store. PCI DSS wants them unreadable wherever they
#   are stored, and disk encryption alone does not count: whoever may read the store reads the numbers.
# related_resources:
# - ref: https://www.pcisecuritystandards.org/document_library/
# custom:
#   id: card-number-readable
#   message: "{element} in {name} holds full payment card numbers in clear"
#   severity: critical
#   because: >-
#     Card numbers are money to thieves, and card schemes fine for each of them.
#   behaviour: 1
#   since: 0.1.0
#   sources: [files]
#   classes: [bucket, table, warehouse, filesystem, queue, stream, cache, search, log]
#   obligations: [card-data-protection]
#   checks: [db-card-number-readable]
#   remediation:
#     sql: >-
#       Replace the column by a token or by the first six and last four digits, then drop it and
#       vacuum or rebuild the table so that the old pages go too.
#     aws: >-
#       Delete the objects with all their versions, or store tokens instead.
#     any: >-
#       Find out which process writes the numbers, and stop it before cleaning up. Copies and backups
#       made meanwhile hold them as well.
package probity.rules.personaldata.card_number_readable

violation contains {"fact": "labels", "element": label.on} if {
	some label in input.labels
	label.detector == "payment-card"
	label.protection == "clear"
}
