package kinds

import "github.com/probity-scan/probity"

// The kinds of databases that servers hold. MariaDB's are MySQL's: the version tells.
const (
	PostgresDatabase probity.Kind = "postgres.database"
	PostgresTable    probity.Kind = "postgres.table"
	MySQLDatabase    probity.Kind = "mysql.database"
	MySQLTable       probity.Kind = "mysql.table"
	RedshiftDatabase probity.Kind = "redshift.database"
	RedshiftTable    probity.Kind = "redshift.table"
)

// Served reports whether a kind is a database that a server was asked for, and not the service that runs it.
func Served(k probity.Kind) bool {
	return k == PostgresDatabase || k == MySQLDatabase || k == RedshiftDatabase
}
