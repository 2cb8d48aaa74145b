# METADATA
# title: Policies of buckets name what may be done
# description: >-
#   The policy lets somebody do everything that there is with the bucket: read, delete, and write the
#   policy itself. Whoever gets hold of that identity has all of it.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
# custom:
#   id: bucket-actions-named
#   message: "{name} lets {element} take every action"
#   severity: medium
#   because: >-
#     The identity is named, and needs to be taken first; then nothing holds it back.
#   behaviour: 2
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket]
#   kinds: [aws.s3.bucket]
#   obligations: [least-privilege]
#   checks: [s3-policy-no-wildcard-action]
#   remediation:
#     terraform: >-
#       Name the actions in the policy of aws_s3_bucket_policy, such as s3:GetObject, instead of s3:*.
#     aws: >-
#       aws s3api put-bucket-policy with named actions
package probity.rules.access.bucket_actions_named

# Somebody has to: a role or a user of the account's own whose name says that it administers.
violation contains {"fact": "settings.everything_granted", "element": who} if {
	some who in input.settings.everything_granted
	not administers(who)
}

administers(who) if {
	split(who, ":")[4] == input.scope.account
	contains(lower(split(who, ":")[5]), "admin")
}
