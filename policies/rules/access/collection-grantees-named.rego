# METADATA
# title: Collections name who reads them
# description: >-
#   A policy on data gives the collection to whole sets of principals by a pattern. Whoever makes a role with a
#   fitting name reads everything in it.
# related_resources:
# - ref: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-data-access.html
# custom:
#   id: collection-grantees-named
#   message: "a policy of {name} lets in {element} instead of named identities"
#   severity: high
#   because: No further grant is needed, and nobody sees who has come to fit.
#   checks: [opensearch-serverless-policies]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation]
#   classes: [search]
#   kinds: [aws.opensearch.collection]
#   obligations: [least-privilege]
#   remediation:
#     terraform: >-
#       Name roles and users in Principal of aws_opensearchserverless_access_policy, without an asterisk.
#     cloudformation: >-
#       Name roles and users in Principal of AWS::OpenSearchServerless::AccessPolicy, without an asterisk.
#     aws: >-
#       aws opensearchserverless update-access-policy
package probity.rules.access.collection_grantees_named

violation contains {"fact": "settings.grantees", "element": who} if {
	some who in input.settings.grantees
	contains(who, "*")
}
