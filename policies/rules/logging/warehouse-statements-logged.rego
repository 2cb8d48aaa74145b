# METADATA
# title: Somebody could tell who asked the warehouse what
# description: >-
#   The warehouse does not record who came and which statements they ran, or keeps that to itself. After a leak
#   nobody could say which people are concerned.
# related_resources:
# - ref: https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html
# custom:
#   id: warehouse-statements-logged
#   message: "{name} does not record who ran which statement"
#   severity: medium
#   because: Nothing is open; but a leak that nobody can measure must be told to everybody.
#   checks: [redshift-audit-logging]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [warehouse]
#   kinds: [aws.redshift.cluster, aws.redshift.namespace]
#   obligations: [audit-logging, breach-evidence]
#   remediation:
#     terraform: >-
#       Add aws_redshift_logging, and enable_user_activity_logging = true in aws_redshift_parameter_group; set
#       log_exports to userlog, connectionlog and useractivitylog on aws_redshiftserverless_namespace, with
#       enable_user_activity_logging in a config_parameter of its workgroup.
#     cloudformation: >-
#       Set LoggingProperties, and enable_user_activity_logging in the parameter group; LogExports of
#       AWS::RedshiftServerless::Namespace.
#     aws: >-
#       aws redshift enable-logging; aws redshift modify-cluster-parameter-group --parameters
#       ParameterName=enable_user_activity_logging,ParameterValue=true
package probity.rules.logging.warehouse_statements_logged

violation contains {"fact": "audit.access"} if input.audit.access == false

violation contains {"fact": "audit.exports", "element": log} if {
	input.audit.access == true
	some log in {"connectionlog", "useractivitylog", "userlog"}
	not log in input.audit.exports
}

# Without it the log of statements stays empty.
violation contains {"fact": "settings.activity_log"} if input.settings.activity_log == false
