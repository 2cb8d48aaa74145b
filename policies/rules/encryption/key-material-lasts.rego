# METADATA
# title: Imported key material does not end unnoticed
# description: >-
#   The key material was imported with a day on which KMS deletes it, and that day is near or past. What
#   the key encrypts cannot be read from then on, until the same material is imported again.
# related_resources:
# - ref: https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-conceptual.html
# custom:
#   id: key-material-lasts
#   message: "{name} loses its key material on {value}"
#   severity: medium
#   because: >-
#     Data is lost only if nobody has the material any more; it is out of reach in any case.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan]
#   classes: [key]
#   kinds: [aws.kms.key]
#   obligations: [key-management, resilience]
#   checks: [kms-imported-material-expiry]
#   remediation:
#     terraform: >-
#       Set valid_to of aws_kms_external_key to a later day, or leave it out.
#     aws: >-
#       aws kms import-key-material with a later --valid-to, or KEY_MATERIAL_DOES_NOT_EXPIRE
package probity.rules.encryption.key_material_lasts

violation contains {"fact": "settings.material_ends"} if {
	input.settings.material_ends.set == true
	time.parse_rfc3339_ns(input.settings.material_ends.value) < time.add_date(time.parse_rfc3339_ns(input.now), 0, 0, 60)
}
