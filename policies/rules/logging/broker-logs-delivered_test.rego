package probity.rules.logging.broker_logs_delivered_test

import data.probity.rules.logging.broker_logs_delivered as rule

broker(version, logs) := {"kind": "aws.mq.broker", "lifecycle": {"version": version}, "audit": {"exports": logs}}

test_no_logs_fail if {
	rule.violation == {{"fact": "audit.exports", "element": "the broker"}} with input as broker("kafka 3.7", [])
}

test_activemq_without_audit_fails if {
	rule.violation == {{"fact": "audit.exports", "element": "audit"}} with input as broker("ActiveMQ 5.18", ["general"])
}

test_logs_pass if {
	rule.violation == set() with input as broker("RabbitMQ 3.13", ["general"])
	rule.violation == set() with input as broker("ActiveMQ 5.18", ["audit", "general"])
}
