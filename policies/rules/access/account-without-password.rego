# METADATA
# title: Nobody enters a database without a secret
# description: >-
#   An account has no password or no name, or a rule of entry trusts whoever comes from an address.
#   Everybody who reaches the server is that account.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/auth-trust.html
# - ref: https://dev.mysql.com/doc/refman/8.4/en/default-privileges.html
# custom:
#   id: account-without-password
#   message: "{element} logs in to {name} without a password or other secret"
#   severity: critical
#   because: >-
#     Whoever reaches the server is in, with all that the account may.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database, cache, search]
#   kinds: [postgres.server, mysql.server, redis.database, opensearch.cluster]
#   obligations: [authentication]
#   checks: [mysql-no-anonymous-users, mysql-no-empty-password, pg-hba-no-trust]
#   remediation:
#     sql: >-
#       Write scram-sha-256 in place of trust in pg_hba.conf and SELECT pg_reload_conf(); in MySQL and
#       MariaDB DROP USER for accounts without a name, and ALTER USER ... IDENTIFIED BY for those without a
#       password; in Redis ACL SETUSER ... resetpass >password, and requirepass for the user default; in
#       OpenSearch enable the security plugin, and set anonymous_auth_enabled to false.
package probity.rules.access.account_without_password

violation contains {"fact": "settings.passwordless", "element": who} if some who in input.settings.passwordless
