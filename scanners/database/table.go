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
	look, err := f.rows(ctx, db, t)
	if err != nil {
		return err
	}
	if n, ok := look.Rows.Get(); ok {
		a.Settings = t.settings(probity.Known(n, f.from))
	}
	look.onto(&a, f.from)
	return f.give(a)
}

// rows gives what a sample of a table's rows holds, or what one did that an earlier scan took, if the file is the same since.
func (f *file) rows(ctx context.Context, db *conn, t listed) (Look, error) {
	r := &rowReader{db: db.Conn, table: t, tally: f.opts.Tally(), limit: cmp.Or(max(f.unit.Asks.Content.Rows, 0), rows)}
	store, stamp := f.stamp(t, r.limit)
	if known, ok := f.opts.recall(store, t.name, stamp); ok {
		return known, nil
	}
	err := f.timed(ctx, r)
	if ctx.Err() != nil {
		return Look{}, context.Cause(ctx)
	}
	look := Look{Labels: r.tally.Labels(), Rows: r.total, Gap: r.gap()}
	if f.opts.Now != nil {
		look.At = f.opts.Now()
	}
	look.Ages, look.Aged = sample.Ages(r.tally)
	for i := range look.Labels {
		look.Labels[i].Version = f.version
		look.Labels[i].Sample = probity.Sample{Unit: "rows", Read: r.rows, Total: r.total, Method: r.method}
	}
	switch {
	case err != nil:
		g := lost(err)
		look.Gap = &g
	case r.late != nil:
		look.Gap = r.late
	case f.wal != nil:
		look.Gap = cmp.Or(look.Gap, f.wal)
	default:
		f.opts.keep(store, t.name, stamp, look)
	}
	return look, nil
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
