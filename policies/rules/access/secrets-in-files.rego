# METADATA
# title: Secrets are mounted as files
# description: >-
#   The workload gets the value of a Secret as a variable. Variables are shown by tools that look at
#   processes, and written into dumps and error reports.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/configuration/secret/
# custom:
#   id: secrets-in-files
#   message: "{name} has a Secret in its variables: {element}"
#   severity: low
#   because: >-
#     Somebody has to see the dump or be on the node; the same secret as a file stays where it is.
#   behaviour: 1
#   since: 0.1.0
#   sources: [kubernetes]
#   classes: [compute, database, cache, search, stream, queue, bucket]
#   kinds: [k8s.workload, k8s.database, k8s.cache, k8s.search, k8s.stream, k8s.queue, k8s.objects]
#   obligations: [secrets-management]
#   checks: [k8s-secret-as-env]
#   remediation:
#     kubernetes: >-
#       Mount the Secret as a volume, or take it from a CSI driver for secrets, and have the
#       application read the file.
package probity.rules.access.secrets_in_files

violation contains {"fact": "settings.secret_variables", "element": name} if some name in input.settings.secret_variables
