# METADATA
# title: Data leaves its area on a declared basis only
# description: >-
#   The activity's organisation is established in the EEA, the United Kingdom or Switzerland, and the store is
#   in a country without a decision that covers every recipient there (as of 2026-11-23). That is allowed on a basis only
#   (clauses, binding rules, a certified recipient, a derogation), and the activity declares none that
#   fits.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://commission.europa.eu/law/law-topic/data-protection/international-dimension-data-protection/adequacy-decisions_en
# - ref: https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/international-transfers/
# custom:
#   id: transfer-basis
#   message: "{name} is in {country}, and activity {element} declares no basis for that transfer (decisions as of 2026-11-23)"
#   severity: high
#   because: >-
#     The transfer is unlawful until it has a basis, and authorities order such data back.
#   behaviour: 2
#   since: 0.1.0
#   sources: [terraform, plan]
#   classes: [bucket, database, table, warehouse, volume, filesystem, snapshot, backup, queue, stream, topic, cache, search, log, secret]
#   obligations: [transfer-control]
#   checks: [priv-transfer-outside-eea, priv-transfer-non-adequate, priv-transfer-us-needs-dpf]
#   remediation:
#     any: >-
#       Declare the basis as transfer in the activity (adequacy, scc, bcr, derogation) once it is
#       signed and assessed, or move the data to a country that needs none.
package probity.rules.residency.transfer_basis

import data.probity.lib.countries

violation contains {"fact": "location.country", "element": activity.id} if {
	some activity in input.activities
	area := countries.area(activity.country)
	not countries.covered(area, input.location.country)
	activity.transfer == ""
}

# Adequacy was declared, and there is no such decision.
violation contains {"fact": "location.country", "element": activity.id} if {
	some activity in input.activities
	area := countries.area(activity.country)
	not countries.covered(area, input.location.country)
	not input.location.country in countries.partly[area]
	activity.transfer == "adequacy"
}
