# METADATA
# title: No store is open to everyone
# description: >-
#   Anyone on the internet can read or write the store, use the key, or connect to it. Nearly every large leak of cloud
#   data began with a store that somebody opened for a moment, and scanners of strangers find an open one
#   within hours.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
# custom:
#   id: no-public-store
#   message: "{name} can be reached by anyone on the internet"
#   severity: high
#   because: Nothing stands between the store and anybody on the internet; what is in it then decides how bad that is.
#   checks:
#   - ecr-private
#   - loggroup-not-shared-outside
#   - rds-not-publicly-accessible
#   - redshift-not-public
#   - rds-snapshot-not-public
#   - ebs-snapshot-not-public
#   - ami-not-public
#   - documentdb-snapshot-not-public
#   - neptune-snapshot-not-public
#   - opensearch-not-public
#   - sqs-policy-closed
#   - sns-policy-closed
#   - eventbridge-bus-closed
#   - backup-vault-policy-closed
#   - dynamodb-policy-not-open
#   - glue-catalog-not-public
#   - efs-policy-tls-and-no-anonymous
#   - kinesis-policy-closed
#   - neptune-not-public
#   - lightsail-db-not-public
#   - s3-policy-no-public-read
#   - s3-policy-no-public-write
#   - glacier-vault-not-public
#   - kms-policy-not-public
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, database, table, warehouse, filesystem, snapshot, backup, queue, stream, topic, cache, search, log, secret, key, compute]
#   obligations: [no-public-access]
#   remediation:
#     terraform: >-
#       Set all four switches of aws_s3_bucket_public_access_block and drop statements with Principal
#       *; set publicly_accessible = false on databases; stop sharing snapshots with all.
#     aws: >-
#       aws s3api put-public-access-block with all four flags true; aws rds modify-db-instance
#       --no-publicly-accessible; aws rds modify-db-snapshot-attribute --attribute-name restore
#       --values-to-remove all.
#     any: >-
#       Let in named identities and networks only; serve what must be public from a copy made for it.
package probity.rules.exposure.no_public_store

violation contains {"fact": "exposure.public"} if input.exposure.public == true
