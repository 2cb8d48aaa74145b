# METADATA
# title: Databases keep passwords as a strong hash
# description: >-
#   A password is kept as MD5 or SHA-1, which guess quickly, or a rule of entry lets it be sent in a
#   form that gives it away.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/auth-password.html
# - ref: https://dev.mysql.com/doc/refman/8.4/en/caching-sha2-pluggable-authentication.html
# custom:
#   id: password-hashing
#   message: "{element} on {name} keeps or sends its password in a weak form"
#   severity: high
#   because: >-
#     Whoever sees the stored or the sent form guesses the password in hours.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [postgres.server, postgres.database, mysql.server]
#   obligations: [authentication]
#   checks: [pg-password-scram, pg-hba-no-weak-auth, mysql-strong-auth-plugin]
#   remediation:
#     sql: >-
#       Set password_encryption = 'scram-sha-256', give each role its password anew and write scram-sha-256
#       in pg_hba.conf; in MySQL ALTER USER ... IDENTIFIED WITH caching_sha2_password, in MariaDB VIA
#       ed25519.
package probity.rules.access.password_hashing

violation contains {"fact": "settings.weak_auth", "element": who} if some who in input.settings.weak_auth
