package database

import (
	"fmt"
	"math"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/sample"
)

// How rows were taken, as samples say it. Only what was drawn by chance tells of the others.
const (
	whole  = "all"
	first  = "first"
	spread = "spread"
	random = "random" // each row alike
	drawn  = "blocks" // each block alike, with all rows in it
)

// aim is how many rows a draw by chance aims at: one that is cut off at the limit leaves out the last rows, and then chance did not
// decide alone. Blocks hold many rows each, so that their number varies more.
func aim(limit int, method string) float64 {
	if method == random {
		return max(float64(limit)-4*math.Sqrt(float64(limit)), 1)
	}
	return max(float64(limit)/2, 1)
}

// blockOf is the block that a row of PostgreSQL is in.
const blockOf = "(ctid::text::point)[0]::bigint"

// drawnFrom counts what was drawn, blocks or rows; nothing where chance did not decide alone or not all of it was read.
func (d *draw) drawnFrom() (unit string, units int) {
	switch {
	case d.short > 0:
		return "", 0
	case d.method == random:
		return "rows", d.least
	case d.method == drawn:
		return "blocks", d.least
	}
	return "", 0
}

// frame is what a label tells of the rows that were not read. No more blocks hold something than rows do.
func (d *draw) frame(l probity.Label) *probity.Frame {
	unit, n := d.drawnFrom()
	if n == 0 {
		return nil
	}
	found := min(l.Found, n)
	return &probity.Frame{Name: "the table", Unit: unit, Read: n, Found: found, Upper: sample.Bound(found, n, l.Recall)}
}

// sampled says how many rows were read, and what they tell of the others.
func (d *draw) sampled() string {
	unit, n := d.drawnFrom()
	if n == 0 {
		return fmt.Sprintf("%d rows were read", d.rows)
	}
	if unit == "blocks" {
		unit = fmt.Sprintf("blocks with %d rows", d.rows)
	}
	return fmt.Sprintf("%d %s drawn at random; with 95 %% confidence at most %.2g %% of them all hold what detectors find and none of those read does", n, unit, 100*sample.Upper(0, n))
}
