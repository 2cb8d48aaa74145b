package kinds

import "github.com/probity-scan/probity"

// The kinds of SQLite: a file, and what is in it.
const (
	SQLiteDatabase probity.Kind = "sqlite.database"
	SQLiteTable    probity.Kind = "sqlite.table"
)

// Rows holds the settings of a [SearchIndex].
type Rows struct {
	Rows probity.Fact[int] `json:"rows"`
}

// File holds the settings of a [SQLiteDatabase].
type File struct {
	Shared    probity.List[string] `json:"shared"`     // it, its folder and files beside it that others than their owner may read or write, with their modes
	Leftovers probity.List[string] `json:"leftovers"`  // logs beside it, with what was there before or is not in it yet
	Views     probity.List[string] `json:"views"`      // by name
	FreedRows probity.Fact[bool]   `json:"freed_rows"` // what was deleted still stands in it
	Sound     probity.Fact[bool]   `json:"sound"`      // SQLite finds no fault in it
	Tracked   probity.Fact[bool]   `json:"tracked"`    // it is part of the repository of Git that it lies in; false where it lies in none
	WebRoot   probity.Fact[bool]   `json:"web_root"`   // it lies in a folder that servers of the web hand out, by the folder's name
}
