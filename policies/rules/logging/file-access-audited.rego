# METADATA
# title: Somebody could tell who opened a file
# description: >-
#   The share of FSx for Windows records no access to its files. After a leak nobody could say who opened
#   what, so everybody must be told.
# related_resources:
# - ref: https://docs.aws.amazon.com/fsx/latest/WindowsGuide/file-access-auditing.html
# custom:
#   id: file-access-audited
#   message: "{name} records no access to files"
#   severity: low
#   because: >-
#     It keeps nobody out; without it nobody can say afterwards whose data was read.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation]
#   classes: [filesystem]
#   kinds: [aws.fsx.file_system]
#   obligations: [audit-logging, breach-evidence]
#   checks: [fsx-windows-access-audit]
#   remediation:
#     terraform: >-
#       Add audit_log_configuration with file_access_audit_log_level = "SUCCESS_AND_FAILURE" to
#       aws_fsx_windows_file_system.
#     aws: >-
#       aws fsx update-file-system --windows-configuration with AuditLogConfiguration
package probity.rules.logging.file_access_audited

violation contains {"fact": "audit.access"} if {
	input.settings.type == "windows"
	input.audit.access == false
}
