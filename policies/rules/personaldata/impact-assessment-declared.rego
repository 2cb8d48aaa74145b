# METADATA
# title: Sensitive processing was assessed beforehand
# description: >-
#   Health, special-category or children's data was found in a store of an activity that declares no
#   impact assessment. The law asks for one before such data is processed on a large scale.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://ec.europa.eu/newsroom/article29/items/611236
# custom:
#   id: impact-assessment-declared
#   message: "{name} holds sensitive data of activity {element}, which declares no impact assessment"
#   severity: medium
#   because: >-
#     It is a duty on paper first; what it would have found may be in the store.
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, database, table, warehouse, filesystem, search]
#   obligations: [special-category-protection, record-of-processing]
#   checks: [priv-special-category-no-dpia]
#   remediation:
#     any: >-
#       Assess the impact with whoever answers for data protection, and file it under
#       impact_assessment of the activity in probity.yaml.
package probity.rules.personaldata.impact_assessment_declared

violation contains {"fact": "activities", "element": activity.id} if {
	input.labels[_].category in {"health", "special", "child"}
	some activity in input.activities
	activity.impact_assessment == "none"
}
