# METADATA
# title: The Data API is on where somebody decided so
# description: >-
#   The cluster takes statements over HTTPS from whoever IAM lets, past its security groups and subnets, and
#   nobody declared that it should.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.html
# custom:
#   id: data-api-decided-on
#   message: "{name} takes statements over HTTPS, past its network"
#   severity: low
#   because: >-
#     IAM and a secret with the password still stand before it.
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [database]
#   kinds: [aws.rds.instance, aws.rds.cluster]
#   obligations: [network-boundary, least-privilege]
#   checks: [rds-data-api-restricted]
#   remediation:
#     terraform: >-
#       Set enable_http_endpoint = false, or a tag data-api = approved once somebody decided on it.
#     aws: >-
#       aws rds disable-http-endpoint --resource-arn …
package probity.rules.exposure.data_api_decided_on

violation contains {"fact": "settings.data_api"} if {
	input.settings.data_api == true
	not approved
}

approved if {
	some key, value in input.tags
	lower(key) == "data-api"
	lower(value) == "approved"
}
