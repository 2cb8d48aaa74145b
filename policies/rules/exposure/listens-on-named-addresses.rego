# METADATA
# title: The server listens on addresses that somebody chose
# description: >-
#   The server listens on every address of its machine, those of networks that are joined later as well. Only a
#   firewall stands between the port and whoever reaches the machine.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/runtime-config-connection.html
# - ref: https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html
# custom:
#   id: listens-on-named-addresses
#   message: "{name} listens on every address of its machine"
#   severity: medium
#   because: >-
#     Passwords and firewalls still stand before it.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [postgres.server, mysql.server]
#   obligations: [network-boundary]
#   checks: [pg-listen-addresses]
#   remediation:
#     any: >-
#       listen_addresses in postgresql.conf, or bind_address in my.cnf: the address that the application uses, or
#       localhost; then a restart.
package probity.rules.exposure.listens_on_named_addresses

violation contains {"fact": "settings.everywhere"} if input.settings.everywhere == true
