# METADATA
# title: Only the owner rewrites who may use the bucket
# description: >-
#   A grant of the bucket lets somebody other than its owner write its grants. Whoever holds it can let in
#   anybody else, and nobody else would see why.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
# custom:
#   id: grants-rewritten-by-owner
#   message: "{name} lets {element}, who does not own it, rewrite its grants"
#   severity: high
#   because: >-
#     One step gives the whole bucket to everyone.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan]
#   classes: [bucket]
#   obligations: [least-privilege, no-public-access]
#   checks: [s3-acl-no-write-acp]
#   remediation:
#     terraform: >-
#       Set object_ownership = "BucketOwnerEnforced" on aws_s3_bucket_ownership_controls, and remove
#       aws_s3_bucket_acl.
#     aws: >-
#       aws s3api put-bucket-ownership-controls with ObjectOwnership=BucketOwnerEnforced
package probity.rules.access.grants_rewritten_by_owner

violation contains {"fact": "exposure.declared.acl", "element": grant.principal} if {
	some grant in input.exposure.declared.acl
	"s3:PutBucketAcl" in grant.actions
}
