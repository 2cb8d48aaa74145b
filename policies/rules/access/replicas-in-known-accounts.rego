# METADATA
# title: Copies go to known accounts only
# description: >-
#   The bucket copies each new object to an account that is not declared as trusted. It is set up once, and
#   from then on all data flows there by itself.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-walkthrough-2.html
# custom:
#   id: replicas-in-known-accounts
#   message: "{name} copies its objects to account {element}, which is not trusted"
#   severity: high
#   because: >-
#     All that comes in leaves for somebody else, without a further step.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket]
#   kinds: [aws.s3.bucket]
#   obligations: [recipient-control, transfer-control]
#   checks: [s3-replication-target-known]
#   remediation:
#     terraform: >-
#       Remove account from destination of aws_s3_bucket_replication_configuration, or declare the account
#       in trusted_accounts under parameters of probity.yaml.
#     aws: >-
#       aws s3api delete-bucket-replication, or put-bucket-replication to a bucket of one's own.
package probity.rules.access.replicas_in_known_accounts

import data.probity.lib.trust

violation contains {"fact": "settings.replica_accounts", "element": one} if {
	some one in input.settings.replica_accounts
	not trust.trusted(one)
}
