# METADATA
# title: No access control list grants to everyone
# description: >-
#   An access control list of the bucket grants access to everybody, or to every customer of the provider.
#   Where a block or the ownership setting takes it away again, one edit elsewhere brings it into force,
#   and nobody looks at the list then.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
# custom:
#   id: public-acl
#   message: "{name} has an access control list that grants to {element}"
#   severity: high
#   because: >-
#     The grant opens objects to everybody as soon as no block stands before it, and no policy shows it.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket]
#   obligations: [no-public-access, secure-defaults]
#   checks: [s3-acl-not-public, s3-acl-no-any-aws-user]
#   remediation:
#     terraform: >-
#       Remove the public acl, and set object_ownership = "BucketOwnerEnforced" in
#       aws_s3_bucket_ownership_controls; give named readers a bucket policy.
#     aws: >-
#       aws s3api put-bucket-acl --acl private, then put-bucket-ownership-controls with
#       ObjectOwnership=BucketOwnerEnforced.
package probity.rules.exposure.public_acl

violation contains {"fact": "exposure.declared.acl", "element": everyone[grant.principal]} if {
	some grant in input.exposure.declared.acl
	grant.principal in object.keys(everyone)
}

everyone := {
	"*": "everyone",
	"http://acs.amazonaws.com/groups/global/AllUsers": "everyone",
	"http://acs.amazonaws.com/groups/global/AuthenticatedUsers": "every AWS customer",
}
