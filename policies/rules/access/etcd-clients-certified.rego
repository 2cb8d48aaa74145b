# METADATA
# title: etcd knows its clients by certificates
# description: >-
#   etcd lets in clients without a certificate, or makes up its own certificate. It holds every object and
#   every Secret of the cluster, for whoever reaches its port.
# related_resources:
# - ref: https://etcd.io/docs/v3.6/op-guide/security/
# custom:
#   id: etcd-clients-certified
#   message: "{name} lets in clients that show no certificate"
#   severity: high
#   because: >-
#     Whoever reaches the port has the whole cluster.
#   behaviour: 1
#   since: 0.1.0
#   sources: [kubernetes]
#   classes: [database]
#   kinds: [k8s.database]
#   obligations: [authentication, encryption-in-transit]
#   checks: [k8s-etcd-tls]
#   remediation:
#     kubernetes: >-
#       Start etcd with --cert-file, --key-file, --client-cert-auth=true and --trusted-ca-file, and
#       without --auto-tls.
package probity.rules.access.etcd_clients_certified

violation contains {"fact": "settings.client_certificates"} if input.settings.client_certificates == false
