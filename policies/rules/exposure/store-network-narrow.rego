# METADATA
# title: Only what needs a store reaches it
# description: >-
#   A range wider than the largest network that a VPC can be (65,536 addresses, or a /44 of IPv6), or every port,
#   is let in to the store. Each machine anywhere inside can try its passwords and its old mistakes.
# related_resources:
# - ref: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# custom:
#   id: store-network-narrow
#   message: "{name} lets in {element}, more than the network of its users"
#   severity: medium
#   because: >-
#     Somebody has to be inside already; then nothing stands between them and the data.
#   behaviour: 2
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [database, warehouse, cache, search, filesystem, stream, queue]
#   obligations: [network-boundary]
#   checks: [net-store-sg-wide-private]
#   remediation:
#     terraform: >-
#       Let in the security group of the application, by security_groups or
#       referenced_security_group_id, and the port of the store alone.
#     aws: >-
#       aws ec2 authorize-security-group-ingress --source-group, then revoke-security-group-ingress of
#       the range
package probity.rules.exposure.store_network_narrow

import data.probity.lib.networks

violation contains {"fact": "exposure.networks", "element": sprintf("%s:%s", [opening.cidr, networks.ports(opening)])} if {
	some opening in input.exposure.networks
	wide(opening)
}

# Everybody is more than that: network-open-to-world tells of it.
wide(opening) if {
	not networks.everyone(opening.cidr)
	to_number(split(opening.cidr, "/")[1]) < largest(opening.cidr)
}

wide(opening) if {
	not networks.everyone(opening.cidr)
	opening.protocol in {"tcp", "all"}
	opening.from <= 1
	opening.to >= 65535
}

# The prefix of the largest network that a VPC can be.
largest(cidr) := 16 if not contains(cidr, ":")

largest(cidr) := 44 if contains(cidr, ":")
