# METADATA
# title: Endpoints of a network lead to one's own stores
# description: >-
#   Through the endpoint anybody's identity reaches anybody's stores of the service. Whoever is inside
#   carries data to a bucket of their own, past all that watches the way to the internet.
# related_resources:
# - ref: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
# custom:
#   id: endpoints-lead-home
#   message: "{name} leads to stores of any account"
#   severity: low
#   because: >-
#     It takes somebody inside the network, with data in hand.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation]
#   classes: [network]
#   kinds: [aws.vpc.endpoint]
#   obligations: [network-boundary, recipient-control]
#   remediation:
#     terraform: >-
#       Give aws_vpc_endpoint a policy with aws:ResourceOrgID and aws:PrincipalOrgID in its conditions.
#     aws: >-
#       aws ec2 modify-vpc-endpoint --policy-document
package probity.rules.exposure.endpoints_lead_home

violation contains {"fact": "settings.open"} if input.settings.open == true
