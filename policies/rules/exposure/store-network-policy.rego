# METADATA
# title: A network policy says who connects to a store
# description: >-
#   No policy selects the pods of the store, or one lets everybody in. Any pod of the cluster can then connect
#   to it, also one that an attacker took over or that belongs to another team.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   id: store-network-policy
#   message: "{name} can be reached by every pod of the cluster"
#   severity: medium
#   because: >-
#     A pod has to be taken over before the open way is of use.
#   behaviour: 1
#   since: 0.2.0
#   sources: [kubernetes]
#   classes: [database, cache, search, stream, queue, bucket]
#   kinds: [k8s.database, k8s.cache, k8s.search, k8s.stream, k8s.queue, k8s.objects]
#   obligations: [network-boundary]
#   checks: [k8s-db-networkpolicy]
#   remediation:
#     kubernetes: >-
#       Add a NetworkPolicy whose podSelector matches the store, with ingress from the labels of its clients
#       alone, on its port.
package probity.rules.exposure.store_network_policy

violation contains {"fact": "settings.network_policy"} if input.settings.network_policy == false
