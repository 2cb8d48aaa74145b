# METADATA
# title: Connections are encrypted
# description: >-
#   The store answers clients that do not ask for TLS, so data and passwords can be read or changed on the
#   way. Refusing clear connections is the only setting that does not depend on every client being right.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
# custom:
#   id: encryption-in-transit
#   message: "{name} accepts connections without encryption"
#   severity: medium
#   because: Somebody must be on the way between client and store, which inside a network of one's own is seldom.
#   checks:
#   - rds-postgres-tls-forced
#   - rds-mysql-tls-forced
#   - rds-sqlserver-tls-forced
#   - rds-proxy-tls
#   - redshift-tls-required
#   - documentdb-tls
#   - dax-tls
#   - elasticache-tls
#   - memorydb-tls-acl-cmk
#   - msk-tls
#   - opensearch-https-tls12
#   - efs-policy-tls-and-no-anonymous
#   - transfer-no-plain-ftp
#   - dms-endpoint-tls
#   - emr-encrypted
#   - s3-tls-only
#   - pg-ssl-on
#   - pg-hba-tls-required
#   - mysql-tls-required
#   - priv-personal-data-clear-transport
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, database, warehouse, cache, search, stream, filesystem]
#   obligations: [encryption-in-transit]
#   remediation:
#     terraform: >-
#       For a bucket add an aws_s3_bucket_policy that denies every action where aws:SecureTransport is
#       false, on the bucket and on its objects. For a database set rds.force_ssl = 1 (PostgreSQL) or
#       require_secure_transport = ON (MySQL, MariaDB) in its parameter group.
#     aws: >-
#       aws s3api put-bucket-policy with a Deny on aws:SecureTransport false; aws rds
#       modify-db-parameter-group for the engine parameter named above.
#     any: >-
#       Refuse connections without TLS in the server itself, not in its clients.
package probity.rules.encryption.encryption_in_transit

violation contains {"fact": "encryption.in_transit"} if input.encryption.in_transit == false
