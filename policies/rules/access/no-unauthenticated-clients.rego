# METADATA
# title: Clients say who they are
# description: >-
#   The store takes whoever reaches its port, without asking for a password, a certificate or an identity. A single
#   machine inside the network, or one wrong rule around it, then opens all of it.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
# - ref: https://docs.aws.amazon.com/msk/latest/developerguide/kafka_apis_iam.html
# - ref: https://docs.aws.amazon.com/neptune/latest/userguide/iam-auth-enable.html
# custom:
#   id: no-unauthenticated-clients
#   message: "{name} does not ask its clients who they are"
#   severity: high
#   because: >-
#     Nothing but the network is between the data and whoever gets into it, and nobody could tell later who it was.
#   checks: [elasticache-auth, msk-no-unauthenticated, neptune-iam-auth, memorydb-tls-acl-cmk, opensearch-fine-grained-access]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [cache, stream, database, search]
#   kinds:
#   - aws.elasticache.replication_group
#   - aws.elasticache.cluster
#   - aws.elasticache.serverless
#   - aws.memorydb.cluster
#   - aws.msk.cluster
#   - aws.neptune.cluster
#   - aws.opensearch.domain
#   obligations: [authentication, least-privilege]
#   remediation:
#     terraform: >-
#       Set auth_token or user_group_ids on aws_elasticache_replication_group, an acl_name other than
#       open-access on aws_memorydb_cluster, client_authentication with unauthenticated = false on
#       aws_msk_cluster, iam_database_authentication_enabled = true on aws_neptune_cluster,
#       anonymous_auth_enabled = false on aws_opensearch_domain.
#     cloudformation: >-
#       Set AuthToken or UserGroupIds, ACLName, ClientAuthentication with Unauthenticated.Enabled false,
#       IamAuthEnabled.
#     aws: >-
#       aws elasticache modify-replication-group --user-group-ids-to-add, aws memorydb update-cluster
#       --acl-name, aws kafka update-security, aws neptune modify-db-cluster
#       --enable-iam-database-authentication
package probity.rules.access.no_unauthenticated_clients

violation contains {"fact": "settings.unauthenticated"} if input.settings.unauthenticated == true
