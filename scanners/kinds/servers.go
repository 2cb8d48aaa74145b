package kinds

import "github.com/probity-scan/probity"

// The kinds of servers of databases, and of what they hold. MariaDB's are MySQL's: the version tells.
const (
	PostgresServer   probity.Kind = "postgres.server"
	PostgresDatabase probity.Kind = "postgres.database"
	PostgresTable    probity.Kind = "postgres.table"
	MySQLServer      probity.Kind = "mysql.server"
	MySQLDatabase    probity.Kind = "mysql.database"
	MySQLTable       probity.Kind = "mysql.table"
	RedshiftServer   probity.Kind = "redshift.server"
	RedshiftDatabase probity.Kind = "redshift.database"
	RedshiftTable    probity.Kind = "redshift.table"
)

// Served reports whether a kind is a server that was asked itself, or a database of one, and not the service that runs it.
func Served(k probity.Kind) bool {
	return Machine(k) || k == PostgresDatabase || k == MySQLDatabase || k == RedshiftDatabase
}

// Machine reports whether a kind is a server of databases that was asked itself.
func Machine(k probity.Kind) bool {
	return k == PostgresServer || k == MySQLServer || k == RedshiftServer
}

// Engine holds the settings that any server of databases has.
type Engine struct {
	Passwordless probity.List[string] `json:"passwordless"` // accounts, and rules of entry, that ask for no secret
	WeakAuth     probity.List[string] `json:"weak_auth"`    // accounts whose password is kept as MD5 or SHA-1, and rules that send one in clear
	Anywhere     probity.List[string] `json:"anywhere"`     // accounts, and rules of entry, for every address
	Powerful     probity.List[string] `json:"powerful"`     // accounts beside the server's own administrator that no grant binds
	LogsValues   probity.Fact[bool]   `json:"logs_values"`  // the server's log holds values of rows
	OldestTLS    probity.Fact[string] `json:"oldest_tls"`   // the oldest version of TLS that a connection may have: 1.0, 1.1, 1.2, 1.3
	WeakCiphers  probity.List[string] `json:"weak_ciphers"` // words of the server's choice of ciphers that let in what is broken
	Everywhere   probity.Fact[bool]   `json:"everywhere"`   // the server listens on every address of its machine
}

// PostgresEngine holds the settings of a [PostgresServer].
type PostgresEngine struct {
	Engine
	LogsEntries probity.Fact[bool]   `json:"logs_entries"` // who came and went, from where, is in the log
	Unnamed     probity.List[string] `json:"unnamed"`      // rules of entry from a network that name neither database nor user
	IdleEnds    probity.Fact[bool]   `json:"idle_ends"`    // sessions, or transactions, that do nothing are ended
	Lasting     probity.List[string] `json:"lasting"`      // roles that log in with a password that never ends
	Archived    probity.Fact[bool]   `json:"archived"`     // changes are copied to an archive, and the last of them got there
	Checksums   probity.Fact[bool]   `json:"checksums"`    // pages that the disk spoils are noticed
}

// MySQLEngine holds the settings of a [MySQLServer].
type MySQLEngine struct {
	Engine
	LocalInfile   probity.Fact[bool]                  `json:"local_infile"`   // a server may ask clients for their files
	RemoteAdmins  probity.List[string]                `json:"remote_admins"`  // accounts with power over the server, by themselves or by a role, that log in from a network
	BinlogDays    probity.Fact[probity.Optional[int]] `json:"binlog_days"`    // for which the log of changes is kept; 0: for ever; not set: there is none
	ClearLogs     probity.List[string]                `json:"clear_logs"`     // logs of changes that are not encrypted, while tables are
	FreePasswords probity.List[string]                `json:"free_passwords"` // what nothing asks of passwords: strength, a lock after wrong ones, an end
	FilesAnywhere probity.Fact[bool]                  `json:"files_anywhere"` // statements read and write files in any folder
	OpenDatabases probity.List[string]                `json:"open_databases"` // the database test, and patterns of names that everybody has rights on
}

// Inside holds the settings of a [PostgresDatabase]: what differs between those of one server.
type Inside struct {
	WeakAuth     probity.List[string]  `json:"weak_auth"`       // that passwords set here are kept as MD5
	LogsValues   probity.Fact[bool]    `json:"logs_values"`     // the server's log holds values of its rows, by a setting of this database
	PublicCreate probity.Fact[bool]    `json:"public_create"`   // everybody may create in the schema public
	Extensions   probity.List[string]  `json:"extensions"`      // by name
	Definers     probity.List[Definer] `json:"definers"`        // functions that run with the rights of their owners, but for those of extensions
	Remotes      probity.List[Remote]  `json:"remotes"`         // servers that rows come from
	Published    probity.List[string]  `json:"published"`       // publications, whose subscribers get copies of rows
	Whole        probity.List[string]  `json:"published_whole"` // those of them that are of all tables, those to come as well
	Views        probity.List[string]  `json:"views"`           // by schema and name
	OpenDefaults probity.List[string]  `json:"open_by_default"` // schemas whose new tables everybody reads, and who makes them
}

// Remote is another server that a database reads from.
type Remote struct {
	Name string `json:"name"`
	By   string `json:"by"`   // the foreign data wrapper, or "subscription"
	Host string `json:"host"` // empty: it is not told, or a file
}

// Holding holds the settings of a [MySQLDatabase] or a [RedshiftDatabase].
type Holding struct {
	Views probity.List[string] `json:"views"` // by schema, if it has any, and name
}

// Definer is a function that runs with the rights of its owner.
type Definer struct {
	Name   string `json:"name"`
	Public bool   `json:"public"` // everybody may call it
	Pinned bool   `json:"pinned"` // it says itself where names in it are looked for
}

// Guarded holds the settings of a [PostgresTable].
type Guarded struct {
	Listed
	RowSecurity probity.Fact[bool]   `json:"row_security"`    // policies decide who sees which row
	Forced      probity.Fact[bool]   `json:"forced"`          // they bind the owner too
	Allowing    probity.List[string] `json:"allowing"`        // policies that let whom they are for see every row
	Whole       probity.List[string] `json:"published_whole"` // publications that give away all of its columns, beside those of all tables
	Tenants     probity.List[string] `json:"tenants"`         // columns that tell whose row it is, by their names: of a tenant, an organisation, a client
}

// Kept holds the settings of a [MySQLTable].
type Kept struct {
	Listed
	Encrypted probity.Fact[bool] `json:"encrypted"` // the server encrypts its file
}
