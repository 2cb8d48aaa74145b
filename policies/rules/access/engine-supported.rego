# METADATA
# title: RDS still supports the version of the engine
# description: >-
#   Standard support for this version has ended, or RDS offers it no longer. What is found in it from now on
#   stays open, or is mended against pay for a while only.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html
# custom:
#   id: engine-supported
#   message: "{name} runs a version of its engine for which standard support of RDS has ended"
#   severity: medium
#   because: >-
#     Holes that become known may stay open for good, but each has still to be reached.
#   behaviour: 1
#   since: 0.2.0
#   sources: [aws]
#   classes: [database]
#   kinds: [aws.rds.instance, aws.rds.cluster]
#   obligations: [secure-defaults]
#   checks: [rds-engine-supported]
#   remediation:
#     terraform: >-
#       Raise engine_version to a supported one, with allow_major_version_upgrade = true.
#     cloudformation: >-
#       Raise EngineVersion to a supported one, with AllowMajorVersionUpgrade: true.
#     aws: >-
#       aws rds modify-db-instance --engine-version … --allow-major-version-upgrade, or a blue/green deployment.
package probity.rules.access.engine_supported

violation contains {"fact": "settings.version_supported"} if input.settings.version_supported == false
