# METADATA
# title: Topics send to encrypted endpoints only
# description: A subscription sends what is published over plain HTTP. Each message can be read and changed on its way.
# related_resources:
# - ref: https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html
# custom:
#   id: subscriptions-encrypted
#   message: "{name} sends messages in the clear by {element}"
#   severity: medium
#   because: Somebody must be on the way to the endpoint, which is mostly outside of the provider.
#   checks: [sns-subscriptions-https]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, aws]
#   classes: [topic]
#   kinds: [aws.sns.topic]
#   obligations: [encryption-in-transit]
#   remediation:
#     terraform: >-
#       Set protocol = "https" on aws_sns_topic_subscription.
#     cloudformation: >-
#       Set Protocol to https on AWS::SNS::Subscription.
#     aws: >-
#       aws sns unsubscribe, then aws sns subscribe --protocol https
package probity.rules.encryption.subscriptions_encrypted

violation contains {"fact": "settings.plain_endpoints", "element": subscription} if some subscription in input.settings.plain_endpoints
