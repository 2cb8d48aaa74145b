# METADATA
# title: Nodes of a cluster talk in secret
# description: >-
#   The nodes send each other what the cluster holds in the clear. TLS for clients does not cover this traffic,
#   and all data passes in it.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ntn.html
# custom:
#   id: node-to-node-encryption
#   message: "{name} does not encrypt between its nodes"
#   severity: medium
#   because: Whoever reads this traffic must already be in the network of the cluster.
#   checks: [opensearch-node-to-node, msk-tls]
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [search, stream]
#   kinds: [aws.opensearch.domain, aws.msk.cluster]
#   obligations: [encryption-in-transit]
#   remediation:
#     terraform: >-
#       Add node_to_node_encryption { enabled = true } to aws_opensearch_domain or aws_elasticsearch_domain; set in_cluster =
#       true in encryption_in_transit of aws_msk_cluster, which makes a new cluster.
#     cloudformation: >-
#       Set NodeToNodeEncryptionOptions.Enabled to true on AWS::OpenSearchService::Domain, InCluster on AWS::MSK::Cluster.
#     aws: >-
#       aws opensearch update-domain-config --node-to-node-encryption-options Enabled=true
package probity.rules.encryption.node_to_node_encryption

violation contains {"fact": "settings.node_to_node"} if input.settings.node_to_node == false
