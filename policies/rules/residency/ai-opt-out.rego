# METADATA
# title: No AI service learns from the data
# description: >-
#   Unless an organisation opts out, some AI services of the provider may store what they are given and use
#   it to improve themselves, in other regions as well.
# related_resources:
# - ref: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_ai-opt-out.html
# custom:
#   id: ai-opt-out
#   message: "{name} lets AWS use what is sent to AI services to improve them"
#   severity: medium
#   because: >-
#     The data leaves its purpose and perhaps its region, but only where such a service is used.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation]
#   classes: [account]
#   kinds: [aws.account, aws.organizations.policy]
#   obligations: [transfer-control, data-minimisation]
#   checks: [org-ai-opt-out]
#   remediation:
#     terraform: >-
#       Set @@assign of opt_out_policy under services.default to optOut in an aws_organizations_policy of
#       type AISERVICES_OPT_OUT_POLICY, and attach it to the root.
#     aws: >-
#       aws organizations create-policy --type AISERVICES_OPT_OUT_POLICY, then attach-policy to the root.
package probity.rules.residency.ai_opt_out

violation contains {"fact": "settings.ai_opt_out"} if input.settings.ai_opt_out == false
