# METADATA
# title: Accounts enter from known addresses only
# description: >-
#   An account or a rule of entry is for every address, so that a password is all that stands between
#   the data and whoever reaches the port.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/auth-pg-hba-conf.html
# - ref: https://dev.mysql.com/doc/refman/8.4/en/account-names.html
# custom:
#   id: accounts-from-anywhere
#   message: "{element} lets in every address on {name}"
#   severity: high
#   because: >-
#     The whole internet may try passwords, wherever the network lets it through.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [postgres.server, mysql.server]
#   obligations: [network-boundary]
#   checks: [pg-hba-no-world, mysql-no-wildcard-host]
#   remediation:
#     sql: >-
#       Name the network of the application in pg_hba.conf; in MySQL and MariaDB RENAME USER 'app'@'%' TO
#       'app'@'10.1.%'.
package probity.rules.exposure.accounts_from_anywhere

violation contains {"fact": "settings.anywhere", "element": who} if some who in input.settings.anywhere
