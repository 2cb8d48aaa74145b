# METADATA
# title: Warehouses load and unload through their own network
# description: >-
#   What the warehouse copies from and unloads to other stores goes around its network, where no endpoint policy and
#   no record of flows sees it.
# related_resources:
# - ref: https://docs.aws.amazon.com/redshift/latest/mgmt/enhanced-vpc-routing.html
# custom:
#   id: warehouse-private-routing
#   message: "{name} loads and unloads data past its own network"
#   severity: low
#   because: The traffic is encrypted and stays with the provider; what is missing is control over where it goes.
#   checks: [redshift-enhanced-vpc-routing]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [warehouse]
#   kinds: [aws.redshift.cluster, aws.redshift.namespace]
#   obligations: [network-boundary]
#   remediation:
#     terraform: >-
#       Set enhanced_vpc_routing = true.
#     cloudformation: >-
#       Set EnhancedVpcRouting to true.
#     aws: >-
#       aws redshift modify-cluster --enhanced-vpc-routing
package probity.rules.exposure.warehouse_private_routing

violation contains {"fact": "settings.enhanced_vpc_routing"} if input.settings.enhanced_vpc_routing == false
