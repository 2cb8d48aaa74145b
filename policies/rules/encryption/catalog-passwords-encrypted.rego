# METADATA
# title: The catalogue encrypts the passwords of connections
# description: >-
#   The catalogue hands out the passwords of its connections to databases in the clear, to everybody who may
#   look at a connection.
# related_resources:
# - ref: https://docs.aws.amazon.com/glue/latest/dg/encrypt-connection-passwords.html
# custom:
#   id: catalog-passwords-encrypted
#   message: "{name} keeps passwords of connections in the clear"
#   severity: high
#   because: >-
#     A right to look at settings becomes a login to every connected database.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [warehouse]
#   kinds: [aws.glue.catalog]
#   obligations: [secrets-management, encryption-at-rest]
#   checks: [glue-connection-passwords-encrypted]
#   remediation:
#     terraform: >-
#       Set return_connection_password_encrypted = true with aws_kms_key_id in
#       connection_password_encryption of aws_glue_data_catalog_encryption_settings.
#     aws: >-
#       aws glue put-data-catalog-encryption-settings with ReturnConnectionPasswordEncrypted=true and a key.
package probity.rules.encryption.catalog_passwords_encrypted

violation contains {"fact": "settings.passwords_encrypted"} if input.settings.passwords_encrypted == false
