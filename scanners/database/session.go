package database

import (
	"cmp"
	"context"
	"database/sql"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	patience = 10 * time.Second // that a server gives a statement
	mostRows = 1_000_000        // of one answer
	stalled  = time.Minute      // after which a server that does not keep to that is left, unless told
	connects = 15 * time.Second // that it may take to let somebody in
)

// engine is what differs between servers.
type engine interface {
	// open prepares connections to a database; nothing is sent yet.
	open(ctx context.Context, l Login, database string) (*sql.DB, error)
	// limits are set for the session where a transaction cannot have its own. Each transaction begins as it says.
	limits(ctx context.Context, c *sql.Conn) (begin string, err error)
	about(ctx context.Context, s *session) (version string, tls probity.Fact[bool], err error)
	// guards are the settings of the server that guard the database, as its kind has them, and whether reads leave a trace.
	guards(ctx context.Context, s *session) (settings any, audit probity.Fact[bool])
	// original is the link from a replica to the server that it copies.
	original(ctx context.Context, s *session) probity.List[probity.Link]
	// readers gives who reads each table of a database, by the name that people write; nil where nobody looks.
	readers(ctx context.Context, s *session) (readers, error)
	databases(ctx context.Context, s *session) (names []string, gap *probity.Gap, err error)
	// tables lists some of those of a database, from one that was listed before on; next is where others follow, empty: nowhere. A gap
	// is why there may be others.
	tables(ctx context.Context, s *session, database, after string) (list []held, next string, gap *probity.Gap, err error)
	// draws are the ends of the statements that take rows from a large table: FROM and what follows. They draw from more each time
	// that nothing came of it. None: the engine has nothing better than the first rows.
	draws(ctx context.Context, s *session, t held, limit, widened int) (ends []string, method string, err error)
	// viewed is the query for the names of views; what may keep it from naming all of them is a gap.
	viewed(ctx context.Context, s *session) (query string, gap *probity.Gap)
	quote(name ...string) string
	// cell gives the beginning of a value as text, and its size in bytes.
	cell(c column) string
	lost(err error, what string) probity.Gap
	// unlucky reports whether a login that was refused may be let in the next time.
	unlucky(err error) bool
	// passing reports whether an error is one that another try may not meet, and whether it is the server's at all.
	passing(err error) (passing, server bool)
}

// held is a table as a server lists it.
type held struct {
	name    []string // of its schema and itself, or of itself
	shown   string   // the same as people write it
	columns []column // that can be read as text
	binary  int      // others, which are no text
	about   int64    // rows, as the server estimates; 0: it does not know
	gap     *probity.Gap
	version string // changes with the rows; empty: the server does not tell
	closed  bool   // nothing of it can be read, as the gap tells

	schema   string
	form     kinds.Form
	estimate int64 // rows, as the server tells; -1: it has not counted
	size     int64 // bytes; the same
	listed   []kinds.ListedColumn
	comments []comment // on columns

	rls, forced bool               // PostgreSQL: policies decide who sees which row, and bind the owner too
	encrypted   probity.Fact[bool] // MySQL: the server encrypts its file
	tenants     []string           // PostgreSQL: columns that tell whose row it is, where several share a table
	allowing    []string           // PostgreSQL: policies that let every row be seen
	published   []string           // PostgreSQL: publications that give away all of its columns
}

// column is one that a server lists.
type column struct {
	name string
	kind string // as the engine names it, where reading depends on it
}

// session is one connection. Each statement is a short transaction of its own that can only read: a long one would keep the
// server from cleaning up, and others from altering tables.
type session struct {
	engine
	pool  *sql.DB
	conn  *sql.Conn
	begin string // a transaction that can only read, within limits
	name  string // of the database
	login Login
	stall time.Duration
	gone  bool // the server lets nobody in any more
}

func connect(ctx context.Context, e engine, l Login, database string, stall time.Duration) (*session, error) {
	ctx, cancel := context.WithTimeout(ctx, connects)
	defer cancel()
	pool, err := e.open(ctx, l, database)
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	s := &session{engine: e, pool: pool, name: database, login: l, stall: cmp.Or(stall, stalled)}
	if s.conn, err = pool.Conn(ctx); err != nil && e.unlucky(err) {
		s.conn, err = pool.Conn(ctx)
	}
	if err != nil {
		pool.Close()
		return nil, err
	}
	if s.begin, err = e.limits(ctx, s.conn); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// close has nobody to tell of an error: nothing was written.
func (s *session) close() {
	s.conn.Close()
	s.pool.Close()
}

// read runs one statement and hands over its rows. Where the context ends, so does the connection, and what was begun.
func (s *session) read(ctx context.Context, query string, row func(*sql.Rows) error) error {
	ctx, cancel := context.WithTimeout(ctx, s.stall)
	defer cancel()
	_, err := s.conn.ExecContext(ctx, s.begin)
	if err == nil {
		err = rowsOf(ctx, s.conn, query, row)
	}
	if err != nil {
		_, _ = s.conn.ExecContext(ctx, "ROLLBACK")
		return err
	}
	_, err = s.conn.ExecContext(ctx, "COMMIT")
	return err
}

// rowsOf hands over the rows of a statement. Of one that is left before its end no more rows are taken: they may have none.
func rowsOf(ctx context.Context, c *sql.Conn, query string, row func(*sql.Rows) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	found, err := c.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer found.Close()
	for n := 0; found.Next(); n++ {
		if n == mostRows {
			cancel()
			return errMore
		}
		if err := row(found); err != nil {
			cancel()
			return err
		}
	}
	return found.Err()
}

// one reads a single row.
func (s *session) one(ctx context.Context, query string, into ...any) error {
	none := true
	err := s.read(ctx, query, func(r *sql.Rows) error { none = false; return r.Scan(into...) })
	if err == nil && none {
		return sql.ErrNoRows
	}
	return err
}
