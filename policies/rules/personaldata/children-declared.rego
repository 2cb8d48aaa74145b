# METADATA
# title: Data of children is declared
# description: >-
#   Data about children was found in a store, and no activity that it serves names children among
#   those whose data it is. They are owed more: consent of parents, plainer words, no profiles.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/childrens-information/
# custom:
#   id: children-declared
#   message: "{name} holds data about children, which no activity declares"
#   severity: medium
#   because: >-
#     Children are owed more care, which nobody takes of data that nobody declared.
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, database, table, warehouse, filesystem, search]
#   obligations: [record-of-processing, special-category-protection]
#   checks: [priv-children-data-unmarked]
#   remediation:
#     any: >-
#       Add children to the subjects of the activity in probity.yaml once its legal basis, consent
#       of parents and defaults are reviewed.
package probity.rules.personaldata.children_declared

violation contains {"fact": "activities"} if {
	input.labels[_].category == "child"
	not declared
}

declared if {
	some activity in input.activities
	some subject in activity.subjects
	regex.match(`(?i)\b(child|children|minors?|pupils?|kids|schoolchildren)\b`, subject)
}
