# METADATA
# title: What people ask models is kept closed, for a time
# description: >-
#   The log of calls to models holds all that people ask and are told. The place that it goes to is open, is
#   encrypted with no key of the account, or keeps it for ever.
# related_resources:
# - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
# custom:
#   id: model-log-guarded
#   message: "the log of calls to models of {name} is not guarded"
#   messages:
#     audit.sink.public: "anyone reaches the log of calls to models of {name}"
#     audit.sink.own_key: "the log of calls to models of {name} is not encrypted with a key of the account"
#     audit.sink.expires: "nothing deletes old entries in the log of calls to models of {name}"
#   severity: medium
#   because: >-
#     Prompts hold more about people than anybody planned, but the log may also hold little.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan]
#   classes: [log]
#   kinds: [aws.bedrock.invocation_logging]
#   obligations: [log-protection, storage-limitation, key-management]
#   checks: [bedrock-invocation-logs-protected]
#   remediation:
#     terraform: >-
#       Set kms_key_id and retention_in_days on the aws_cloudwatch_log_group, or close, encrypt and expire
#       the bucket that s3_config names.
#     aws: >-
#       aws logs associate-kms-key and put-retention-policy; for a bucket put-public-access-block,
#       put-bucket-encryption and put-bucket-lifecycle-configuration.
package probity.rules.logging.model_log_guarded

violation contains {"fact": "audit.sink.public"} if input.audit.sink.public == true

violation contains {"fact": "audit.sink.own_key"} if input.audit.sink.own_key == false

violation contains {"fact": "audit.sink.expires"} if input.audit.sink.expires == false
