# METADATA
# title: Data on health is in services that an agreement covers
# description: >-
#   Data on health is in a service that the agreement with its provider does not name, or in an account that none
#   was made for. What happens to it there is nobody's promise.
# related_resources:
# - ref: https://aws.amazon.com/compliance/hipaa-eligible-services-reference/
# - ref: https://www.hhs.gov/hipaa/for-professionals/privacy/guidance/business-associates/index.html
# custom:
#   id: health-data-under-agreement
#   message: "{name} holds data on health in {element}, and no declared agreement covers it"
#   severity: high
#   because: >-
#     The law asks for the agreement before the data is there; to mend it means to move the data.
#   behaviour: 2
#   since: 0.2.0
#   sources: [terraform, plan, aws]
#   classes: [bucket, database, table, warehouse, volume, filesystem, snapshot, backup, queue, stream, topic, cache, search, log]
#   obligations: [recipient-control, special-category-protection]
#   checks: [priv-health-data-ineligible-service]
#   remediation:
#     any: >-
#       Move the data into a service that is covered, or sign an agreement for the account; then name both in
#       parameters.health_agreements of probity.yaml: services by account, * for every account.
package probity.rules.personaldata.health_data_under_agreement

violation contains {"fact": "labels", "element": label.on} if {
	some label in input.labels
	label.category == "health"
	service
	not covered
}

# aws.rds.instance is of the service rds. What runs a database that was asked itself is judged beside it, but Redshift runs nowhere else.
service := split(input.kind, ".")[1] if startswith(input.kind, "aws.")

service := "redshift" if startswith(input.kind, "redshift.")

covered if service in data.config.health_agreements["*"]

covered if {
	some account, services in data.config.health_agreements
	service in services
	account == input.scope.account
}
