package database

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// listed is a table as the database lists it.
type listed struct {
	name    string
	form    kinds.Form
	columns []string
	types   []string // of the columns, as they were declared
	rowid   string   // the name of its row number; empty: it has none
}

// settings are what is told of a table beside its content. SQLite keeps no comments, and no sizes that are cheap to ask for.
func (t listed) settings(rows probity.Fact[int]) probity.Settings {
	h := held{form: t.form, schema: "main", estimate: -1, size: -1}
	for i, c := range t.columns {
		h.column(c, t.types[i], "")
	}
	return probity.SettingsOf(h.inventory(rows))
}

func listTables(ctx context.Context, db *sql.Conn) ([]listed, error) {
	// Views hold nothing of their own, and shadow tables what their virtual table shows.
	found, err := db.QueryContext(ctx, `SELECT name, CASE type WHEN 'table' THEN 'table' ELSE 'virtual table' END, type = 'table' AND wr = 0 FROM pragma_table_list
		WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var out []listed
	var numbered []bool
	for found.Next() {
		var t listed
		var has bool
		if err := found.Scan(&t.name, &t.form, &has); err != nil {
			return nil, err
		}
		out, numbered = append(out, t), append(numbered, has)
	}
	if err := found.Err(); err != nil {
		return nil, err
	}
	for i := range out {
		if out[i].columns, out[i].types, err = listColumns(ctx, db, out[i].name); err != nil {
			return nil, err
		}
		if numbered[i] {
			out[i].rowid = rowid(out[i].columns)
		}
	}
	return out, nil
}

// listColumns leaves out what is hidden or computed.
func listColumns(ctx context.Context, db *sql.Conn, table string) (names, types []string, err error) {
	found, err := db.QueryContext(ctx, `SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden IN (0, 3) ORDER BY cid`, table)
	if err != nil {
		return nil, nil, err
	}
	defer found.Close()
	for found.Next() {
		var name, kind string
		if err := found.Scan(&name, &kind); err != nil {
			return nil, nil, err
		}
		names, types = append(names, name), append(types, kind)
	}
	return names, types, found.Err()
}

// listViews names those of the file.
func listViews(ctx context.Context, db *sql.Conn) ([]string, error) {
	var names []string
	err := rowsOf(ctx, db, fmt.Sprintf("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name LIMIT %d", named+1), func(r *sql.Rows) error {
		var name string
		err := r.Scan(&name)
		names = append(names, name)
		return err
	})
	return names, err
}

// rowid is a name of the row number that no column hides.
func rowid(columns []string) string {
	for _, name := range []string{"_rowid_", "rowid", "oid"} {
		hidden := false
		for _, c := range columns {
			hidden = hidden || strings.EqualFold(c, name)
		}
		if !hidden {
			return name
		}
	}
	return ""
}
