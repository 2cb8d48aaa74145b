# METADATA
# title: Stores are in networks that the internet has no way into
# description: >-
#   The database, or a mount target of the file system, is in a subnet that an internet gateway serves. A public address and one open rule are then all
#   that it takes to put it on the internet, and both are changed without a look at the network.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
# custom:
#   id: private-subnets
#   message: "{name} is in a subnet that the internet has a way into"
#   severity: medium
#   because: Two more mistakes are needed before anybody outside comes in; a private subnet makes both harmless.
#   checks: [rds-not-in-public-subnet, efs-mount-target-private]
#   behaviour: 2
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation]
#   classes: [database, filesystem]
#   kinds: [aws.rds.instance, aws.rds.cluster, aws.efs.file_system]
#   obligations: [network-boundary]
#   remediation:
#     terraform: >-
#       Name subnets in aws_db_subnet_group whose route tables have no route to an aws_internet_gateway; a NAT
#       gateway leads out only.
#     cloudformation: >-
#       Name subnets in AWS::RDS::DBSubnetGroup whose route tables have no route with a GatewayId.
#     aws: >-
#       Make a subnet group of private subnets (aws rds create-db-subnet-group) and move the database into it
#       (aws rds modify-db-instance --db-subnet-group-name).
package probity.rules.exposure.private_subnets

violation contains {"fact": "settings.public_subnet"} if input.settings.public_subnet == true
