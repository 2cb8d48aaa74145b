# METADATA
# title: Copies of secrets stay in approved regions
# description: >-
#   The secret is copied to a region that nobody approved. What it opens can be opened from there, and the
#   guards of the other regions do not reach it.
# related_resources:
# - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
# custom:
#   id: secret-replicas-approved
#   message: "{name} is copied to {element}, which is not among approved_regions"
#   severity: low
#   because: >-
#     A secret is no personal data; it opens what is.
#   behaviour: 2
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation]
#   classes: [secret]
#   kinds: [aws.secretsmanager.secret]
#   obligations: [data-location, secrets-management]
#   checks: [secret-replica-region-allowed]
#   remediation:
#     terraform: >-
#       Remove the replica block of that region from aws_secretsmanager_secret.
#     aws: >-
#       aws secretsmanager remove-regions-from-replication
package probity.rules.residency.secret_replicas_approved

violation contains {"fact": "settings.replica_regions", "element": region} if {
	some region in input.settings.replica_regions
	not region in data.config.approved_regions
}
