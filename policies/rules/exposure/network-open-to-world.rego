# METADATA
# title: The network lets in known addresses only
# description: >-
#   The network rules around the store let in every address on the internet. Even where the store has no
#   public address today, nothing but that one setting keeps out password guessing and attacks on the
#   server itself.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html
# custom:
#   id: network-open-to-world
#   message: "{name} lets in everyone at {element}"
#   severity: high
#   because: >-
#     Only a password stands between the internet and the data.
#   checks: [efs-mount-target-private]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [database, warehouse, cache, search, filesystem, stream]
#   obligations: [network-boundary]
#   remediation:
#     terraform: >-
#       Replace 0.0.0.0/0 and ::/0 in the ingress rules of the security group by the security groups
#       or ranges of the clients.
#     aws: >-
#       aws ec2 revoke-security-group-ingress for the open range, then
#       authorize-security-group-ingress with --source-group.
package probity.rules.exposure.network_open_to_world

import data.probity.lib.networks

violation contains {"fact": "exposure.networks", "element": sprintf("%s:%s", [opening.cidr, networks.ports(opening)])} if {
	some opening in input.exposure.networks
	networks.everyone(opening.cidr)
}
