# METADATA
# title: Only the administrator has a server's whole power
# description: >-
#   An account can do what no grant says: read every table and pass by row-level security, read files of
#   the server, or make itself more. Who steals its password has every record.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/role-attributes.html
# - ref: https://dev.mysql.com/doc/refman/8.4/en/privileges-provided.html
# custom:
#   id: powerful-accounts
#   message: "{element} on {name} passes by all grants"
#   severity: high
#   because: >-
#     Such an account passes by every grant and policy inside the database.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database, cache, search]
#   kinds: [postgres.server, mysql.server, redis.database, opensearch.cluster]
#   obligations: [least-privilege]
#   checks: [pg-superuser-logins, pg-powerful-attributes, mysql-no-global-data-privileges]
#   remediation:
#     sql: >-
#       ALTER ROLE ... NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION or REVOKE the predefined role; in
#       MySQL and MariaDB REVOKE SUPER, FILE, CREATE USER and GRANT OPTION ON *.*. In Redis
#       ACL SETUSER ... -@all and the commands and keys that are needed; in OpenSearch take all_access from the user. Grant what the application needs on
#       its own tables.
package probity.rules.access.powerful_accounts

violation contains {"fact": "settings.powerful", "element": who} if some who in input.settings.powerful
