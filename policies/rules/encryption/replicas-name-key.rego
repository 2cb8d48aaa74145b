# METADATA
# title: Copies of encrypted objects are written under a named key
# description: >-
#   Objects of the bucket rest under a key of KMS, and a rule that copies them names no key for the
#   copies, or leaves such objects out. Copies are then missing, or rest under a key that nobody chose.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
# custom:
#   id: replicas-name-key
#   message: "{name} names no key for its copies in {element}"
#   severity: medium
#   because: >-
#     The copies are encrypted by S3 in any case; who decides over them is what changes.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket]
#   kinds: [aws.s3.bucket]
#   obligations: [key-management, encryption-at-rest]
#   checks: [s3-replica-encrypted]
#   remediation:
#     terraform: >-
#       Set replica_kms_key_id in destination.encryption_configuration, and sse_kms_encrypted_objects
#       to Enabled in source_selection_criteria, of aws_s3_bucket_replication_configuration.
#     aws: >-
#       aws s3api put-bucket-replication with ReplicaKmsKeyID and SseKmsEncryptedObjects
package probity.rules.encryption.replicas_name_key

violation contains {"fact": "settings.keyless_replicas", "element": bucket} if {
	input.encryption.key_manager in {"customer-managed", "provider-managed"}
	some bucket in input.settings.keyless_replicas
}
