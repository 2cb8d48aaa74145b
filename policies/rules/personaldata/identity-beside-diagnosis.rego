# METADATA
# title: Diagnoses do not stand beside names
# description: >-
#   Health or other special data stands in clear in the same table or file as what names the person. Kept
#   apart, joined by a pseudonym, a leak of either would tell nothing about anybody.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://www.edpb.europa.eu/our-work-tools/documents/public-consultations/2025/guidelines-012025-pseudonymisation_en
# custom:
#   id: identity-beside-diagnosis
#   message: "{element} in {name} holds who people are beside their health or other special data"
#   severity: medium
#   because: >-
#     It makes a leak worse, and causes none.
#   behaviour: 1
#   since: 0.1.0
#   sources: [files]
#   classes: [bucket, table, warehouse, filesystem, queue, stream, cache, search, log]
#   obligations: [pseudonymisation, special-category-protection]
#   checks: [priv-identifiers-not-separated]
#   remediation:
#     sql: >-
#       Move what names the person to a table of its own with its own grants, and leave a random key
#       here.
#     any: >-
#       Replace names, numbers and addresses by a pseudonym whose key is kept elsewhere.
package probity.rules.personaldata.identity_beside_diagnosis

violation contains {"fact": "labels", "element": holder(diagnosis.on)} if {
	some diagnosis in input.labels
	diagnosis.category in {"health", "special"}
	diagnosis.protection == "clear"
	some identity in input.labels
	identity.category in {"identifier", "contact"}
	identity.protection == "clear"
	holder(identity.on) == holder(diagnosis.on)
}

# In a folder of files the file is what is read together, in a table all of it.
holder(place) := split(place, ":")[0] if input.class != "table"

holder(_) := "row" if input.class == "table"
