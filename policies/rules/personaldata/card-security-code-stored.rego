# METADATA
# title: No security code, track or PIN of a card is stored
# description: >-
#   Codes on the back of cards, tracks or PINs are stored. Card schemes forbid to keep them once a
#   payment was authorised, encrypted or not.
# related_resources:
# - ref: https://www.pcisecuritystandards.org/document_library/
# custom:
#   id: card-security-code-stored
#   message: "{element} in {name} holds security codes or tracks of cards"
#   severity: critical
#   because: >-
#     With the code a stolen number buys at once, and no encryption makes keeping it allowed.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [bucket, table, warehouse, filesystem, queue, stream, cache, search, log]
#   obligations: [card-data-protection, data-minimisation]
#   checks: [db-card-security-code-stored]
#   remediation:
#     sql: >-
#       Drop the column and rebuild the table, so that the old pages go too; let the payment service keep
#       what a repeated payment takes.
#     any: >-
#       Find out what writes them, and stop it first. Copies and backups hold them as well.
package probity.rules.personaldata.card_security_code_stored

violation contains {"fact": "labels", "element": label.on} if {
	some label in input.labels
	label.detector in {"card-security-code", "card-track"}
}
