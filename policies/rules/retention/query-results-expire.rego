# METADATA
# title: Results of queries are deleted within a month
# description: >-
#   Each query leaves its result as a file in a bucket, and nothing deletes it within 30 days. Copies of whatever
#   anybody ever asked pile up, where no request for erasure finds them.
# related_resources:
# - ref: https://docs.aws.amazon.com/athena/latest/ug/querying.html
# custom:
#   id: query-results-expire
#   message: "{name} leaves results of queries that nothing deletes within 30 days"
#   severity: medium
#   because: Results hold the same data as what was asked, and nobody thinks of them.
#   checks: [athena-results-expire]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [warehouse]
#   kinds: [aws.athena.workgroup]
#   obligations: [storage-limitation, erasure]
#   remediation:
#     terraform: >-
#       Add a rule with an expiration of 30 days or less to aws_s3_bucket_lifecycle_configuration of the bucket,
#       for the prefix in output_location.
#     cloudformation: >-
#       Add a rule with ExpirationInDays to LifecycleConfiguration of the bucket.
#     aws: >-
#       aws s3api put-bucket-lifecycle-configuration with an Expiration for the prefix of the results.
package probity.rules.retention.query_results_expire

violation contains {"fact": "settings.results"} if {
	some i
	input.links[i].kind == "contained-in"
	input.links[i].asset.class == "bucket"
	not expires(i)
}

expires(i) if {
	some j
	input.links[i].asset.retention.rules[j].noncurrent == false
	input.links[i].asset.retention.rules[j].days <= 30
	covers(i, j)
}

covers(i, j) if input.links[i].asset.retention.rules[j].on == []

covers(i, j) if {
	some prefix in input.links[i].asset.retention.rules[j].on
	startswith(place, prefix)
}

# s3://bucket/path: the path
place := concat("/", array.slice(split(input.settings.results, "/"), 3, 100))
