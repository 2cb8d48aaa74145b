# METADATA
# title: Connections to databases demand TLS
# description: >-
#   The connection of Glue does not demand TLS. Jobs copy whole tables over it, and the password as well,
#   for everybody on the way to read.
# related_resources:
# - ref: https://docs.aws.amazon.com/glue/latest/dg/connection-properties.html
# custom:
#   id: connections-encrypted
#   message: "{name} connects without demanding TLS"
#   severity: medium
#   because: >-
#     Somebody has to be on the way, often inside the same network.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [secret]
#   kinds: [aws.glue.connection]
#   obligations: [encryption-in-transit]
#   checks: [glue-connection-tls]
#   remediation:
#     terraform: >-
#       Set JDBC_ENFORCE_SSL = "true" in connection_properties of aws_glue_connection.
#     aws: >-
#       aws glue update-connection with JDBC_ENFORCE_SSL=true
package probity.rules.encryption.connections_encrypted

violation contains {"fact": "encryption.in_transit"} if input.encryption.in_transit == false
