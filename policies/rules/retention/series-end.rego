# METADATA
# title: Series of measurements end
# description: >-
#   The table keeps measurements for ever, or for more than ten years. By its nature it grows with each
#   day, and says more of people the longer it is.
# related_resources:
# - ref: https://docs.aws.amazon.com/timestream/latest/developerguide/storage.html
# custom:
#   id: series-end
#   message: "{name} keeps measurements for ever"
#   severity: medium
#   because: >-
#     Nothing leaks by it; what was not deleted in time is there to be taken.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [table]
#   kinds: [aws.timestream.table]
#   obligations: [storage-limitation]
#   checks: [timestream-retention]
#   remediation:
#     terraform: >-
#       Set magnetic_store_retention_period_in_days in retention_properties of
#       aws_timestreamwrite_table.
#     aws: >-
#       aws timestream-write update-table --retention-properties
package probity.rules.retention.series_end

violation contains {"fact": "retention.rules"} if not ends

ends if {
	some expiry in input.retention.rules
	expiry.days <= 3653
}
