package database

import (
	"cmp"
	"context"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
	"github.com/probity-scan/probity/scanners/sample"
)

const (
	cut      = 16 << 10 // characters of a value that are read
	huge     = 1 << 20  // bytes of a value beyond which it is not touched
	wide     = 200      // columns read by one statement
	blocks   = 20       // places of a large table that rows are taken from
	counting = 5 * time.Second
)

// table yields one table.
func (f *file) table(ctx context.Context, db *conn, t listed) error {
	a := probity.Asset{Ref: probity.Ref{ID: ref(f.unit).ID + "/" + t.name}, Name: t.name, Kind: kinds.SQLiteTable, Class: probity.Table,
		Scope: probity.Scope{Provider: "sqlite"}, Origin: f.from,
		Links: probity.Whole(f.from, probity.Link{Kind: probity.ContainedIn, To: ref(f.unit)})}
	a.Settings = t.settings(probity.Fact[int]{})
	if f.unit.Asks.Content == nil {
		a.Labels = probity.Open[probity.Label](probity.Gap{Reason: probity.NotCollected, Because: "content is not read", Needs: "a scan without --no-content"}, f.from)
		return f.give(a)
	}
	r := &rowReader{db: db.Conn, table: t, tally: f.opts.Tally(), limit: f.unit.Asks.Content.Rows}
	if r.limit <= 0 {
		r.limit = rows
	}
	err := f.timed(ctx, r)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if n, ok := r.total.Get(); ok {
		a.Settings = t.settings(probity.Known(n, f.from))
	}
	labels := r.tally.Labels()
	for i := range labels {
		f.sampled(&labels[i], r)
	}
	gap := r.gap()
	if err != nil {
		g := lost(err)
		gap = &g
	}
	if r.late != nil {
		gap = r.late
	}
	if gap == nil {
		gap = f.wal
	}
	a.Retention.Oldest = sample.Aged(r.tally, gap, f.from)
	a.Labels = probity.Whole(f.from, labels...)
	if gap != nil {
		a.Labels = probity.Open(*gap, f.from, labels...)
	}
	return f.give(a)
}

// timed reads a table for as long as it may be read. What it holds until then counts.
func (f *file) timed(ctx context.Context, r *rowReader) error {
	f.watch.Table()
	if r.late = f.watch.Over(); r.late != nil {
		r.method = first
		return nil
	}
	until, cancel := context.WithTimeout(ctx, f.watch.Left())
	defer cancel()
	err := r.read(until)
	if err != nil && ctx.Err() == nil && until.Err() != nil {
		r.late = cmp.Or(f.watch.Over(), &probity.Gap{Reason: probity.Timeout, Because: "it took too long"})
		return nil
	}
	return err
}

func (f *file) sampled(l *probity.Label, r *rowReader) {
	l.Origin, l.Version = f.from, f.version
	if f.opts.Now != nil {
		l.AsOf = f.opts.Now()
	}
	l.Sample = probity.Sample{Unit: "rows", Read: r.rows, Total: r.total, Method: r.method}
}
