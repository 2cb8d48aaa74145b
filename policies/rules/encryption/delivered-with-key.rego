# METADATA
# title: What streams deliver is encrypted with a key that they name
# description: >-
#   The stream does not say by which key the objects that it delivers are encrypted. They then have the key of their
#   bucket, whatever it is and will be.
# related_resources:
# - ref: https://docs.aws.amazon.com/firehose/latest/dev/encryption.html
# custom:
#   id: delivered-with-key
#   message: "{name} does not say with which key it delivers"
#   severity: low
#   because: The bucket encrypts in any case; what is missing is a decision.
#   checks: [firehose-encrypted]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [stream]
#   kinds: [aws.firehose.stream]
#   obligations: [encryption-at-rest, key-management]
#   remediation:
#     terraform: >-
#       Set kms_key_arn in the configuration of the destination of aws_kinesis_firehose_delivery_stream.
#     cloudformation: >-
#       Set EncryptionConfiguration.KMSEncryptionConfig in the configuration of the destination.
#     aws: >-
#       aws firehose update-destination with EncryptionConfiguration.KMSEncryptionConfig.
package probity.rules.encryption.delivered_with_key

violation contains {"fact": "settings.destination_key"} if input.settings.destination_key == false
