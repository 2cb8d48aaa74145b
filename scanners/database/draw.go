package database

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/visits"
)

// draw reads some rows of a server's table.
type draw struct {
	*session
	table  held
	fresh  func() Tally
	tally  Tally
	limit  int
	left   int64         // bytes that may be read
	watch  *visits.Watch // no statement is begun when the time is over
	late   *probity.Gap  // it was over before all was read
	rows   int
	bytes  int64
	total  probity.Fact[int]
	method string
	short  int    // values read in part or not at all for their length
	blocks int    // that rows were in, where blocks were drawn
	least  int    // rows, or blocks, of the columns that were read from the fewest
	chance string // what it did before the first rows were taken in its place
}

const draws = 3 // of rows, until there are some

// gap is why the labels are not all there is.
func (d *draw) gap() *probity.Gap {
	switch {
	case d.table.gap != nil:
		return d.table.gap
	case d.bytes >= d.left:
		return spent()
	case d.late != nil:
		return d.late
	case d.method != whole:
		return &probity.Gap{Reason: probity.Sampled, Because: d.chance + d.sampled(), Needs: "a larger --rows"}
	case d.short > 0:
		return &probity.Gap{Reason: probity.Sampled, Because: fmt.Sprintf("long values read in part: %d", d.short)}
	case d.table.binary > 0:
		return &probity.Gap{Reason: probity.NotCollected, Because: fmt.Sprintf("columns whose values are no text: %d", d.table.binary)}
	}
	return nil
}

var errMore = errors.New("the server sends more rows than it was asked for")

var errSpent = errors.New("the bytes that may be read are used up")

// spent is the gap of what no bytes were left for.
func spent() *probity.Gap {
	return &probity.Gap{Reason: probity.Sampled, Because: "the budget of bytes is used up", Needs: "a larger --sample-bytes"}
}

// read takes all of a small table, and some rows of a large one.
func (d *draw) read(ctx context.Context) error {
	d.restart()
	d.total, d.chance, d.method = probity.Missing[int](probity.Gap{Reason: probity.Sampled, Because: "rows were not counted"}, nil), "", first
	head := fmt.Sprintf(" FROM %s LIMIT %d", d.from(), d.limit)
	small := d.table.about <= int64(d.limit)
	if small {
		if err := d.take(ctx, head); err != nil || d.rows < d.limit || d.bytes >= d.left || d.late != nil {
			return d.all(err)
		}
	}
	var n int
	if err := d.one(ctx, fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM %s LIMIT %d) AS part", d.from(), d.limit+1), &n); err != nil {
		return err
	}
	switch {
	case n > d.limit:
		return d.some(ctx, head)
	case small:
		return d.all(nil)
	}
	return d.all(d.take(ctx, head))
}

// restart forgets what was taken, but for the bytes that it cost.
func (d *draw) restart() { d.tally, d.rows, d.short, d.late = d.fresh(), 0, 0, nil }

// all marks that every row was read, unless something kept from it.
func (d *draw) all(err error) error {
	if err == nil && d.bytes < d.left && d.late == nil {
		d.method, d.total = whole, probity.Known(d.rows, nil)
	}
	return err
}

// some draws rows. Chance may draw none where the server's estimate is old: then more is drawn from, and in the end the first rows are
// all there is. So it is where drawing from a large table takes too long.
func (d *draw) some(ctx context.Context, head string) error {
	had := d.rows > 0 // the first ones, already
	for widened := range draws {
		ends, method, err := d.draws(ctx, d.session, d.table, d.limit, widened)
		if err == nil && len(ends) > 0 {
			d.restart()
			d.method, had = method, false
			if err = d.take(ctx, ends...); d.rows > 0 {
				if d.rows >= d.limit || d.bytes >= d.left || d.late != nil {
					d.method = spread // it was cut off
				}
				return err
			}
		}
		if err != nil && (ctx.Err() != nil || d.lost(err, d.table.shown).Reason != probity.Timeout) {
			return err
		}
		if err != nil || len(ends) == 0 || d.late != nil {
			break
		}
		d.chance = fmt.Sprintf("chance drew nothing %d times, and ", widened+1)
	}
	d.method = first
	if had {
		return nil
	}
	return d.take(ctx, head)
}

func (d *draw) from() string { return d.quote(d.table.name...) }

// take reads rows, some columns at a time.
func (d *draw) take(ctx context.Context, ends ...string) error {
	most := 0
	d.least = math.MaxInt
	defer func() { d.rows = max(most, d.rows) }()
	for at := 0; at < len(d.table.columns); at += wide {
		d.rows, d.blocks = 0, 0
		cols := d.table.columns[at:min(at+wide, len(d.table.columns))]
		cells := make([]string, len(cols), len(cols)+1)
		adds := make([]func([]byte), len(cols))
		for i, c := range cols {
			cells[i], adds[i] = d.cell(c), d.tally.Column(c.name, c.name)
		}
		if d.method == drawn {
			cells = append(cells, blockOf)
		}
		for _, end := range ends {
			if d.late = cmp.Or(d.late, d.watch.Over()); d.late != nil || d.rows >= d.limit || d.bytes >= d.left {
				break
			}
			if err := d.session.read(ctx, "SELECT "+strings.Join(cells, ", ")+end, d.row(adds)); err != nil && !errors.Is(err, errSpent) {
				return err
			}
		}
		most = max(most, d.rows)
		if d.method == drawn {
			d.least = min(d.least, d.blocks)
		} else {
			d.least = min(d.least, d.rows)
		}
	}
	return nil
}

// row adds the cells of one row.
func (d *draw) row(adds []func([]byte)) func(*sql.Rows) error {
	values, sizes, into := make([]sql.RawBytes, len(adds)), make([]sql.NullInt64, len(adds)), make([]any, 0, 2*len(adds)+1)
	for i := range adds {
		into = append(into, &values[i], &sizes[i])
	}
	block, last := int64(0), int64(-1)
	if d.method == drawn {
		into = append(into, &block)
	}
	return func(r *sql.Rows) error {
		if err := r.Scan(into...); err != nil {
			return err
		}
		if d.rows++; d.rows > d.limit {
			return errMore
		}
		if block != last { // they come one after another
			last = block
			d.blocks++
		}
		for i, add := range adds {
			v := values[i]
			if v == nil {
				if sizes[i].Int64 > huge {
					d.short++
				}
				continue
			}
			if utf8.RuneCount(v) >= cut {
				d.short++
			}
			d.bytes += int64(len(v))
			add(v)
		}
		if d.bytes >= d.left {
			return errSpent
		}
		return nil
	}
}
