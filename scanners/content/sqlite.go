package content

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
	"modernc.org/sqlite/vfs"

	"github.com/probity-scan/probity"
)

const (
	sqliteMark   = "SQLite format 3\x00"
	sqliteSchema = 8 << 20 // bytes fetched to learn what tables there are
)

// database reads the tables of a SQLite file, round by round: each gets an equal share of what is left of the budget, until all
// are read or nothing is left. Nothing of the file is run: no view, trigger, virtual table or computed column.
type database struct {
	*nested
	cell
	from   *ranged
	pages  *pagedFile
	db     *sql.Conn
	left   int64
	losses int
	first  *probity.Gap // of those
	odd    bool         // some values are no text
	cut    int          // tables not read to their end
}

// tableRead is a table under way.
type tableRead struct {
	name   string
	cols   []*Column
	rows   *sql.Rows
	values []any
	into   []any
}

func (p *parser) sqlite() error {
	if string(p.in.peek(len(sqliteMark))) != sqliteMark {
		p.rep.Gap = &probity.Gap{Reason: probity.Unreadable, Because: "the header is not SQLite's: no database, or encrypted as a whole (SQLCipher)"}
		return nil
	}
	from := p.ranged("SQLite database")
	if from == nil {
		return nil
	}
	d := &database{nested: p.nested(), cell: cell{max: p.opts.Cell, out: p.each}, from: from, left: p.opts.Bytes}
	d.pages = &pagedFile{of: from, budget: sqliteSchema}
	err := d.opened(d.read)
	if p.ctx.Err() != nil {
		return p.ctx.Err()
	}
	var bad *sqlite.Error
	switch {
	case d.pages.budget < 0:
		p.rep.Gap = &probity.Gap{Reason: probity.Unreadable, Because: "SQLite database whose schema takes more than 8 MiB"}
		return nil
	case errors.As(err, &bad):
		d.lost("", bad)
	case err != nil:
		return err
	}
	p.rep.Gap = d.gap()
	return nil
}

// opened runs f while the database is open.
func (d *database) opened(f func() error) error {
	name, registered, err := vfs.New(d.pages)
	if err != nil {
		return fmt.Errorf("registering a SQLite file system: %w", err)
	}
	defer func() { _ = registered.Close() }() // it is not in use any more
	pool, err := sql.Open("sqlite", "file:"+sqliteName+"?mode=ro&immutable=1&vfs="+name+
		"&_pragma=query_only(1)&_pragma=trusted_schema(0)&_pragma=cell_size_check(1)&_pragma=mmap_size(0)&_pragma=temp_store(2)&_pragma=cache_size(-1024)")
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }() // nothing was written
	if d.db, err = pool.Conn(d.ctx); err != nil {
		return err
	}
	defer func() { _ = d.db.Close() }()
	for limit, n := range map[int]int{lib.SQLITE_LIMIT_ATTACHED: 0, lib.SQLITE_LIMIT_LENGTH: longest, lib.SQLITE_LIMIT_SQL_LENGTH: 1 << 20,
		lib.SQLITE_LIMIT_EXPR_DEPTH: 100, lib.SQLITE_LIMIT_VDBE_OP: 1 << 20} {
		if _, err := sqlite.Limit(d.db, limit, n); err != nil {
			return err
		}
	}
	return f()
}

func (d *database) read() error {
	names, err := d.names(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow') AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`)
	if err != nil {
		return err
	}
	if len(names) > d.opts.Columns {
		d.cut += len(names) - d.opts.Columns
		names = names[:d.opts.Columns]
	}
	d.pages.budget = math.MaxInt64 // from here on what is fetched counts
	var open []*tableRead
	for _, name := range names {
		t, err := d.table(name)
		if err != nil {
			if err := d.failed(name, err); err != nil {
				return err
			}
			continue
		}
		open = append(open, t)
	}
	return d.rounds(open)
}

// rounds reads on in each table, until those that are left cannot.
func (d *database) rounds(open []*tableRead) error {
	defer func() {
		for _, t := range open {
			_ = t.rows.Close() // only read
		}
	}()
	for len(open) > 0 {
		var again []*tableRead
		for i, t := range open {
			more, err := d.some(t, d.left/int64(len(open)-i))
			if err == nil && more {
				again = append(again, t)
				continue
			}
			_ = t.rows.Close() // read to its end, or lost
			if err != nil {
				if err := d.failed(t.name, err); err != nil {
					return err
				}
			}
		}
		open = again
		if d.left <= 0 || d.from.err != nil {
			d.cut += len(open)
			return nil
		}
	}
	return nil
}

// table begins to read one.
func (d *database) table(name string) (*tableRead, error) {
	columns, err := d.names(`SELECT name FROM pragma_table_xinfo(?) WHERE hidden IN (0, 3) ORDER BY cid`, name)
	if err != nil {
		return nil, err
	}
	t := &tableRead{name: name}
	var list []string
	for i, c := range columns {
		col := unnamed(i)
		if isName([]byte(c)) {
			col.Path, col.Name = c, c
		}
		at := name
		if !isName([]byte(name)) {
			at = "*"
		}
		t.cols = append(t.cols, d.place(at+":"+col.Path, col.Name))
		list = append(list, "+"+quotedName(c)) // so that no value is made of what its column declares
	}
	t.values, t.into = make([]any, len(list)), make([]any, len(list))
	for i := range t.values {
		t.into[i] = &t.values[i]
	}
	rows, err := d.db.QueryContext(d.ctx, "SELECT "+strings.Join(list, ", ")+" FROM main."+quotedName(name)+" NOT INDEXED")
	if err != nil {
		return nil, err
	}
	t.rows = rows
	return t, rows.Err()
}

func quotedName(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// some reads rows for so many bytes; more is false at the end of the table.
func (d *database) some(t *tableRead, share int64) (more bool, err error) {
	for used := int64(0); used < max(share, 1); {
		if !t.rows.Next() {
			return false, t.rows.Err()
		}
		if err := t.rows.Scan(t.into...); err != nil {
			return false, err
		}
		d.rep.Records++
		n := int64(8)
		for i, v := range t.values {
			b := d.bytes(v)
			n += int64(len(b))
			if err := d.end(t.cols[i], b); err != nil {
				return false, errOwn{err}
			}
		}
		used += n
		d.left -= n
	}
	return true, nil
}

// errOwn is an error of who takes the cells.
type errOwn struct{ error }

func (e errOwn) Unwrap() error { return e.error }

// bytes is a value as text; nothing where it is none.
func (d *database) bytes(v any) []byte {
	switch v := v.(type) {
	case string:
		return []byte(strings.ToValidUTF8(v, "\ufffd"))
	case []byte:
		if utf8.Valid(v) && strings.IndexByte(string(v), 0) < 0 {
			return v
		}
		d.odd = true
	case int64:
		return strconv.AppendInt(nil, v, 10)
	case float64:
		return strconv.AppendFloat(nil, v, 'f', -1, 64)
	case time.Time:
		return v.AppendFormat(nil, time.RFC3339)
	}
	return nil
}

func (d *database) names(query string, args ...any) ([]string, error) {
	found, err := d.db.QueryContext(d.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = found.Close() }() // only read
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

// failed notes that a table is lost; an error that is not SQLite's ends the reading.
func (d *database) failed(table string, err error) error {
	var own errOwn
	var bad *sqlite.Error
	switch {
	case d.ctx.Err() != nil:
		return context.Cause(d.ctx)
	case errors.As(err, &own):
		return own.error
	case d.from.err != nil || d.pages.budget < 0:
		d.cut++
		return nil
	case errors.As(err, &bad):
		d.lost(table, bad)
		return nil
	}
	return err
}

func (d *database) lost(table string, err *sqlite.Error) {
	if d.losses++; d.losses > 1 {
		return
	}
	g := &probity.Gap{Reason: probity.Unreadable, Because: "SQLite database is damaged"}
	switch err.Code() & 0xff {
	case lib.SQLITE_TOOBIG:
		g.Because = "a value is longer than 16 MiB"
	case lib.SQLITE_ERROR:
		g.Because = "a feature of SQLite's that is not read"
	}
	if table != "" {
		g.Because = "table " + entryName(table) + ": " + g.Because
	}
	d.first = g
}

// gap says what was not read.
func (d *database) gap() *probity.Gap {
	switch {
	case d.losses > 1:
		d.first.Because += fmt.Sprintf(", and %d more tables", d.losses-1)
		return d.first
	case d.losses > 0:
		return d.first
	case d.from.err != nil && !errors.Is(d.from.err, errBudget):
		return d.from.unopened("SQLite database")
	case d.cut > 0:
		return &probity.Gap{Reason: probity.Sampled, Because: fmt.Sprintf("%d rows; not all of %d tables", d.rep.Records, d.cut), Needs: "a larger --bytes"}
	case d.pages.logged:
		return &probity.Gap{Reason: probity.NotCollected, Because: "the newest changes may stand in a write-ahead log beside the database"}
	case d.odd:
		return &probity.Gap{Reason: probity.NotCollected, Because: "values that are no text"}
	}
	return nil
}
