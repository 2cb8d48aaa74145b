# METADATA
# title: Administrators of the server log in on its own machine
# description: >-
#   An account that administers the server, by its own rights or by a role, may log in over the network. Whoever
#   has its password, or reaches the port with a hole in the server, needs nothing else to take everything.
# related_resources:
# - ref: https://dev.mysql.com/doc/refman/8.4/en/account-names.html
# - ref: https://mariadb.com/kb/en/authentication-from-mariadb-10-4/
# custom:
#   id: administrators-log-in-locally
#   message: "{element} administers {name} from a network"
#   severity: high
#   because: >-
#     One password, tried from afar, is worth every table and every account of the server.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [mysql.server]
#   obligations: [least-privilege, network-boundary]
#   checks: [mysql-root-local-only]
#   remediation:
#     sql: >-
#       RENAME USER 'root'@'%' TO 'root'@'localhost', and DROP USER of other hosts; REVOKE SUPER, CREATE USER and
#       GRANT OPTION, or the role, from what logs in over a network. Administer over SSH and the socket.
package probity.rules.access.administrators_log_in_locally

violation contains {"fact": "settings.remote_admins", "element": what} if some what in input.settings.remote_admins
