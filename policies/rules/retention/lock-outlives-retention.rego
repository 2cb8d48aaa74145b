# METADATA
# title: A lock does not keep data past its time
# description: >-
#   Objects are locked for longer than the activity declares, so nobody can delete them when their time is
#   over or when a person has the right to be erased.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
# custom:
#   id: lock-outlives-retention
#   message: "{name} locks objects for longer than activity {element} keeps its data"
#   severity: medium
#   because: >-
#     A person may ask for erasure in vain, but the data is guarded meanwhile.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, backup]
#   obligations: [erasure]
#   checks: [priv-immutability-blocks-erasure]
#   remediation:
#     any: >-
#       Lock new data for the declared days at most. Data under a compliance lock stays until the lock
#       runs out: note it in the record of processing.
#     terraform: >-
#       Lower days or years in default_retention of aws_s3_bucket_object_lock_configuration.
package probity.rules.retention.lock_outlives_retention

violation contains {"fact": "retention.lock_days", "element": activity.id} if {
	input.retention.lock_days.set == true
	some activity in input.activities
	activity.legal_hold == false
	input.retention.lock_days.value > activity.retention_days
}
