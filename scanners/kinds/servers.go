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

// Engine holds the settings of a [PostgresDatabase] or a [MySQLDatabase]: those of its server, as far as they bear on this database.
type Engine struct {
	Passwordless probity.List[string] `json:"passwordless"`           // accounts, and rules of entry, that ask for no secret
	WeakAuth     probity.List[string] `json:"weak_auth"`              // accounts whose password is kept as MD5 or SHA-1, and rules that send one in clear
	Anywhere     probity.List[string] `json:"anywhere"`               // accounts, and rules of entry, for every address
	Powerful     probity.List[string] `json:"powerful"`               // accounts beside the server's own administrator that no grant binds
	LogsValues   probity.Fact[bool]   `json:"logs_values"`            // the server's log holds values of rows
	LocalInfile  probity.Fact[bool]   `json:"local_infile,omitzero"`  // MySQL: a server may ask clients for their files
	PublicCreate probity.Fact[bool]   `json:"public_create,omitzero"` // PostgreSQL: everybody may create in the schema public
}
