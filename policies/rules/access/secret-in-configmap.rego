# METADATA
# title: ConfigMaps hold no credentials
# description: >-
#   A value in the ConfigMap is a credential. Nearly everyone who works with the cluster may read ConfigMaps,
#   they are kept unencrypted, and no audit log tells who read them.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/secrets-good-practices/
# custom:
#   id: secret-in-configmap
#   message: "{name} holds a credential in {element}"
#   severity: medium
#   because: >-
#     Whoever may look at the settings of a namespace has the credential, but has to be let into the cluster
#     first.
#   behaviour: 1
#   since: 0.2.0
#   sources: [kubernetes]
#   classes: [secret]
#   kinds: [k8s.configmap]
#   obligations: [secrets-management, least-privilege]
#   remediation:
#     kubernetes: >-
#       Move the value to a Secret that comes from an external store, refer to it with valueFrom.secretKeyRef,
#       and change it.
package probity.rules.access.secret_in_configmap

violation contains {"fact": "settings.credentials", "element": key} if some key in input.settings.credentials
