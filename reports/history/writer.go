package history

import (
	"context"
	"database/sql"
	"strings"
)

// writer gathers rows and writes them in short transactions, so that nobody else who writes waits long.
type writer struct {
	s       *Store
	version int64
	series  int64
	tables  []*batch // in the order in which they are written
	ends    []ending
	lost    []int64 // assets whose span goes on as not seen
	pending int
	bytes   int
}

// batch is rows of one table.
type batch struct {
	table   string
	columns string
	n       int // of columns
	values  []any
}

// ending is a statement that closes intervals.
type ending struct {
	query string
	args  []any
}

// How much is written in one transaction: some tens of milliseconds.
const (
	chunkRows  = 4000
	chunkBytes = 4 << 20
	rowValues  = 12000 // of one statement; SQLite takes 32,766, PostgreSQL 65,535
)

func (s *Store) newWriter(version, series int64) *writer {
	return &writer{s: s, version: version, series: series}
}

// add notes a row for a table.
func (w *writer) add(table, columns string, values ...any) {
	b := w.batch(table, columns, len(values))
	b.values = append(b.values, values...)
	w.pending++
	for _, v := range values {
		if raw, ok := v.([]byte); ok {
			w.bytes += len(raw)
		}
	}
}

func (w *writer) batch(table, columns string, n int) *batch {
	for _, b := range w.tables {
		if b.table == table {
			return b
		}
	}
	b := &batch{table: table, columns: columns, n: n}
	w.tables = append(w.tables, b)
	return b
}

// end closes intervals; the query's places are the version and args.
func (w *writer) end(query string, args ...any) {
	w.run(query, append([]any{w.version}, args...)...)
}

// run notes a statement that is run before rows are added.
func (w *writer) run(query string, args ...any) {
	w.ends = append(w.ends, ending{query, args})
	w.pending++
}

// lose lets the spans of assets go on as not seen.
func (w *writer) lose(asset int64) { w.lost, w.pending = append(w.lost, asset), w.pending+2 }

func (w *writer) full() bool { return w.pending >= chunkRows || w.bytes >= chunkBytes }

// flushIf writes what is gathered once it is enough for a transaction.
func (w *writer) flushIf(ctx context.Context) error {
	if !w.full() {
		return nil
	}
	return w.flush(ctx)
}

func (w *writer) flush(ctx context.Context) error {
	if w.pending == 0 {
		return nil
	}
	err := w.s.within(ctx, func(tx *sql.Tx) error {
		if err := w.unseen(ctx, tx); err != nil {
			return err
		}
		if err := w.close(ctx, tx); err != nil {
			return err
		}
		for _, b := range w.tables {
			if err := w.insert(ctx, tx, b); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, b := range w.tables {
		b.values = b.values[:0]
	}
	w.ends, w.lost, w.pending, w.bytes = w.ends[:0], w.lost[:0], 0, 0
	return nil
}

// unseen copies open spans as not seen, and ends them.
func (w *writer) unseen(ctx context.Context, tx *sql.Tx) error {
	for at := 0; at < len(w.lost); at += 500 {
		some := w.lost[at:min(at+500, len(w.lost))]
		in := several(len(some))
		args := append([]any{w.version, w.series}, anys(some)...)
		if err := w.s.exec(ctx, tx, `INSERT INTO span (series, asset, since, seen, facts, labels, outcomes, looked, held, body, verdicts)
			SELECT series, asset, CAST(? AS BIGINT), 0, facts, labels, outcomes, looked, held, body, verdicts FROM span WHERE until IS NULL AND series = ? AND asset IN `+in, args...); err != nil {
			return err
		}
		if err := w.s.exec(ctx, tx, `INSERT INTO glance (asset, series, since, seen, cohort, tagging, profile, content)
			SELECT asset, series, CAST(? AS BIGINT), 0, cohort, tagging, profile, content FROM glance WHERE until IS NULL AND series = ? AND asset IN `+in, args...); err != nil {
			return err
		}
		args = append([]any{w.version, w.series, w.version}, anys(some)...)
		if err := w.s.exec(ctx, tx, "UPDATE glance SET until = ? WHERE until IS NULL AND series = ? AND since < ? AND asset IN "+in, args...); err != nil {
			return err
		}
		if err := w.s.exec(ctx, tx, "UPDATE span SET until = ? WHERE until IS NULL AND series = ? AND since < ? AND asset IN "+in, args...); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) close(ctx context.Context, tx *sql.Tx) error {
	made := map[string]*sql.Stmt{}
	defer func() {
		for _, st := range made {
			_ = st.Close()
		}
	}()
	for _, e := range w.ends {
		st := made[e.query]
		if st == nil {
			var err error
			if st, err = tx.PrepareContext(ctx, w.s.q(e.query)); err != nil {
				return failed(err)
			}
			made[e.query] = st
		}
		if _, err := st.ExecContext(ctx, e.args...); err != nil {
			return failed(err)
		}
	}
	return nil
}

func (w *writer) insert(ctx context.Context, tx *sql.Tx, b *batch) error {
	row := several(b.n)
	per := min(rowValues/b.n, 500) * b.n
	for at := 0; at < len(b.values); at += per {
		some := b.values[at:min(at+per, len(b.values))]
		query := "INSERT INTO " + b.table + " (" + b.columns + ") VALUES " + strings.TrimSuffix(strings.Repeat(row+", ", len(some)/b.n), ", ")
		if err := w.s.exec(ctx, tx, query, some...); err != nil {
			return err
		}
	}
	return nil
}
