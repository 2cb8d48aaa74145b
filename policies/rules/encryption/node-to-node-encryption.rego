# METADATA
# title: Nodes of a search domain talk in secret
# description: >-
#   The nodes send documents, queries and results to each other in the clear. TLS for clients does not cover
#   this traffic, and it holds everything that is indexed.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ntn.html
# custom:
#   id: node-to-node-encryption
#   message: "{name} does not encrypt between its nodes"
#   severity: medium
#   behaviour: 1
#   since: 0.2.0
#   classes: [search]
#   kinds: [aws.opensearch.domain]
#   obligations: [encryption-in-transit]
#   remediation:
#     terraform: >-
#       Add node_to_node_encryption { enabled = true } to aws_opensearch_domain or aws_elasticsearch_domain.
#     cloudformation: >-
#       Set NodeToNodeEncryptionOptions.Enabled to true on AWS::OpenSearchService::Domain.
#     aws: >-
#       aws opensearch update-domain-config --node-to-node-encryption-options Enabled=true
package probity.rules.encryption.node_to_node_encryption

violation contains {"fact": "settings.node_to_node"} if input.settings.node_to_node == false
