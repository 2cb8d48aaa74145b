package history

import (
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
)

// dialect is in what the two databases differ for us.
type dialect struct {
	goose      goose.Dialect
	migrations string // folder
	numbered   bool   // places of values are $1, $2
}

var (
	sqlite   = dialect{goose: goose.DialectSQLite3, migrations: "migrations/sqlite"}                    //nolint:gochecknoglobals // a constant in all but type
	postgres = dialect{goose: goose.DialectPostgres, migrations: "migrations/postgres", numbered: true} //nolint:gochecknoglobals // a constant in all but type
)

// places numbers the places of values where the dialect wants it. No statement of ours has a question mark elsewhere.
func (d dialect) places(query string) string {
	if !d.numbered {
		return query
	}
	var b strings.Builder
	n := 0
	for _, r := range query {
		if r != '?' {
			b.WriteRune(r)
			continue
		}
		n++
		b.WriteString("$" + strconv.Itoa(n))
	}
	return b.String()
}

// several is a list of n places: (?, ?, ?).
func several(n int) string { return "(" + strings.TrimSuffix(strings.Repeat("?, ", n), ", ") + ")" }

func anys[T any](in []T) []any {
	out := make([]any, len(in))
	for i, v := range in {
		out[i] = v
	}
	return out
}
