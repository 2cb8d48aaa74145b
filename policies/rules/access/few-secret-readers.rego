# METADATA
# title: Secrets are read by name only
# description: >-
#   The role lets those who are bound to it read every Secret of the namespace or the cluster. With the
#   passwords of the databases they can read the databases, whatever else the databases are guarded by.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: few-secret-readers
#   message: "{name} lets {element} read all Secrets of a namespace or the cluster"
#   severity: high
#   because: >-
#     One workload that is taken over gives the passwords of all stores in the namespace or cluster.
#   behaviour: 1
#   since: 0.2.0
#   sources: [kubernetes]
#   classes: [identity]
#   kinds: [k8s.role]
#   obligations: [least-privilege, secrets-management]
#   checks: [k8s-rbac-secrets-read]
#   remediation:
#     kubernetes: >-
#       Name the Secrets that are needed in resourceNames of a Role, with the verb get alone, and bind the
#       Role in one namespace.
package probity.rules.access.few_secret_readers

violation contains {"fact": "settings.subjects", "element": who} if {
	input.settings.reads_secrets == true
	some who in input.settings.subjects
}
