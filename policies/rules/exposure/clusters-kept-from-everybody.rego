# METADATA
# title: EMR starts no cluster that everybody reaches
# description: >-
#   The account lets EMR start clusters whose security groups let everybody in. One such group opens the
#   consoles and the data of a cluster.
# related_resources:
# - ref: https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-block-public-access.html
# custom:
#   id: clusters-kept-from-everybody
#   message: "{name} may be started open to everybody"
#   severity: high
#   because: >-
#     Clusters run what they are sent without asking who sends it.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan]
#   classes: [warehouse]
#   kinds: [aws.emr.cluster]
#   obligations: [no-public-access, secure-defaults]
#   checks: [emr-block-public-access]
#   remediation:
#     terraform: >-
#       Set block_public_security_group_rules = true on aws_emr_block_public_access_configuration.
#     aws: >-
#       aws emr put-block-public-access-configuration with BlockPublicSecurityGroupRules=true
package probity.rules.exposure.clusters_kept_from_everybody

violation contains {"fact": "settings.public_rules_blocked"} if input.settings.public_rules_blocked == false
