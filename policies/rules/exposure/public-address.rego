# METADATA
# title: Databases have no public address
# description: >-
#   The database has an address on the internet, so that a single opened firewall rule separates it from
#   everybody. Databases belong where only the applications that use them can go.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
# custom:
#   id: public-address
#   message: "{name} has an address on the internet"
#   severity: high
#   because: One more rule of the network that is too wide, and anybody can try passwords.
#   checks:
#   - mq-private-cmk-audited
#   - rds-not-publicly-accessible
#   - redshift-not-public
#   - opensearch-not-public
#   - opensearch-serverless-policies
#   - lightsail-db-not-public
#   - msk-no-unauthenticated
#   - dms-instance-private-cmk
#   behaviour: 2
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [database, warehouse, cache, search, stream, queue]
#   obligations: [network-boundary, no-public-access]
#   remediation:
#     terraform: >-
#       Set publicly_accessible = false, and reach the database through a private network.
#     aws: >-
#       aws rds modify-db-instance --no-publicly-accessible
package probity.rules.exposure.public_address

violation contains {"fact": "exposure.declared.addressed"} if input.exposure.declared.addressed == true
