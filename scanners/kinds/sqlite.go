package kinds

import "github.com/probity-scan/probity"

// The kinds of SQLite: a file, and what is in it.
const (
	SQLiteDatabase probity.Kind = "sqlite.database"
	SQLiteTable    probity.Kind = "sqlite.table"
)

// Rows holds the settings of a [SQLiteTable].
type Rows struct {
	Rows probity.Fact[int] `json:"rows"`
}
