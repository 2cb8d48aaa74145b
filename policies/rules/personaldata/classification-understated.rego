# METADATA
# title: Stores are classified by what is in them
# description: >-
#   A tag classifies the store lower than what was found in it deserves: personal data in a public
#   store, or health, financial, special-category or children's data in one for internal use.
#   Whoever guards it by its tag guards it too little.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/whitepapers/latest/data-classification/data-classification-overview.html
# custom:
#   id: classification-understated
#   message: "{name} is classified too low by its tag {element} for what was found in it"
#   severity: high
#   because: >-
#     All guards that go by the tag are too weak for what is inside.
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, database, warehouse, volume, filesystem, snapshot, queue, stream, cache, search]
#   obligations: [data-inventory, secure-defaults]
#   checks: [priv-classification-understated]
#   general: true
#   remediation:
#     any: >-
#       Classify the store by what is in it and guard it accordingly, or take the data out.
package probity.rules.personaldata.classification_understated

import data.probity.lib.personal

violation contains {"fact": "tags", "element": key} if {
	some key, value in input.tags
	classifies(key)
	lower(value) in {"public", "none", "open"}
	input.labels[_].category in personal.categories
}

violation contains {"fact": "tags", "element": key} if {
	some key, value in input.tags
	classifies(key)
	lower(value) in {"internal", "low", "private"}
	input.labels[_].category in personal.sensitive
}

classifies(key) if regex.match(`^(data[-_:]?)?(classification|sensitivity|class)$`, lower(key))
