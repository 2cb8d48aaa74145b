package database

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/probity-scan/probity"
)

// rowReader reads some rows of a table.
type rowReader struct {
	db     *sql.Conn
	table  listed
	tally  Tally
	limit  int
	rows   int
	total  probity.Fact[int]
	method string
	short  int          // values read in part or not at all for their length
	binary int          // values that are no text
	late   *probity.Gap // the time was over before all was read
}

// gap is why the labels are not all there is.
func (r *rowReader) gap() *probity.Gap {
	switch {
	case r.method != whole:
		return &probity.Gap{Reason: probity.Sampled, Because: fmt.Sprintf("%d rows were read", r.rows)}
	case r.short > 0:
		return &probity.Gap{Reason: probity.Sampled, Because: fmt.Sprintf("long values read in part: %d", r.short)}
	case r.binary > 0:
		return &probity.Gap{Reason: probity.NotCollected, Because: fmt.Sprintf("values that are no text: %d", r.binary)}
	}
	return nil
}

func (r *rowReader) read(ctx context.Context) error {
	r.method = first
	r.total = r.count(ctx)
	if n, ok := r.total.Get(); ok && n <= r.limit {
		r.method = whole
	}
	for at := 0; at < len(r.table.columns); at += wide {
		r.rows = 0
		cols := r.table.columns[at:min(at+wide, len(r.table.columns))]
		if err := r.columns(ctx, cols); err != nil {
			r.method = first
			return err
		}
	}
	return nil
}

// count counts the rows, unless that takes too long.
func (r *rowReader) count(ctx context.Context) probity.Fact[int] {
	ctx, cancel := context.WithTimeout(ctx, counting)
	defer cancel()
	var n int
	if err := r.db.QueryRowContext(ctx, "SELECT count(*) FROM "+quoted(r.table.name)).Scan(&n); err != nil {
		return probity.Missing[int](probity.Gap{Reason: probity.Sampled, Because: "rows were not counted"}, nil)
	}
	return probity.Known(n, nil)
}

// columns reads the rows of some columns: all of them, the first ones, or blocks spread evenly over the row numbers.
func (r *rowReader) columns(ctx context.Context, cols []string) error {
	query := selection(cols) + " FROM " + quoted(r.table.name)
	if r.method == whole || r.table.rowid == "" {
		_, err := r.query(ctx, cols, query+" LIMIT ?", r.limit)
		return err
	}
	r.method = spread
	var low, high int64
	bounds := fmt.Sprintf("SELECT (SELECT min(%[1]s) FROM %[2]s), (SELECT max(%[1]s) FROM %[2]s)", r.table.rowid, quoted(r.table.name))
	if err := r.db.QueryRowContext(ctx, bounds).Scan(&low, &high); err != nil {
		return err
	}
	query += fmt.Sprintf(" WHERE %[1]s >= ? ORDER BY %[1]s LIMIT ?", r.table.rowid)
	each := max(r.limit/blocks, 1)
	step := (uint64(high) - uint64(low)) / blocks
	next := low
	for i := range min(blocks, r.limit) {
		start := max(next, int64(uint64(low)+step*uint64(i)))
		last, err := r.query(ctx, cols, query, start, each)
		if err != nil || last == nil || *last == high {
			return err
		}
		next = *last + 1
	}
	return nil
}

// query adds the cells of each row, and gives the last row's number.
func (r *rowReader) query(ctx context.Context, cols []string, query string, args ...any) (last *int64, err error) {
	query = strings.Replace(query, "SELECT ", "SELECT "+orNull(r.table.rowid)+", ", 1)
	found, err := r.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var number sql.NullInt64
	values := make([]any, 2*len(cols))
	into := []any{&number}
	adds := make([]func([]byte), len(cols))
	for i, c := range cols {
		adds[i] = r.tally.Column(c, c)
		into = append(into, &values[2*i], &values[2*i+1])
	}
	for found.Next() {
		if err := found.Scan(into...); err != nil {
			return nil, err
		}
		r.rows++
		last = &number.Int64
		for i, add := range adds {
			r.cell(add, values[2*i], values[2*i+1])
		}
	}
	return last, found.Err()
}

// cell adds one value; size is its length in bytes in the table.
func (r *rowReader) cell(add func([]byte), size, value any) {
	n, _ := size.(int64)
	switch v := value.(type) {
	case string:
		if n > int64(len(v)) {
			r.short++
		}
		add([]byte(v))
	case []byte:
		if !utf8.Valid(v) && n == int64(len(v)) || strings.IndexByte(string(v), 0) >= 0 {
			r.binary++
			return
		}
		if n > int64(len(v)) {
			r.short++
		}
		add(v)
	case nil:
		if n > 0 {
			r.short++
		}
	}
}

// selection gives length and beginning of each column. Lengths are known to SQLite without the value, so that a huge one is
// never built; substr makes text of numbers.
func selection(cols []string) string {
	var b strings.Builder
	b.WriteString("SELECT ")
	for i, c := range cols {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "octet_length(%[1]s), CASE WHEN octet_length(%[1]s) <= %[2]d THEN substr(%[1]s, 1, %[3]d) END", quoted(c), huge, cut)
	}
	return b.String()
}

func orNull(name string) string {
	if name == "" {
		return "NULL"
	}
	return name
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
