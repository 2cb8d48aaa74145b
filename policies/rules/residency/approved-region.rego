# METADATA
# title: Stores are in approved regions
# description: >-
#   The store is in a region that nobody approved. Such stores are made by mistake or in passing, and
#   guards, logs and backups of the other regions do not reach them.
# related_resources:
# - ref: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html
# custom:
#   id: approved-region
#   message: "{name} is in {region}, which is not among approved_regions"
#   severity: medium
#   because: >-
#     It may lie in a country that was never looked at, or escape all guards; neither is certain.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, aws]
#   classes: [bucket, database, table, warehouse, volume, filesystem, snapshot, backup, queue, stream, topic, cache, search, log, secret]
#   obligations: [data-location]
#   checks: [priv-region-not-approved]
#   remediation:
#     any: >-
#       Move the data and delete the store, or name the region in approved_regions under parameters of
#       probity.yaml.
#     aws: >-
#       A service control policy that denies actions where aws:RequestedRegion is another one keeps new
#       stores out.
package probity.rules.residency.approved_region

violation contains {"fact": "location.region"} if not input.location.region in data.config.approved_regions
