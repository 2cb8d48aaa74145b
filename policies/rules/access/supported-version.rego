# METADATA
# title: The makers still mend this version of the server
# description: >-
#   The makers no longer mend this version of the server. What is found in it from now on stays open to
#   whoever reads of it.
# related_resources:
# - ref: https://www.postgresql.org/support/versioning/
# - ref: https://www.mysql.com/support/supportedplatforms/database.html
# - ref: https://mariadb.org/about/#maintenance-policy
# custom:
#   id: supported-version
#   message: "{name} runs {value}, which gets no more security fixes"
#   severity: medium
#   because: >-
#     Holes that become known stay open for good, but each has still to be reached.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [postgres.server, mysql.server]
#   obligations: [secure-defaults]
#   checks: [pg-version-supported, mysql-version-supported]
#   remediation:
#     any: >-
#       Move to a version that is mended: pg_upgrade or a copy by logical replication; mysql_upgrade or
#       mariadb-upgrade after the packages.
package probity.rules.access.supported_version

import data.probity.lib.versions

violation contains {"fact": "lifecycle.version"} if versions.ended(input.lifecycle.version, input.now)
