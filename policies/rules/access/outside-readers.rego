# METADATA
# title: Only trusted accounts are let in
# description: >-
#   Somebody outside this account can use the store, and the account is not among those declared as
#   trusted. It may be a forgotten supplier, a typing mistake or an intruder's back door, and nobody has
#   it in the list of recipients.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-concepts.html
# custom:
#   id: outside-readers
#   message: "{name} lets in {element}, which is not a trusted account"
#   severity: high
#   because: >-
#     The grant works at once and for as long as nobody looks; that it is not public keeps it from being critical.
#   checks:
#   - loggroup-not-shared-outside
#   - rds-snapshot-shared-known-only
#   - ebs-snapshot-shared-known-only
#   - redshift-snapshot-shared-known-only
#   - redshift-datashare-known-only
#   - documentdb-snapshot-not-public
#   - neptune-snapshot-not-public
#   - sqs-policy-closed
#   - sns-policy-closed
#   - eventbridge-bus-closed
#   - backup-vault-policy-closed
#   - dynamodb-policy-not-open
#   - glue-catalog-not-public
#   - kinesis-policy-closed
#   - s3-cross-account-known-only
#   - secret-policy-closed
#   - kms-cross-account-known-only
#   behaviour: 2
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, table, warehouse, snapshot, backup, filesystem, queue, stream, topic, secret, key, log, search, compute]
#   obligations: [least-privilege, recipient-control]
#   remediation:
#     any: >-
#       Take the grant away, or add the account to trusted_accounts under parameters in probity.yaml
#       once its contract is on file.
#     terraform: >-
#       Remove the principal from the policy, grant or share, or limit the statement with
#       aws:PrincipalOrgID.
package probity.rules.access.outside_readers

import data.probity.lib.trust

violation contains {"fact": "exposure.outside", "element": "everyone"} if {
	some grant in input.exposure.outside
	grant.principal == "*"
}

violation contains {"fact": "exposure.outside", "element": grant.principal} if {
	some grant in input.exposure.outside
	grant.principal != "*"
	not trust.trusted(grant.principal)
}
