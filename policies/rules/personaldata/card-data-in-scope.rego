# METADATA
# title: Card data stays in the declared environment
# description: >-
#   Payment card data was found in a store that is not declared to be part of the cardholder data
#   environment. Each such store, and what is connected to it, falls under the rules of PCI DSS.
# related_resources:
# - ref: https://www.pcisecuritystandards.org/document_library/
# custom:
#   id: card-data-in-scope
#   message: "{element} in {name} holds card data, and the store is not declared for it"
#   severity: critical
#   because: >-
#     It puts the store and all that is connected to it under the rules for cards, and nobody guards it so.
#   behaviour: 1
#   since: 0.2.0
#   sources: [files]
#   classes: [bucket, database, table, warehouse, filesystem, queue, stream, cache, search, log]
#   obligations: [card-data-protection, data-inventory]
#   checks: [priv-card-data-out-of-scope]
#   remediation:
#     any: >-
#       Delete or tokenise the data and find out how it came here, or declare the store under
#       assessed_stores of parameters in probity.yaml once it is assessed.
package probity.rules.personaldata.card_data_in_scope

violation contains {"fact": "labels", "element": label.on} if {
	some label in input.labels
	label.detector in {"payment-card", "card-track", "card-security-code"}
	label.protection == "clear"
	not in_scope
}

in_scope if {
	some pattern in data.config.assessed_stores
	glob.match(pattern, null, input.id)
}
