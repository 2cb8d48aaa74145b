# METADATA
# title: Database logs leave the database
# description: >-
#   No log of this database is sent anywhere. Logs that stay on the server are rotated away within days,
#   and whoever takes over the server can erase them.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.html
# custom:
#   id: database-logs-exported
#   message: "{name} does not send the logs that matter anywhere else"
#   severity: medium
#   because: Nothing is open; but whoever breaks in can wipe out what would tell of it.
#   checks: [rds-logs-exported]
#   behaviour: 2
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [database]
#   obligations: [audit-logging, log-protection]
#   remediation:
#     terraform: >-
#       Set enabled_cloudwatch_logs_exports, for example to postgresql or to audit and error.
#     aws: >-
#       aws rds modify-db-instance --cloudwatch-logs-export-configuration with the log types of the
#       engine.
package probity.rules.logging.database_logs_exported

violation contains {"fact": "audit.exports"} if not exported

# Of several kinds, these tell who came and what went wrong.
violation contains {"fact": "audit.exports", "element": log} if {
	exported
	some log in needed
	not log in input.audit.exports
}

needed := {"postgresql"} if regex.match(`^(aurora-)?postgres`, input.lifecycle.version)

needed := {"audit", "error"} if regex.match(`^(mysql|mariadb|aurora-mysql)`, input.lifecycle.version)

needed := {"audit"} if input.kind in {"aws.docdb.cluster", "aws.neptune.cluster"}

exported if input.audit.exports[_]
