# METADATA
# title: Stores are reached from inside of their cluster
# description: >-
#   A Service or an Ingress opens the store beyond the cluster, on a balancer or on a port of every node, so
#   that little more than its password is between it and the internet.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types
# custom:
#   id: store-inside-cluster
#   message: "{element} opens {name} beyond its cluster"
#   severity: critical
#   because: >-
#     The store itself listens where strangers are, and nobody else guards it there.
#   behaviour: 1
#   since: 0.2.0
#   sources: [kubernetes]
#   classes: [database, cache, search, stream, queue, bucket]
#   kinds: [k8s.database, k8s.cache, k8s.search, k8s.stream, k8s.queue, k8s.objects]
#   obligations: [network-boundary, no-public-access]
#   checks: [k8s-db-service-exposed]
#   remediation:
#     kubernetes: >-
#       Use type ClusterIP. For clients outside of the cluster use a balancer inside of the provider's network
#       (its annotation for internal balancers) with loadBalancerSourceRanges.
package probity.rules.exposure.store_inside_cluster

violation contains {"fact": "settings.published", "element": way} if some way in input.settings.published
