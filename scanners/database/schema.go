package database

import (
	"context"
	"database/sql"
	"strings"
)

// listed is a table as the database lists it.
type listed struct {
	name    string
	columns []string
	rowid   string // the name of its row number; empty: it has none
}

func listTables(ctx context.Context, db *sql.Conn) ([]listed, error) {
	// Views hold nothing of their own, and shadow tables what their virtual table shows.
	found, err := db.QueryContext(ctx, `SELECT name, type = 'table' AND wr = 0 FROM pragma_table_list
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
		if err := found.Scan(&t.name, &has); err != nil {
			return nil, err
		}
		out, numbered = append(out, t), append(numbered, has)
	}
	if err := found.Err(); err != nil {
		return nil, err
	}
	for i := range out {
		if out[i].columns, err = listColumns(ctx, db, out[i].name); err != nil {
			return nil, err
		}
		if numbered[i] {
			out[i].rowid = rowid(out[i].columns)
		}
	}
	return out, nil
}

// listColumns leaves out what is hidden or computed.
func listColumns(ctx context.Context, db *sql.Conn, table string) ([]string, error) {
	found, err := db.QueryContext(ctx, `SELECT name FROM pragma_table_xinfo(?) WHERE hidden IN (0, 3) ORDER BY cid`, table)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var out []string
	for found.Next() {
		var name string
		if err := found.Scan(&name); err != nil {
			return nil, err
		}
		out = append(out, name)
	}
	return out, found.Err()
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
