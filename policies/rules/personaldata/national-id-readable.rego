# METADATA
# title: National identity numbers are not stored readable
# description: >-
#   Numbers that a state gives to each person (social security, tax, identity) stand in clear. They rarely
#   change, open doors to identity theft, and in many countries may be kept only where a law says so.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://csrc.nist.gov/pubs/sp/800/122/final
# custom:
#   id: national-id-readable
#   message: "{element} in {name} holds national identity numbers in clear"
#   severity: high
#   because: >-
#     Such a number stays with a person for life and opens accounts in their name.
#   behaviour: 1
#   since: 0.1.0
#   sources: [files]
#   classes: [bucket, table, warehouse, filesystem, queue, stream, cache, search, log]
#   obligations: [pseudonymisation, data-minimisation]
#   checks: [db-national-id-readable]
#   remediation:
#     sql: >-
#       Replace the column by a keyed hash or a token where it only links records, and encrypt it in
#       the application where the number itself is needed.
#     any: >-
#       Drop the numbers where no law asks for them; elsewhere keep a token here and the number in one
#       guarded place.
package probity.rules.personaldata.national_id_readable

# The numbers of states are named after them: us-ssn, fr-nir.
violation contains {"fact": "labels", "element": label.on} if {
	some label in input.labels
	label.category == "identifier"
	label.protection == "clear"
	regex.match("^[a-z][a-z]-", label.detector)
}
