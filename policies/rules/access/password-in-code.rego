# METADATA
# title: No database password stands in code
# description: >-
#   The master password is written in the code. Whoever can read the repository, its history or a build
#   log has the whole database, and the password cannot be changed without a release.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
# - ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# custom:
#   id: password-in-code
#   message: "{name} has its master password written in the code"
#   severity: high
#   because: Whoever reads the repository, today or in its history, opens the whole database.
#   checks: [rds-password-not-in-iac]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation]
#   classes: [database, warehouse, cache, search, queue]
#   kinds:
#   - aws.rds.instance
#   - aws.rds.cluster
#   - aws.docdb.cluster
#   - aws.docdb.elastic_cluster
#   - aws.timestream.influxdb_instance
#   - aws.lightsail.database
#   - aws.redshift.cluster
#   - aws.redshift.namespace
#   - aws.elasticache.replication_group
#   - aws.opensearch.domain
#   - aws.mq.broker
#   obligations: [secrets-management]
#   remediation:
#     terraform: >-
#       Remove password (master_password of a cluster), set manage_master_user_password = true, and
#       change the password, since the old one stays in the history.
#     aws: >-
#       aws rds modify-db-instance (or modify-db-cluster) --manage-master-user-password
package probity.rules.access.password_in_code

violation contains {"fact": "settings.password_in_code"} if input.settings.password_in_code == true
