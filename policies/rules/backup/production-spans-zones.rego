# METADATA
# title: Production survives the loss of a zone
# description: >-
#   A database that its tags call production lies in one zone of availability. When that fails, nobody can read
#   the data for hours, and people have a right that it is there.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html
# custom:
#   id: production-spans-zones
#   message: "{name} is production, and lies in one zone"
#   severity: low
#   because: >-
#     Zones fail seldom, and backups remain.
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [database, warehouse, cache, search]
#   obligations: [resilience]
#   checks: [rds-multi-az]
#   remediation:
#     terraform: >-
#       Set multi_az = true on aws_db_instance, or a second aws_rds_cluster_instance.
#     aws: >-
#       aws rds modify-db-instance --multi-az
package probity.rules.backup.production_spans_zones

import data.probity.lib.environment

violation contains {"fact": "resilience.multi_zone"} if {
	input.resilience.multi_zone == false
	some key, value in input.tags
	environment.production(key, value)
}
