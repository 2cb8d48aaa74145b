# METADATA
# title: The trail watches every region
# description: >-
#   The trail records one region only. What happens in the others, where nobody looks, leaves no trace.
# related_resources:
# - ref: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html
# custom:
#   id: trail-in-all-regions
#   message: "{name} records one region only"
#   severity: medium
#   because: >-
#     Intruders work where nobody looks; what they do in the watched region is still seen.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [log]
#   kinds: [aws.cloudtrail.trail]
#   obligations: [audit-logging]
#   checks: [cloudtrail-multi-region]
#   remediation:
#     terraform: >-
#       Set is_multi_region_trail = true on aws_cloudtrail.
#     aws: >-
#       aws cloudtrail update-trail --is-multi-region-trail
package probity.rules.logging.trail_in_all_regions

violation contains {"fact": "settings.multi_region"} if input.settings.multi_region == false
