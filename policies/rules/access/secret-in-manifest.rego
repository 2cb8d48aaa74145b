# METADATA
# title: No Secret stands in a manifest with its value
# description: >-
#   The value of the Secret is written in the repository. Base64 hides nothing, and whoever can read the
#   repository, its history or a build log has the value until it is changed.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/secrets-good-practices/
# custom:
#   id: secret-in-manifest
#   message: "{name} is written in the code with its value"
#   severity: high
#   because: >-
#     Everybody who reads the repository has the secret, and its history keeps it.
#   behaviour: 1
#   since: 0.2.0
#   sources: [kubernetes]
#   classes: [secret]
#   kinds: [k8s.secret]
#   obligations: [secrets-management]
#   checks: [k8s-secret-literal-in-manifest]
#   remediation:
#     kubernetes: >-
#       Keep the value in an external store and refer to it (External Secrets Operator), or encrypt it before
#       it is committed (SealedSecret, SOPS). Then change the value: the old one stays in the history.
package probity.rules.access.secret_in_manifest

violation contains {"fact": "settings.literal"} if input.settings.literal == true
