# METADATA
# title: Data is deleted when its declared time is over
# description: >-
#   The store deletes data later than the activity that it serves declares. Whoever was told the shorter
#   time was told wrong, and the data that stays has no purpose any more.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# custom:
#   id: retention-within-declared
#   message: "{name} keeps data longer than activity {element} declares"
#   severity: high
#   checks: [kinesis-retention-within-policy, priv-retention-not-enforced]
#   because: >-
#     People were told a time that the settings do not keep.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, queue, stream]
#   obligations: [storage-limitation]
#   general: true
#   remediation:
#     any: >-
#       Shorten the expiry of the store to the declared days, or declare the longer time with its
#       reason if the law asks for it.
#     terraform: >-
#       Set expiration.days of aws_s3_bucket_lifecycle_configuration to the declared days or fewer.
package probity.rules.retention.retention_within_declared

import data.probity.lib.paths
import data.probity.lib.personal

violation contains {"fact": "retention.rules", "element": activity.id} if {
	some activity in input.activities
	activity.legal_hold == false
	some expiry in input.retention.rules
	expiry.noncurrent == false
	expiry.days > activity.retention_days
	not sooner(activity.retention_days)
}

# Nothing deletes in time the place where personal data was found.
violation contains {"fact": "retention.rules", "element": activity.id} if {
	some activity in input.activities
	activity.legal_hold == false
	some label in input.labels
	label.category in personal.categories
	activity.retention_days >= 0
	not deleted(label.on, activity.retention_days)
}

deleted(_, days) if sooner(days)

deleted(place, days) if {
	some expiry in input.retention.rules
	expiry.noncurrent == false
	expiry.days <= days
	some path in expiry.on
	paths.meets(path, place)
}

# The earliest of several rules is the one that deletes.
sooner(days) if {
	some expiry in input.retention.rules
	expiry.noncurrent == false
	expiry.on == []
	expiry.days <= days
}
