# METADATA
# title: Connections need a version of TLS that is not broken
# description: >-
#   The server takes connections by TLS 1.0 or 1.1, or by ciphers that are broken or prove nothing. Who stands
#   between may force a connection down to them and read it.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/runtime-config-connection.html
# - ref: https://dev.mysql.com/doc/refman/8.4/en/encrypted-connection-protocols-ciphers.html
# - ref: https://datatracker.ietf.org/doc/html/rfc8996
# custom:
#   id: old-tls-refused
#   message: "{name} takes connections that are weakly encrypted"
#   messages:
#     settings.oldest_tls: "{name} takes connections with TLS {value}, older than 1.2"
#     settings.weak_ciphers: "{name} takes connections with the weak cipher {element}"
#   severity: medium
#   because: >-
#     Somebody must stand in the network between, with some effort.
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, aws, database]
#   classes: [database]
#   kinds: [postgres.server, mysql.server, aws.rds.instance, aws.rds.cluster]
#   obligations: [encryption-in-transit]
#   checks: [pg-tls-min-12, mysql-tls-version, rds-tls-min-version]
#   remediation:
#     terraform: >-
#       In the parameter group set ssl_min_protocol_version = TLSv1.2 (PostgreSQL), or tls_version = TLSv1.2,TLSv1.3 (MySQL, MariaDB).
#     sql: >-
#       ALTER SYSTEM SET ssl_min_protocol_version = 'TLSv1.2' and ssl_ciphers = 'HIGH:!aNULL'; in MySQL SET PERSIST
#       tls_version = 'TLSv1.2,TLSv1.3', in MariaDB tls_version in my.cnf.
package probity.rules.encryption.old_tls_refused

violation contains {"fact": "settings.oldest_tls"} if input.settings.oldest_tls in {"1.0", "1.1"}

violation contains {"fact": "settings.weak_ciphers", "element": cipher} if some cipher in input.settings.weak_ciphers
