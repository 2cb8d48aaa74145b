# METADATA
# title: Keys of data that must stay are of one region
# description: >-
#   The data is promised to stay where it is, and its key may be copied to other regions. Whoever copies it
#   can have the data read there, and the promise rests on nobody doing so.
# related_resources:
# - ref: https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
# custom:
#   id: key-stays-in-region
#   message: "{name} is promised to stay by {element}, and its key may leave the region"
#   severity: medium
#   because: >-
#     It takes a copy of the data as well as of the key to break the promise.
#   behaviour: 2
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, database, table, warehouse, volume, filesystem, snapshot, backup, queue, stream, search, log]
#   obligations: [data-location, key-management]
#   checks: [kms-multi-region-residency]
#   remediation:
#     terraform: >-
#       Leave out multi_region on aws_kms_key, and encrypt the store with a key of its region.
#     aws: >-
#       Create a key without --multi-region, and encrypt the data anew; a key cannot be changed into one of
#       a single region.
package probity.rules.residency.key_stays_in_region

violation contains {"fact": "encryption.key_elsewhere", "element": promise} if {
	input.encryption.key_elsewhere == true
	some promise in promises
}

promises contains key if {
	some key, value in input.tags
	lower(key) in {"data-residency", "data_residency", "dataresidency", "residency"}
	value != ""
}

promises contains activity.id if {
	some activity in input.activities
	activity.countries != []
}
