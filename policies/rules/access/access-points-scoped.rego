# METADATA
# title: Access points give one directory to one user
# description: >-
#   An access point gives the whole tree, or leaves it to the client as whom files are read. Each application then
#   reads what all others keep there.
# related_resources:
# - ref: https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html
# custom:
#   id: access-points-scoped
#   message: "{name} has an access point that limits nothing: {element}"
#   severity: medium
#   because: Whoever uses the access point must already be in the network and have its rights.
#   checks: [efs-access-points-scoped]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [filesystem]
#   kinds: [aws.efs.file_system]
#   obligations: [least-privilege]
#   remediation:
#     terraform: >-
#       Set root_directory { path = … } other than "/" and posix_user on aws_efs_access_point.
#     cloudformation: >-
#       Set RootDirectory.Path and PosixUser on AWS::EFS::AccessPoint.
#     aws: >-
#       Make another access point (aws efs create-access-point --root-directory Path=… --posix-user …) and
#       delete this one: they cannot be changed.
package probity.rules.access.access_points_scoped

violation contains {"fact": "settings.unscoped_access_points", "element": point} if some point in input.settings.unscoped_access_points
