package probity.rules.logging.database_logs_exported_test

import data.probity.rules.logging.database_logs_exported as rule

test_no_export_fails if {
	rule.violation == {{"fact": "audit.exports"}} with input as {"audit": {"exports": []}}
}

test_an_export_passes if {
	rule.violation == set() with input as {"audit": {"exports": ["postgresql"]}}
}

test_the_log_of_postgresql_is_needed if {
	rule.violation == {{"fact": "audit.exports", "element": "postgresql"}} with input as {"lifecycle": {"version": "aurora-postgresql 16.4"}, "audit": {"exports": ["upgrade"]}}
}

test_audits_of_mysql_are_needed if {
	rule.violation == {{"fact": "audit.exports", "element": "audit"}} with input as {"lifecycle": {"version": "mysql 8.4"}, "audit": {"exports": ["error", "general"]}}
}

test_audits_of_documents_are_needed if {
	rule.violation == {{"fact": "audit.exports", "element": "audit"}} with input as {"kind": "aws.docdb.cluster", "lifecycle": {"version": "docdb 5.0"}, "audit": {"exports": ["profiler"]}}
}
