# METADATA
# title: The cluster encrypts Secrets with a key of one's own
# description: >-
#   Secrets of the cluster are encrypted with no key of the account. Nobody sees from a key's log who
#   decrypts them, and no key can be taken away to close them.
# related_resources:
# - ref: https://docs.aws.amazon.com/eks/latest/userguide/envelope-encryption.html
# custom:
#   id: cluster-secrets-own-key
#   message: "{name} encrypts Secrets with no key of the account"
#   severity: low
#   because: >-
#     From Kubernetes 1.28 on the service encrypts them by itself, with a key that it keeps.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [secret]
#   kinds: [aws.eks.cluster]
#   obligations: [key-management, secrets-management]
#   checks: [k8s-secrets-kms-encrypted]
#   remediation:
#     terraform: >-
#       Add encryption_config with resources = ["secrets"] and provider { key_arn } to aws_eks_cluster.
#     aws: >-
#       aws eks associate-encryption-config (it cannot be taken back).
package probity.rules.encryption.cluster_secrets_own_key

violation contains {"fact": "settings.secrets_kms"} if input.settings.secrets_kms == false
