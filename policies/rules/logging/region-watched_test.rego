package probity.rules.logging.region_watched_test

import data.probity.rules.logging.region_watched as rule

watched := {"trail": true, "recorder": true, "detector": true, "analyzer": true}

without(what) := {"settings": object.union(watched, {what: false})}

test_each_is_missed if {
	rule.violation == {{"fact": "settings.trail", "element": "trail"}} with input as without("trail")
	rule.violation == {{"fact": "settings.recorder", "element": "recorder of changes"}} with input as without("recorder")
	rule.violation == {{"fact": "settings.detector", "element": "detector of theft"}} with input as without("detector")
	rule.violation == {{"fact": "settings.analyzer", "element": "analyzer of access"}} with input as without("analyzer")
}

test_watched_passes if {
	rule.violation == set() with input as {"settings": watched}
}
