# METADATA
# title: Who receives personal data is on record
# description: >-
#   Somebody outside of the account is let in to a store with personal data, and no activity names them
#   among its recipients. Nobody looks for a contract, tells people of them, or asks them to erase.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# custom:
#   id: recipients-recorded
#   message: "{name} lets in {element}, whom no activity names as a recipient of its personal data"
#   severity: high
#   because: >-
#     A contract and a record are asked for by law, and nobody knows that they are missing.
#   behaviour: 2
#   since: 0.1.0
#   sources: [terraform, plan, aws]
#   classes: [bucket, table, snapshot, backup, filesystem, queue, stream, topic, search, log, warehouse]
#   obligations: [recipient-control, record-of-processing]
#   general: true
#   remediation:
#     any: >-
#       Name the account under processors of parameters in probity.yaml, and the recipient in the activity
#       that the store serves, once the contract is on file; or take the grant away.
package probity.rules.access.recipients_recorded

import data.probity.lib.personal
import data.probity.lib.trust

violation contains {"fact": "exposure.outside", "element": grant.principal} if {
	some grant in input.exposure.outside
	grant.principal != "*"
	input.labels[_].category in personal.categories
	not recorded(grant.principal)
}

# An activity names an account itself, or its owner as processors call it.
recorded(principal) if trust.account(principal) in input.activities[_].recipients

recorded(principal) if data.config.processors[trust.account(principal)] in input.activities[_].recipients
