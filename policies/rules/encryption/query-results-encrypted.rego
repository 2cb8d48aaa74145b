# METADATA
# title: The workgroup says how results of queries are encrypted
# description: >-
#   The workgroup leaves it to the bucket, or to whoever asks, how results are encrypted. Results are copies of what
#   was asked for, in a bucket that was seldom made for them.
# related_resources:
# - ref: https://docs.aws.amazon.com/athena/latest/ug/encrypting-query-results-stored-in-s3.html
# custom:
#   id: query-results-encrypted
#   message: "{name} does not say how results are encrypted"
#   severity: medium
#   because: The bucket encrypts in any case; that the right key is used is then nobody's decision.
#   checks: [athena-results-encrypted]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [warehouse]
#   kinds: [aws.athena.workgroup]
#   obligations: [encryption-at-rest, key-management]
#   remediation:
#     terraform: >-
#       Add encryption_configuration to result_configuration of aws_athena_workgroup, with SSE_KMS and a key of
#       your own.
#     cloudformation: >-
#       Set ResultConfiguration.EncryptionConfiguration on AWS::Athena::WorkGroup.
#     aws: >-
#       aws athena update-work-group --configuration-updates
#       ResultConfigurationUpdates={EncryptionConfiguration={EncryptionOption=SSE_KMS,KmsKey=…}}
package probity.rules.encryption.query_results_encrypted

violation contains {"fact": "settings.encryption_set"} if input.settings.encryption_set == false
