package content

import (
	"io"
	"io/fs"
	"time"
)

const sqliteName = "object"

// pagedFile shows an object to SQLite as the one file of a file system, and bounds what is fetched.
type pagedFile struct {
	of     *ranged
	budget int64 // bytes that SQLite may read; below 0: it wanted more
	logged bool  // the database has a write-ahead log
}

// Open implements [fs.FS]. There is no journal, and no log.
func (p *pagedFile) Open(name string) (fs.File, error) {
	if name != sqliteName {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &pagedReader{p, 0}, nil
}

type pagedReader struct {
	*pagedFile
	at int64
}

// Seek implements [io.Seeker] as SQLite asks for it: from the start.
func (p *pagedReader) Seek(offset int64, _ int) (int64, error) {
	p.at = offset
	return offset, nil
}

// Read implements [io.Reader]. It says of a database with a write-ahead log that it has none: that lies elsewhere.
func (p *pagedReader) Read(b []byte) (int, error) {
	if p.budget -= int64(len(b)); p.budget < 0 {
		return 0, errBudget
	}
	n, err := p.of.ReadAt(b, p.at)
	for _, i := range []int64{18, 19} {
		if at := i - p.at; at >= 0 && at < int64(n) && b[at] == 2 {
			b[at], p.logged = 1, true
		}
	}
	p.at += int64(n)
	if n > 0 {
		return n, nil
	}
	return n, err
}

func (p *pagedReader) Stat() (fs.FileInfo, error) { return p, nil }
func (p *pagedReader) Close() error               { return nil }
func (p *pagedReader) Name() string               { return sqliteName }
func (p *pagedReader) Size() int64                { return p.of.size }
func (p *pagedReader) Mode() fs.FileMode          { return 0o400 }
func (p *pagedReader) ModTime() time.Time         { return time.Time{} }
func (p *pagedReader) IsDir() bool                { return false }
func (p *pagedReader) Sys() any                   { return nil }

var _ io.Seeker = (*pagedReader)(nil)
