# METADATA
# title: Data is under a key of your own
# description: >-
#   The store is encrypted with a key that the provider holds. Who may decrypt then follows from who may read
#   the store, no log tells of single decryptions in all services, and the key cannot be withdrawn to make
#   every copy unreadable.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html
# custom:
#   id: customer-managed-key
#   message: "{name} is encrypted with a key of the provider ({value}), not one of the account"
#   severity: low
#   because: Data is encrypted; what is missing is the power to decide and see who decrypts.
#   checks:
#   - ssm-parameter-secure
#   - keyspaces-cmk-pitr
#   - ecr-private
#   - mq-private-cmk-audited
#   - rds-cmk-encryption
#   - redshift-cmk-encryption
#   - dynamodb-cmk-encryption
#   - backup-vault-cmk
#   - msk-encrypted-cmk
#   - memorydb-tls-acl-cmk
#   - sagemaker-notebook-isolated
#   - opensearch-serverless-policies
#   - documentdb-cmk-encryption
#   - neptune-cmk-encryption
#   - timestream-cmk
#   - efs-cmk-encryption
#   - fsx-cmk-encryption
#   - ebs-cmk-encryption
#   - sqs-cmk-encryption
#   - sns-cmk-encryption
#   - elasticache-cmk
#   - opensearch-cmk-encryption
#   - dynamodb-replica-cmk
#   - s3-cmk-encryption
#   - cloudtrail-cmk
#   - secret-cmk-encryption
#   - loggroup-cmk
#   - dms-instance-private-cmk
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, database, table, warehouse, volume, filesystem, snapshot, backup, queue, stream, topic, cache, search, log, secret]
#   obligations: [key-management]
#   remediation:
#     terraform: >-
#       Create an aws_kms_key with a policy of its own and name it in the argument of the store: kms_key_id, kms_key_arn,
#       kms_master_key_id, or sse_algorithm = "aws:kms" with a key for a bucket.
#     cloudformation: >-
#       Create an AWS::KMS::Key and name it in the property of the store: KmsKeyId, KMSMasterKeyID, SSESpecification.
#     aws: >-
#       Create a key (aws kms create-key) and encrypt with it. Databases, volumes and file systems keep the key they were
#       made with: restore a copy of a snapshot made with --kms-key-id.
package probity.rules.encryption.customer_managed_key

# Without any key encryption-at-rest speaks.
violation contains {"fact": "encryption.key_manager"} if input.encryption.key_manager in {"provider-owned", "provider-managed"}
