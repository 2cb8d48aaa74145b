package database

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"unique"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	told  = 1000   // characters of a comment that are read
	named = 10_000 // views of a database that are named
)

// comment is what somebody wrote on a column, or on the table where that has no name. It may hold anything, and goes to detectors alone.
type comment struct{ column, text string }

// column lists one. Tables have columns of the same names and types, which stand in memory once.
func (t *held) column(name, kind, text string) {
	t.listed = append(t.listed, kinds.ListedColumn{Name: unique.Make(name).Value(), Type: unique.Make(kind).Value(), Commented: text != ""})
	if text != "" {
		t.comments = append(t.comments, comment{name, text})
	}
}

// inventory is what the catalogue told of a table.
func (t *held) inventory(rows probity.Fact[int]) kinds.Listed {
	from := &probity.Origin{Query: "the catalogue"}
	out := kinds.Listed{Rows: rows, Schema: probity.Known(t.schema, from), Form: probity.Known(t.form, from), Columns: probity.Whole(from, t.listed...)}
	count := func(n int64) probity.Fact[int] {
		if n < 0 {
			return probity.Missing[int](probity.Gap{Reason: probity.NotCollected, Because: "it was not counted, or the database does not tell"}, from)
		}
		return probity.Known(int(n), from)
	}
	out.Estimate, out.Bytes = count(t.estimate), count(t.size)
	return out
}

// remark keeps what is written on the table itself.
func (t *held) remark(text string) {
	if text != "" {
		t.comments = append(t.comments, comment{"", text})
	}
}

// stated is what the remark on the table says of how long its rows may stay.
func (t *held) stated() probity.Fact[probity.Optional[int]] {
	said := ""
	for _, c := range t.comments {
		if c.column == "" {
			said = c.text
		}
	}
	return kinds.StatedIn(said, &probity.Origin{Query: "the catalogue's comment on the table"})
}

// comment has the comments on columns and the table looked at, each as a place of its own; these are the places.
func (t *held) comment(tally Tally) map[string]bool {
	places := make(map[string]bool, len(t.comments))
	for _, c := range t.comments {
		on := strings.TrimSpace(c.column + " (comment)")
		places[on] = true
		tally.Column(on, "")([]byte(c.text))
	}
	return places
}

// views are the names of those of the session's database.
func (s *session) views(ctx context.Context) probity.List[string] {
	query, gap := s.viewed(ctx, s)
	var names []string
	err := s.read(ctx, fmt.Sprintf("%s LIMIT %d", query, named+1), func(r *sql.Rows) error {
		var name string
		err := r.Scan(&name)
		names = append(names, name)
		return err
	})
	from := &probity.Origin{Query: "names of views in the catalogue"}
	if err != nil {
		return probity.Open[string](s.lost(err, "the catalogue"), from)
	}
	return viewsOf(names, gap, from)
}

// viewsOf are some names, one more than are told where there are others.
func viewsOf(names []string, gap *probity.Gap, from *probity.Origin) probity.List[string] {
	switch {
	case len(names) > named:
		return probity.Open(probity.Gap{Reason: probity.Sampled, Because: fmt.Sprintf("the first %d views are named", named)}, from, names[:named]...)
	case gap != nil:
		return probity.Open(*gap, from, names...)
	}
	return probity.Whole(from, names...)
}

func (postgresEngine) viewed(context.Context, *session) (string, *probity.Gap) {
	return `SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind = 'v' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_internal') AND n.nspname NOT LIKE 'pg_temp%' ORDER BY 1`, nil
}

// viewed: MySQL names none that the user may not see.
func (e *mysqlEngine) viewed(ctx context.Context, s *session) (query string, gap *probity.Gap) {
	if !e.may(ctx, s, s.name) {
		gap = denied("SELECT on " + s.name + ".*")
	}
	return "SELECT table_name FROM information_schema.tables WHERE table_type = 'VIEW' AND table_schema = " + text(s.name) + " ORDER BY table_name", gap
}
