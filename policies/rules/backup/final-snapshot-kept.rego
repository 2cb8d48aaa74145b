# METADATA
# title: What is deleted leaves a last snapshot
# description: When this store is deleted, by mistake or in anger, no snapshot of it is left.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html
# custom:
#   id: final-snapshot-kept
#   message: "{name} is deleted without a last snapshot"
#   severity: low
#   because: Deletion must happen first, and automatic backups may be kept.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation]
#   classes: [database, warehouse]
#   kinds: [aws.rds.instance, aws.rds.cluster, aws.docdb.cluster, aws.neptune.cluster, aws.redshift.cluster]
#   obligations: [backup, resilience]
#   checks: [rds-final-snapshot-kept]
#   remediation:
#     terraform: >-
#       Set skip_final_snapshot = false and name a final_snapshot_identifier.
#     cloudformation: >-
#       Set DeletionPolicy: Snapshot.
package probity.rules.backup.final_snapshot_kept

violation contains {"fact": "settings.skip_final_snapshot"} if input.settings.skip_final_snapshot == true
