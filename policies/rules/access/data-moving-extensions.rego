# METADATA
# title: Extensions that move data are there for a reason
# description: >-
#   An extension of the database reaches other servers, files or programs: with it one statement carries
#   rows away, or brings foreign ones in. Those that somebody decided on stand in allowed_extensions.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/contrib.html
# custom:
#   id: data-moving-extensions
#   message: "{name} has the extension {element}, which moves data, and nobody said why"
#   severity: medium
#   because: >-
#     An intruder needs a login first, and then carries data away without leaving the database.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [postgres.database]
#   obligations: [recipient-control, secure-defaults]
#   checks: [pg-risky-extensions]
#   remediation:
#     sql: >-
#       DROP EXTENSION where nobody needs it; else name it in parameters.allowed_extensions of
#       probity.yaml.
package probity.rules.access.data_moving_extensions

violation contains {"fact": "settings.extensions", "element": name} if {
	some name in input.settings.extensions
	name in moving
	not name in data.config.allowed_extensions
}

# Contrib modules of PostgreSQL 18, and those that clouds and makers of drivers add; languages that are not trusted reach files and programs.
moving := {
	"adminpack", "aws_lambda", "aws_s3", "azure_storage", "dblink", "file_fdw", "http", "jdbc_fdw", "mongo_fdw", "mysql_fdw", "odbc_fdw", "oracle_fdw", "pg_net",
	"plperlu", "plpython2u", "plpython3u", "plpythonu", "plsh", "pltclu", "postgres_fdw", "redis_fdw", "sqlite_fdw", "tds_fdw", "wrappers",
}
