# How bad a finding is in its place. Input: severity (the rule's own), asset (as rules see it, without what is not known)
# and finding {fact, element?}. What is not known raises nothing and lowers nothing.
package probity.risk

severity := "critical" if grave

severity := worse[input.severity] if raised

severity := better[input.severity] if lowered

severity := input.severity if {
	not grave
	not raised
	not lowered
}

# because names the facts that moved it.
because contains "exposure.public" if grave

because contains "exposure.public" if lowered

because contains "labels" if grave

because contains "labels" if raised

# Strangers can read what hurts most.
grave if {
	touches_guard
	input.asset.exposure.public == true
	hurts
}

# A guard is missing around what hurts, or around very many people.
raised if {
	touches_guard
	not grave
	not lowered
	delicate
}

# An open network that leads to no public address.
lowered if {
	input.finding.fact == "exposure.networks"
	input.asset.exposure.public == false
}

touches_guard if startswith(input.finding.fact, "exposure.")

touches_guard if startswith(input.finding.fact, "encryption.")

touches_guard if input.finding.fact == "labels"

delicate if {
	hurts
	input.finding.fact != "labels"
	input.finding.fact != "encryption.key_manager"
}

delicate if {
	input.finding.fact != "labels"
	some label in input.asset.labels
	label.category != "credential"
	label.distinct >= 1000
}

hurts if {
	some label in input.asset.labels
	label.category in {"health", "special", "child", "financial", "credential"}
}

worse := {"low": "medium", "medium": "high", "high": "critical", "critical": "critical"}

better := {"low": "low", "medium": "low", "high": "medium", "critical": "high"}
