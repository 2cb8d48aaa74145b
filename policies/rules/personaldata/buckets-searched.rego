# METADATA
# title: Somebody looks for personal data in buckets
# description: >-
#   A region has buckets that neither Macie nor a scan of their content looks through. Personal data that nobody
#   knows of is guarded, deleted and told of by nobody.
# related_resources:
# - ref: https://docs.aws.amazon.com/macie/latest/user/discovery-asdd.html
# custom:
#   id: buckets-searched
#   message: "{name} has buckets in a region where nobody looks for personal data"
#   severity: medium
#   because: >-
#     Nothing leaks by it, but all else that protects personal data needs to know where it is.
#   checks: [data-discovery-enabled]
#   behaviour: 1
#   since: 0.1.0
#   sources: [aws]
#   classes: [account]
#   kinds: [aws.account]
#   obligations: [data-inventory]
#   remediation:
#     terraform: >-
#       Add aws_macie2_account with status = "ENABLED" in each region that has buckets.
#     aws: >-
#       aws macie2 enable-macie; aws macie2 update-automated-discovery-configuration --status ENABLED
#     any: >-
#       Or scan the content of the buckets: probity scan aws: --content
package probity.rules.personaldata.buckets_searched

violation contains {"fact": "settings.discovery"} if input.settings.discovery == false
