# METADATA
# title: Somebody could tell who read personal data
# description: >-
#   Personal data was found, and nothing records who reads it: no audit of the database, no access log, no trail
#   of reads. After a leak nobody can say whose data was taken, so that everybody must be told.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# custom:
#   id: personal-data-reads-recorded
#   message: "{name} holds personal data, and nothing records who reads it"
#   severity: high
#   because: >-
#     It keeps nobody out; but a leak that nobody can measure must be told to all, and to the authority.
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, aws, database]
#   classes: [bucket, database, table, warehouse, search]
#   kinds: [aws.s3.bucket, aws.dynamodb.table, aws.rds.instance, aws.rds.cluster, aws.docdb.cluster, aws.neptune.cluster, aws.opensearch.domain, aws.redshift.cluster, aws.redshift.namespace, postgres.server, postgres.database, mysql.server]
#   obligations: [audit-logging, breach-evidence]
#   checks: [priv-no-data-plane-audit]
#   general: true
#   remediation:
#     terraform: >-
#       A data resource in an event selector of aws_cloudtrail for buckets and tables, or aws_s3_bucket_logging;
#       pgaudit, the audit plugin or audit_logs in the parameter group; AUDIT_LOGS in log_publishing_options;
#       aws_redshift_logging.
#     sql: >-
#       Load pgaudit and set pgaudit.log = 'read, write'; in MariaDB INSTALL SONAME 'server_audit' and
#       server_audit_logging = ON.
package probity.rules.logging.personal_data_reads_recorded

import data.probity.lib.personal

violation contains {"fact": "audit.data_events"} if {
	input.kind == "aws.dynamodb.table"
	input.audit.data_events == false
	input.labels[_].category in personal.categories
}

violation contains {"fact": "audit.access"} if {
	input.kind == "aws.s3.bucket"
	input.audit.access == false
	input.audit.data_events == false
	input.labels[_].category in personal.categories
}

violation contains {"fact": "audit.access"} if {
	not input.kind in {"aws.dynamodb.table", "aws.s3.bucket"}
	input.audit.access == false
	input.labels[_].category in personal.categories
}
