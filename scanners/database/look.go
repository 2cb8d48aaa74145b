package database

import (
	"cmp"
	"context"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/sample"
)

// rows gives what a sample of a table's rows holds, or what one did that an earlier scan took, if nothing was written since.
func (v *visit) rows(ctx context.Context, s *session, l Login, t held, read *probity.Read) (Look, error) {
	limit := cmp.Or(max(v.Content.Rows, 0), rows)
	stamp := t.stamp(limit)
	if known, ok := v.opts.recall(l.key(), t.shown, stamp); ok {
		read.Unchanged++
		return known, nil
	}
	v.watch.Table()
	d := &draw{session: s, watch: v.watch, table: t, fresh: v.opts.Tally, limit: limit, left: v.left()}
	err := d.again(ctx, func() error { return d.read(ctx) })
	read.Objects, read.Bytes, v.bytes = read.Objects+d.rows, read.Bytes+d.bytes, v.bytes+d.bytes
	if ctx.Err() != nil {
		return Look{}, context.Cause(ctx)
	}
	look := d.look(v.Now)
	if err != nil {
		g := v.engine.lost(err, "table "+t.shown)
		look.Gap = &g
	}
	if err == nil && d.late == nil && d.bytes < d.left { // what was cut off is no look at it
		v.opts.keep(l.key(), t.shown, stamp, look)
	}
	return look, nil
}

// look is what was read of a table.
func (d *draw) look(now time.Time) Look {
	spoken := d.table.comment(d.tally)
	l := Look{At: now, Labels: d.tally.Labels(), Rows: d.total, Gap: d.gap()}
	for i := range l.Labels {
		x := &l.Labels[i]
		if x.Version = d.table.seen(); spoken[x.On] {
			x.Sample = probity.Sample{Unit: "comments", Read: 1, Total: probity.Known(1, nil), Method: whole}
			continue
		}
		x.Sample = probity.Sample{Unit: "rows", Read: d.rows, Total: d.total, Method: d.method, Frame: d.frame(*x)}
	}
	l.Ages, l.Aged = sample.Ages(d.tally)
	return l
}
