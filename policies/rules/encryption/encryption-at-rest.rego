# METADATA
# title: Data at rest is encrypted
# description: >-
#   Whoever gets hold of the disk, the file or a copy of it can read everything in it. Encryption at rest
#   makes a stolen or forgotten copy useless, and in most services it can only be chosen when the store is
#   made.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
# - ref: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
# custom:
#   id: encryption-at-rest
#   message: "{name} is not encrypted at rest"
#   severity: high
#   because: A stolen disk or a forgotten copy is needed; then nothing stands before the data.
#   checks:
#   - ssm-parameter-secure
#   - rds-encrypted-at-rest
#   - rds-snapshot-encrypted
#   - dax-encrypted
#   - documentdb-encrypted-at-rest
#   - neptune-encrypted-at-rest
#   - redshift-encrypted-at-rest
#   - glue-catalog-encrypted
#   - emr-encrypted
#   - efs-encrypted-at-rest
#   - ebs-volume-encrypted
#   - ebs-snapshot-encrypted
#   - backup-recovery-points-encrypted
#   - sqs-encrypted
#   - sns-encrypted
#   - kinesis-encrypted
#   - firehose-encrypted
#   - elasticache-encrypted-at-rest
#   - opensearch-encrypted-at-rest
#   - rds-global-cluster-encrypted
#   - neptune-snapshot-encrypted
#   - rds-replicated-backups-encrypted
#   - ami-encrypted
#   - s3-encrypted-at-rest
#   - priv-special-category-unencrypted
#   - priv-personal-data-unencrypted
#   - k8s-storageclass-encrypted
#   - sqlite-not-encrypted
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, database, table, warehouse, volume, filesystem, snapshot, backup, queue, stream, topic, cache, search, log, secret]
#   obligations: [encryption-at-rest]
#   remediation:
#     terraform: >-
#       Set storage_encrypted = true on aws_db_instance and aws_rds_cluster, encrypted = true on
#       aws_ebs_volume and aws_ebs_snapshot_copy, with kms_key_id where the key is yours.
#     aws: >-
#       An existing store cannot be switched: copy a snapshot of it with encryption on (aws rds
#       copy-db-snapshot --kms-key-id …, aws ec2 copy-snapshot --encrypted) and restore from the copy.
#     any: >-
#       Write the data anew into an encrypted store, and delete the clear one with its snapshots.
package probity.rules.encryption.encryption_at_rest

violation contains {"fact": "encryption.at_rest"} if input.encryption.at_rest == false
