package kinds

import "github.com/probity-scan/probity"

// Listed is what the catalogue of a database tells of a table, without a look at its rows.
type Listed struct {
	Rows     probity.Fact[int]          `json:"rows"` // as they were counted; see Estimate
	Schema   probity.Fact[string]       `json:"schema"`
	Form     probity.Fact[Form]         `json:"form"`
	Columns  probity.List[ListedColumn] `json:"columns"`
	Estimate probity.Fact[int]          `json:"estimate"` // rows, as the server thinks
	Bytes    probity.Fact[int]          `json:"bytes"`    // with indexes and long values, as the server last counted them
}

// ListedColumn is a column of a table. What its comment says is told by labels alone: it may hold anything.
type ListedColumn struct {
	Name      string `json:"name"`
	Type      string `json:"type"`                // as the engine writes it; members of an enumeration are left out
	Commented bool   `json:"commented,omitempty"` // somebody wrote a comment on it
}

// Form is what kind of table it is.
type Form string

// The forms of tables. Views hold nothing of their own: a database names them.
const (
	Ordinary     Form = "table"
	Partition    Form = "partition" // of another, with rows of its own
	Materialized Form = "materialized view"
	Foreign      Form = "foreign table"
	Virtual      Form = "virtual table" // a module of SQLite shows it
)

// Values lists the forms.
func (Form) Values() []string {
	return []string{string(Ordinary), string(Partition), string(Materialized), string(Foreign), string(Virtual)}
}
