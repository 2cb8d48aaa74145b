# METADATA
# title: Snapshots bear the tags of what they are made of
# description: >-
#   Snapshots of this store are made without its tags. Owner, purpose and time of retention are then unknown where
#   most data is left behind.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Tagging.CopyTags.html
# custom:
#   id: snapshots-keep-tags
#   message: "{name} leaves its tags behind in snapshots"
#   severity: low
#   because: Nothing is exposed; what is lost is the way to find and delete copies.
#   checks: [snapshot-tags-inherited]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [database, filesystem]
#   kinds: [aws.rds.instance, aws.rds.cluster, aws.neptune.cluster, aws.fsx.file_system]
#   obligations: [data-inventory, storage-limitation]
#   remediation:
#     terraform: >-
#       Set copy_tags_to_snapshot = true (copy_tags_to_backups on file systems of FSx).
#     cloudformation: >-
#       Set CopyTagsToSnapshot (CopyTagsToBackups) to true.
#     aws: >-
#       aws rds modify-db-instance (or modify-db-cluster) --copy-tags-to-snapshot
package probity.rules.backup.snapshots_keep_tags

violation contains {"fact": "settings.copy_tags"} if input.settings.copy_tags == false
