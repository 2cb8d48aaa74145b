# METADATA
# title: No security group opens the port of a store to the world
# description: >-
#   The group lets the internet in at a port where databases, caches, search engines, brokers or file shares
#   listen. Whatever is put into the group tomorrow is open from its first minute; such ports are scanned
#   all day.
# related_resources:
# - ref: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
# - ref: https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xhtml
# custom:
#   id: data-ports-closed
#   message: "{name} lets in everyone at {element}, where stores listen"
#   severity: high
#   because: >-
#     It is one step from the data, and nothing has to be behind it yet.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [network]
#   kinds: [aws.security_group]
#   obligations: [network-boundary, secure-defaults]
#   checks: [net-database-port-open, net-cache-search-stream-port-open, net-file-sharing-port-open]
#   remediation:
#     terraform: >-
#       Replace 0.0.0.0/0 and ::/0 in the ingress rules by the security groups or ranges of the clients.
#     aws: >-
#       aws ec2 revoke-security-group-ingress for the open range, then authorize-security-group-ingress with
#       --source-group.
package probity.rules.exposure.data_ports_closed

import data.probity.lib.networks

violation contains {"fact": "exposure.networks", "element": sprintf("%s:%s", [opening.cidr, networks.ports(opening)])} if {
	some opening in input.exposure.networks
	opening.protocol in {"tcp", "udp", "all"}
	networks.everyone(opening.cidr)
	some port in ports
	networks.covers(opening, port)
}

# Where makers let their servers listen unless told: databases, caches, search, brokers, then shares of files.
ports := {
	1433, 1521, 2483, 2484, 3050, 3306, 5432, 5433, 5439, 7000, 7199, 8086, 8529, 9042, 9160, 26257, 27017, 27018, 27019, 28017, 33060, 50000,
	6379, 6380, 8111, 8182, 9111, 11211, 11214, 9200, 9300, 5601, 7473, 7474, 7687, 8983,
	2181, 4369, 5671, 5672, 8883, 9092, 9094, 9096, 9098, 15672, 61616, 61617,
	20, 21, 111, 137, 138, 139, 445, 873, 988, 2049, 3260,
}
