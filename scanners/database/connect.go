package database

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/probity-scan/probity"
)

const longest = 16 << 20 // bytes of a value that SQLite may build; larger ones are told by their length alone

// conn is one connection, and the pool that it is alone in.
type conn struct {
	*sql.Conn
	pool *sql.DB
}

// close has nobody to tell of an error: nothing was written.
func (c *conn) close() {
	c.Close()
	c.pool.Close()
}

// connect opens a file so that nothing is ever written to it or beside it.
func (f *file) connect(ctx context.Context, name string) (*conn, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	q := url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(500)", "query_only(1)", "trusted_schema(0)", "cell_size_check(1)", "mmap_size(0)"}}
	f.logged(abs, q)
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: q.Encode()}
	pool, err := sql.Open("sqlite", u.String())
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	c, err := pool.Conn(ctx)
	if err != nil {
		pool.Close()
		return nil, err
	}
	db := &conn{c, pool}
	for limit, n := range map[int]int{lib.SQLITE_LIMIT_ATTACHED: 0, lib.SQLITE_LIMIT_LENGTH: longest} {
		if _, err := sqlite.Limit(c, limit, n); err != nil {
			db.close()
			return nil, err
		}
	}
	return db, nil
}

// logged decides how to open a database with a write-ahead log: SQLite makes an index beside it where there is none, even to
// read. With an index it is read, and not written. Without a log the file is whole and taken as it is. A log without its index
// stays unread, and that is a gap.
func (f *file) logged(abs string, q url.Values) {
	if f.head[18] != 2 {
		return
	}
	if wal, err := os.Stat(abs + "-wal"); err == nil && wal.Size() > 0 {
		if _, err := os.Stat(abs + "-shm"); err == nil {
			q.Set("readonly_shm", "1")
			return
		}
		f.wal = &probity.Gap{Reason: probity.Unreadable, Because: "the newest changes, in the write-ahead log beside the file, were not read",
			Needs: "a checkpoint by the database's own program"}
	}
	q.Set("immutable", "1")
}

// lost is the gap of an error, in our words: SQLite's own may quote names and values.
func lost(err error) probity.Gap {
	g := probity.Gap{Reason: probity.Unreadable, Because: "reading it failed"}
	var e *sqlite.Error
	if errors.As(err, &e) {
		switch e.Code() & 0xff {
		case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
			g.Because, g.Needs = "the database is locked by another program", "a moment without its writer, or a copy"
		case lib.SQLITE_CORRUPT:
			g.Because = "the database is corrupt"
		case lib.SQLITE_NOTADB:
			g.Because = "the file is no SQLite database"
		case lib.SQLITE_CANTOPEN:
			g.Because = "SQLite cannot open the file"
		case lib.SQLITE_READONLY:
			g.Because, g.Needs = "an interrupted change must be rolled back first", "one opening by the database's own program"
		case lib.SQLITE_IOERR:
			g.Because = "input/output error"
		case lib.SQLITE_TOOBIG:
			g.Because = "a value is too long"
		case lib.SQLITE_ERROR:
			g.Because = "the table needs an extension or a feature that is not there"
		}
		return g
	}
	if errors.Is(err, fs.ErrPermission) {
		return probity.Gap{Reason: probity.Denied, Because: "permission denied", Needs: "read permission on the file"}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		g.Reason, g.Because = probity.Timeout, "it took too long"
		return g
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		g.Because = pe.Err.Error()
	}
	return g
}

// cause is the error below a path error, whose path the caller tells.
func cause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
