# METADATA
# title: Stores keep their data off the node
# description: >-
#   The store keeps its data in a folder of the node. No volume is backed up, encrypted or bounded there,
#   every pod that may mount folders of the node reads it, and with the node the data is gone.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
# custom:
#   id: data-off-the-node
#   message: "{name} keeps data in the folder {element} of its node"
#   severity: medium
#   because: >-
#     It needs the loss of a node, or somebody who may start pods there.
#   behaviour: 1
#   since: 0.1.0
#   sources: [kubernetes]
#   classes: [database, cache, search, stream, queue, bucket]
#   kinds: [k8s.database, k8s.cache, k8s.search, k8s.stream, k8s.queue, k8s.objects]
#   obligations: [resilience, backup]
#   checks: [k8s-hostpath-data]
#   remediation:
#     kubernetes: >-
#       Use a PersistentVolumeClaim of a class that encrypts, in place of hostPath.
package probity.rules.backup.data_off_the_node

violation contains {"fact": "settings.node_paths", "element": path} if some path in input.settings.node_paths
