# METADATA
# title: The cluster tells who asked its API for what
# description: >-
#   The control plane sends no audit log or no log of logins to CloudWatch. Nobody can tell who read Secrets
#   or changed a store.
# related_resources:
# - ref: https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
# custom:
#   id: cluster-audit-exported
#   message: "{name} sends its {element} log nowhere"
#   severity: medium
#   because: >-
#     It keeps nobody out, and is what tells afterwards who was in.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [secret]
#   kinds: [aws.eks.cluster]
#   obligations: [audit-logging, breach-evidence]
#   checks: [k8s-audit-log]
#   remediation:
#     terraform: >-
#       Set enabled_cluster_log_types = ["api", "audit", "authenticator"] on aws_eks_cluster.
#     aws: >-
#       aws eks update-cluster-config --logging with audit and authenticator enabled.
package probity.rules.logging.cluster_audit_exported

violation contains {"fact": "audit.exports", "element": type} if {
	some type in ["audit", "authenticator"]
	not type in input.audit.exports
}
