# METADATA
# title: Rules of entry name databases and users
# description: >-
#   A rule of pg_hba.conf lets every user into every database from a network. Nobody sees from the rules who may
#   reach what, and each new role may at once.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/auth-pg-hba-conf.html
# custom:
#   id: entries-name-whom-they-let-in
#   message: "{element} of {name} names neither database nor user"
#   severity: low
#   because: >-
#     Grants inside the databases still decide.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [postgres.server]
#   obligations: [least-privilege, network-boundary]
#   checks: [pg-hba-no-all-all]
#   remediation:
#     any: >-
#       In pg_hba.conf name the database and the role, or +group for the members of one, in each line for a network;
#       then SELECT pg_reload_conf().
package probity.rules.access.entries_name_whom_they_let_in

violation contains {"fact": "settings.unnamed", "element": what} if some what in input.settings.unnamed
