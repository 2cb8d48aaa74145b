// Package database scans databases: one asset for the database and one for each table, with labels on its columns from a
// sample of rows. SQLite files are opened; servers of PostgreSQL, MySQL, MariaDB and Redshift are asked over one connection.
package database

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/visits"
)

// Tally counts the personal data of one table.
type Tally interface {
	// Column gives what takes the cells of a column.
	Column(on, name string) (add func(cell []byte))
	Labels() []probity.Label
}

// Options wire the scanner. Tally is needed.
type Options struct {
	Tally  func() Tally
	Now    func() time.Time // nil: labels bear no date
	Memory Memory           // nil: every table is read
	Clock  func() time.Time // that reading is timed by; nil: the machine's
	Stall  time.Duration    // after which a server is left that does not end a statement itself; 0: a minute
}

// SQLite implements [probity.Scanner] for SQLite files.
type SQLite struct{ opts Options }

// New is the scanner with its options.
func New(o Options) *SQLite { return &SQLite{o} }

const rows = 1000 // of one table, when nothing else is asked

// Scan implements [probity.Scanner].
func (s *SQLite) Scan(ctx context.Context, u probity.Unit) iter.Seq2[probity.Found, error] {
	return func(yield func(probity.Found, error) bool) {
		f := &file{unit: u, opts: s.opts, yield: yield, from: &probity.Origin{File: place(u)}}
		if err := f.scan(ctx); err != nil && !errors.Is(err, visits.ErrStop) {
			yield(nil, err)
		}
	}
}
