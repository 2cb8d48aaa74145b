// Package history is the product's one database: scans, what they found as intervals, and the life of each finding, on SQLite in a
// folder or on PostgreSQL. It is the only package that knows the database.
//
// A scan is taken in under the next version. Rows hold from one version to another, and readers see those of published versions
// alone: what is being taken in shows at once, when it is whole, or never. An unchanged scan writes nothing for its outcomes.
package history

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/probity-scan/probity"
)

// Options are what a store needs besides its place. Now is required.
type Options struct {
	Now   func() time.Time
	Names func(probity.Asset) []string // under which an asset is looked up later; nil: its ID and aliases
	Say   func(line string)            // what a person should know: a backup that was made; nil: nobody asks
}

// ErrNewer means that a newer Probity wrote the database.
var ErrNewer = errors.New("a newer probity has written it: use that one")

// ErrUnknown means that there is no scan or finding of that name.
var ErrUnknown = errors.New("there is none in the history")

// ErrThere means that a scan of that series and time is there already.
var ErrThere = errors.New("it is there already")

// ErrBusy means that another scan of the series runs.
var ErrBusy = errors.New("another scan of its series runs")

// Store is the history.
type Store struct {
	write   *sql.DB
	read    *sql.DB
	pool    *pgxpool.Pool // of PostgreSQL
	dialect dialect
	o       Options
	corpora corpora
	gists   gists
	taking  chan struct{} // held by the one scan that is being taken in by this process
}

// Conn is what statements are run by: a database, or a transaction of somebody else's.
type Conn interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// DB is the database that writes go to, for those who keep tables of their own beside the history's. Of SQLite it has one
// connection, and each transaction is immediate.
func (s *Store) DB() *sql.DB { return s.write }

// Pool is PostgreSQL's, on which DB rests too; nil of SQLite.
func (s *Store) Pool() *pgxpool.Pool { return s.pool }

// Close ends all connections.
func (s *Store) Close() error {
	err := s.write.Close()
	if s.read != s.write {
		err = errors.Join(err, s.read.Close())
	}
	if s.pool != nil {
		s.pool.Close()
	}
	return err
}

// within runs statements in one transaction.
func (s *Store) within(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return failed(err)
	}
	if err := do(tx); err != nil {
		_ = tx.Rollback()
		return err
	}
	if err := tx.Commit(); err != nil {
		return failed(err)
	}
	return nil
}

// published is the newest version that readers may see; 0: none.
func (s *Store) published(ctx context.Context) (v int64, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT COALESCE(MAX(version), 0) FROM scan WHERE published = 1").Scan(&v)
	return v, failed(err)
}

// failed names the history in an error, and keeps nil.
func failed(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return ErrUnknown
	}
	return &lost{err}
}

// lost is an error of the database. Its text tells no address: that of PostgreSQL may hold a password, and is nobody's business.
type lost struct{ err error }

func (e *lost) Error() string {
	var said *pgconn.PgError
	var connecting *pgconn.ConnectError
	var op *net.OpError
	if errors.As(e.err, &said) || errors.As(e.err, &connecting) || errors.As(e.err, &op) {
		return "history: " + reachable(e.err)
	}
	return "history: " + e.err.Error()
}

func (e *lost) Unwrap() error { return e.err }

// q is a statement as the dialect writes it.
func (s *Store) q(query string) string { return s.dialect.places(query) }

// each runs a query and hands over row after row.
func (s *Store) each(ctx context.Context, c Conn, query string, args []any, row func(scan func(...any) error) error) error {
	rows, err := c.QueryContext(ctx, s.q(query), args...)
	if err != nil {
		return failed(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return failed(err)
		}
	}
	return failed(rows.Err())
}

// legible refuses texts that PostgreSQL holds nowhere, or that are too long for a pattern of SQLite, so that both answer alike, and
// nobody takes that for a database that does not answer.
func legible(args []any) error {
	for _, a := range args {
		text, ok := a.(string)
		switch {
		case ok && len(text) > 20_000:
			return errors.New("a text that is asked for is longer than 20,000 bytes")
		case ok && (!utf8.ValidString(text) || strings.Contains(text, "\x00")):
			return errors.New("a text that is asked for is none: it has to be UTF-8, without NUL")
		}
	}
	return nil
}
