# METADATA
# title: People come in over TLS
# description: >-
#   A host is served without TLS, or without being sent on to it. What people send, their passwords first, can
#   be read and changed on the way.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/#tls
# custom:
#   id: ingress-tls
#   message: "{name} serves {element} without TLS"
#   severity: medium
#   because: Somebody must be on the way between people and the entrance.
#   behaviour: 1
#   since: 0.2.0
#   sources: [kubernetes]
#   classes: [network]
#   kinds: [k8s.entrance]
#   obligations: [encryption-in-transit]
#   checks: [k8s-ingress-tls]
#   remediation:
#     kubernetes: >-
#       Name the host under spec.tls with a certificate (cert-manager issues one), and leave the redirect of
#       the controller on.
package probity.rules.encryption.ingress_tls

violation contains {"fact": "settings.clear_hosts", "element": host} if some host in input.settings.clear_hosts
