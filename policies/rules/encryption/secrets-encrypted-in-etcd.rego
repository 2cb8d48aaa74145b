# METADATA
# title: The API server encrypts Secrets before it stores them
# description: >-
#   Secrets are stored as they are. Whoever gets hold of etcd's disk or of a backup of it has every password
#   of the cluster.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/
# custom:
#   id: secrets-encrypted-in-etcd
#   message: "{name} stores Secrets unencrypted"
#   severity: high
#   because: One disk or backup of the control plane opens every database of the cluster.
#   behaviour: 1
#   since: 0.2.0
#   sources: [kubernetes]
#   classes: [account]
#   kinds: [k8s.controlplane]
#   obligations: [encryption-at-rest, secrets-management]
#   checks: [k8s-etcd-encryption-provider]
#   remediation:
#     kubernetes: >-
#       Give the API server --encryption-provider-config with a file that names kms (v2), secretbox or aescbc
#       first for secrets, and identity last; then write all Secrets anew: kubectl get secrets -A -o json |
#       kubectl replace -f -
package probity.rules.encryption.secrets_encrypted_in_etcd

violation contains {"fact": "settings.secrets_encrypted"} if input.settings.secrets_encrypted == false
