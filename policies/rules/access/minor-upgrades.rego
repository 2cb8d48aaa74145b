# METADATA
# title: New minor versions are installed by themselves
# description: >-
#   The service installs no new minor versions of the engine here. What is found in it and mended stays open until
#   somebody thinks of it.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html
# custom:
#   id: minor-upgrades
#   message: "{name} does not get new minor versions by itself"
#   severity: low
#   because: People may install versions on a schedule of their own; most do not.
#   checks: [rds-minor-upgrades-auto]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [database, warehouse, cache, queue]
#   kinds:
#   - aws.rds.instance
#   - aws.rds.cluster
#   - aws.redshift.cluster
#   - aws.elasticache.replication_group
#   - aws.elasticache.cluster
#   - aws.memorydb.cluster
#   - aws.mq.broker
#   obligations: [secure-defaults]
#   remediation:
#     terraform: >-
#       Set auto_minor_version_upgrade = true (allow_version_upgrade on aws_redshift_cluster), on the instances
#       of an Aurora cluster.
#     cloudformation: >-
#       Set AutoMinorVersionUpgrade (AllowVersionUpgrade of AWS::Redshift::Cluster) to true.
#     aws: >-
#       aws rds modify-db-instance --auto-minor-version-upgrade
package probity.rules.access.minor_upgrades

violation contains {"fact": "settings.minor_upgrades"} if input.settings.minor_upgrades == false
