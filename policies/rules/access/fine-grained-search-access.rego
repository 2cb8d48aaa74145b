# METADATA
# title: Who searches sees the indices meant for them
# description: >-
#   The domain knows no users, roles or rights on indices, documents and fields. Whoever may ask it anything may
#   read everything that is indexed.
# related_resources:
# - ref: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html
# custom:
#   id: fine-grained-search-access
#   message: "{name} has no rights by index, document and field"
#   severity: medium
#   because: >-
#     The policy of the domain and its network still say who comes in; only what each of them reads is not limited.
#   checks: [opensearch-fine-grained-access]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [search]
#   kinds: [aws.opensearch.domain]
#   obligations: [least-privilege, authentication]
#   remediation:
#     terraform: >-
#       Add advanced_security_options { enabled = true } with a master_user_arn to aws_opensearch_domain.
#     cloudformation: >-
#       Set AdvancedSecurityOptions.Enabled to true on AWS::OpenSearchService::Domain.
#     aws: >-
#       aws opensearch update-domain-config --advanced-security-options Enabled=true,…
package probity.rules.access.fine_grained_search_access

violation contains {"fact": "settings.fine_grained"} if input.settings.fine_grained == false
