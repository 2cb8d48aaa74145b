# METADATA
# title: Logs of brokers leave the broker
# description: >-
#   The broker delivers no logs, or ActiveMQ not its audit log. Nobody can tell who connected, from where,
#   and what was changed.
# related_resources:
# - ref: https://docs.aws.amazon.com/msk/latest/developerguide/msk-logging.html
# - ref: https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/security-logging-monitoring.html
# custom:
#   id: broker-logs-delivered
#   message: "{name} delivers no log of {element}"
#   severity: low
#   because: >-
#     It keeps nobody out; it tells of those who came in.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation]
#   classes: [stream, queue]
#   kinds: [aws.msk.cluster, aws.mq.broker]
#   obligations: [audit-logging, breach-evidence]
#   checks: [msk-broker-logs, mq-private-cmk-audited]
#   remediation:
#     terraform: >-
#       Add logging_info with broker_logs to aws_msk_cluster; logs with audit and general to
#       aws_mq_broker.
#     aws: >-
#       aws kafka update-monitoring --logging-info; aws mq update-broker --logs
#       Audit=true,General=true
package probity.rules.logging.broker_logs_delivered

violation contains {"fact": "audit.exports", "element": "the broker"} if not delivered

violation contains {"fact": "audit.exports", "element": "audit"} if {
	input.kind == "aws.mq.broker"
	delivered
	startswith(lower(input.lifecycle.version), "activemq")
	not "audit" in input.audit.exports
}

delivered if input.audit.exports[_]
