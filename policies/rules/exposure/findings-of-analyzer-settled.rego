# METADATA
# title: What the analyzer found open is settled
# description: >-
#   The analyzer of access is off, or tells of a store that somebody outside of the account can use, and
#   nobody has closed it or said that it is meant so.
# related_resources:
# - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/what-is-access-analyzer.html
# custom:
#   id: findings-of-analyzer-settled
#   message: "{name} tells of access from outside to {element}"
#   messages:
#     settings.on: "{name} is switched off and tells of nobody"
#     settings.findings: "{name} tells of access from outside to {element}, which nobody settled"
#   severity: medium
#   because: >-
#     The store is judged by itself; here it is seen that nobody looks at what is reported.
#   behaviour: 1
#   since: 0.1.0
#   sources: [aws]
#   classes: [account]
#   kinds: [aws.accessanalyzer.analyzer]
#   obligations: [recipient-control, no-public-access]
#   checks: [access-analyzer-clean]
#   remediation:
#     aws: >-
#       Close the access, or aws accessanalyzer create-archive-rule for what is meant so.
#     terraform: >-
#       Add aws_accessanalyzer_archive_rule for what is meant so.
package probity.rules.exposure.findings_of_analyzer_settled

violation contains {"fact": "settings.on", "element": "anything"} if input.settings.on == false

violation contains {"fact": "settings.findings", "element": store} if {
	input.settings.on == true
	some store in input.settings.findings
}
