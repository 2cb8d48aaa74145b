# METADATA
# title: Personal data does not stay for ever
# description: >-
#   Personal data was found and nothing ever deletes it. The law lets it be kept only as long as it is
#   needed, and what was deleted in time cannot leak.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
# - ref: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
# custom:
#   id: personal-data-expires
#   message: "{name} holds personal data that nothing deletes"
#   severity: medium
#   checks: [dynamodb-ttl-on-personal-data]
#   because: >-
#     What is not needed any more still leaks; it takes a leak first.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, table]
#   obligations: [storage-limitation]
#   general: true
#   remediation:
#     terraform: >-
#       Add an expiration to aws_s3_bucket_lifecycle_configuration for the prefixes that hold personal
#       data, or ttl { enabled = true } to aws_dynamodb_table.
#     aws: >-
#       aws s3api put-bucket-lifecycle-configuration with an Expiration; aws dynamodb
#       update-time-to-live.
package probity.rules.retention.personal_data_expires

import data.probity.lib.paths
import data.probity.lib.personal

violation contains {"fact": "retention.rules"} if {
	input.labels[_].category in personal.categories
	not expires
}

# A rule for other paths does not help. A table expires whole items, by a column that is not the personal one.
violation contains {"fact": "retention.rules"} if {
	input.class != "table"
	some label in input.labels
	label.category in personal.categories
	not expires_at(label.on)
}

expires if {
	some expiry in input.retention.rules
	expiry.noncurrent == false
}

expires_at(_) if {
	some expiry in input.retention.rules
	expiry.noncurrent == false
	expiry.on == []
}

expires_at(place) if {
	some expiry in input.retention.rules
	expiry.noncurrent == false
	some path in expiry.on
	paths.meets(path, place)
}
