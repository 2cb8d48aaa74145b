# METADATA
# title: The API server records requests, and keeps the records
# description: >-
#   Nobody can tell who read Secrets or changed a store: requests are not recorded, or the records are gone
#   before most break-ins are noticed.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
# custom:
#   id: control-plane-audit-log
#   message: "{name} keeps no usable audit log"
#   messages:
#     settings.audit_log: "{name} records no requests"
#     settings.audit_days: "{name} keeps its audit log for {value} days, fewer than 30"
#   severity: medium
#   because: >-
#     It keeps nobody out; it tells afterwards who read Secrets.
#   behaviour: 1
#   since: 0.2.0
#   sources: [kubernetes]
#   classes: [account]
#   kinds: [k8s.controlplane]
#   obligations: [audit-logging, breach-evidence]
#   checks: [k8s-audit-log]
#   remediation:
#     kubernetes: >-
#       Give the API server --audit-policy-file and --audit-log-path, with --audit-log-maxage=30 or more, or
#       send the log elsewhere with --audit-webhook-config-file.
package probity.rules.logging.control_plane_audit_log

violation contains {"fact": "settings.audit_log"} if input.settings.audit_log == false

violation contains {"fact": "settings.audit_days"} if {
	input.settings.audit_log == true
	input.settings.audit_days > 0
	input.settings.audit_days < 30
}
