package database

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
	"github.com/probity-scan/probity/scanners/visits"
)

const (
	magic  = "SQLite format 3\x00"
	scheme = "sqlite:"
)

// open is the path to open: a target may bear its scheme.
func open(u probity.Unit) string {
	return filepath.Join(strings.TrimPrefix(u.Target, scheme), filepath.FromSlash(u.Part))
}

// place is the repository-relative path of the file; without a base, the path as it was written.
func place(u probity.Unit) string {
	if u.Base == "" && u.Part == "" {
		return path.Clean(filepath.ToSlash(strings.TrimPrefix(u.Target, scheme)))
	}
	return path.Join(u.Base, u.Part)
}

func ref(u probity.Unit) probity.Ref { return probity.Ref{ID: scheme + place(u)} }

// Supplies is what a unit of this scanner supplies: its database, and the list of its tables.
func Supplies(u probity.Unit) []probity.Supply {
	s := probity.Supply{Scope: probity.Scope{Provider: "sqlite"}, On: ref(u)}
	d, t := s, s
	d.Kind, d.Class = kinds.SQLiteDatabase, probity.Database
	t.Kind, t.Class = kinds.SQLiteTable, probity.Table
	return []probity.Supply{d, t}
}

// file is the scan of one SQLite file.
type file struct {
	unit    probity.Unit
	opts    Options
	yield   func(probity.Found, error) bool
	from    *probity.Origin
	head    [100]byte
	wal     *probity.Gap // changes in a write-ahead log that cannot be read without writing
	version string       // by SQLite's own count of changes; empty: it does not count
	state   string       // what else changes with the file
	watch   *visits.Watch
}

func (f *file) give(x probity.Found) error {
	if !f.yield(x, nil) {
		return visits.ErrStop
	}
	return nil
}

func (f *file) scan(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	name := open(f.unit)
	gap, err := f.header(name)
	if err != nil {
		return err
	}
	if gap == nil {
		gap, err = f.tables(ctx, name)
	} else {
		err = f.give(f.database(name, gap, kinds.File{}))
	}
	if err != nil {
		return err
	}
	return f.cover(gap)
}

// header reads the first 100 bytes, which are clear in a database that is not encrypted.
func (f *file) header(name string) (*probity.Gap, error) {
	st, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", f.from.File, cause(err))
	}
	if !st.Mode().IsRegular() {
		return nil, fmt.Errorf("opening %s: not a regular file", f.from.File)
	}
	h, err := os.Open(name)
	if err != nil {
		g := lost(err)
		return &g, nil
	}
	defer h.Close()
	n, err := io.ReadFull(h, f.head[:])
	switch {
	case n == 0 && errors.Is(err, io.EOF):
		return &probity.Gap{Reason: probity.Unreadable, Because: "the file is empty"}, nil
	case err == nil && !bytes.HasPrefix(f.head[:], []byte(magic)):
		return &probity.Gap{Reason: probity.Unreadable, Because: "the header is not SQLite's: no database, or encrypted as a whole (SQLCipher)",
			Needs: "a declaration of what it holds"}, nil
	case err != nil:
		return &probity.Gap{Reason: probity.Unreadable, Because: "the file ends within the header"}, nil
	}
	if f.head[18] == 1 {
		f.version = fmt.Sprintf("change:%d", binary.BigEndian.Uint32(f.head[24:]))
		f.state = fmt.Sprint(st.Size(), st.ModTime().UnixNano())
	}
	return nil, nil
}

// database is the file itself; told is what a look inside told of it.
func (f *file) database(name string, gap *probity.Gap, told kinds.File) probity.Asset {
	a := probity.Asset{Ref: ref(f.unit), Name: path.Base(f.from.File), Kind: kinds.SQLiteDatabase, Class: probity.Database,
		Scope: probity.Scope{Provider: "sqlite"}, Origin: f.from}
	local := probity.Gap{Reason: probity.NotApplicable, Because: "a file is not connected to"}
	a.Encryption.InTransit = probity.Missing[bool](local, f.from)
	if gap != nil {
		a.Encryption.AtRest = probity.Missing[bool](*gap, f.from)
		return a
	}
	a.Settings = f.settings(name, told)
	a.Encryption.AtRest = probity.Known(false, f.from)
	a.Encryption.Manager = probity.Known(probity.NoKey, f.from)
	a.Encryption.Key = probity.Known(probity.Optional[string]{}, f.from)
	if v := binary.BigEndian.Uint32(f.head[96:]); v > 3000000 {
		a.Lifecycle.Version = probity.Known(fmt.Sprintf("sqlite %d.%d.%d", v/1000000, v/1000%1000, v%1000), f.from)
	}
	return a
}

// cover answers what the unit supplies: the database is there; its tables are known, or not.
func (f *file) cover(gap *probity.Gap) error {
	supplies := f.unit.Supplies
	if len(supplies) == 0 {
		supplies = Supplies(f.unit)
	}
	for _, s := range supplies {
		c := probity.Coverage{Supply: s}
		if s.Kind == kinds.SQLiteTable && gap != nil {
			c.Gap, c.Count, c.Origin = gap, 1, f.from
		}
		if err := f.give(c); err != nil {
			return err
		}
	}
	return nil
}

// tables yields the database and every table. A gap is why they could not be listed.
func (f *file) tables(ctx context.Context, name string) (*probity.Gap, error) {
	var list []listed
	var views []string
	db, err := f.connect(ctx, name)
	if err == nil {
		defer db.close()
		list, err = listTables(ctx, db.Conn)
	}
	if err == nil {
		views, err = listViews(ctx, db.Conn)
	}
	if err != nil {
		gap, stopped := f.failed(ctx, err)
		if stopped != nil {
			return nil, stopped
		}
		return gap, f.give(f.database(name, nil, kinds.File{Views: probity.Open[string](*gap, f.from), Sound: unsound(err, *gap, f.from)}))
	}
	if err := f.give(f.database(name, nil, kinds.File{Views: viewsOf(views, nil, f.from), Sound: f.sound(ctx, db)})); err != nil {
		return nil, err
	}
	f.watch = visits.NewWatch(f.unit.Asks.Content, f.opts.Clock, 0)
	for _, t := range list {
		if err := f.table(ctx, db, t); err != nil {
			return nil, err
		}
	}
	return f.wal, nil
}

func (f *file) failed(ctx context.Context, err error) (*probity.Gap, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	g := lost(err)
	return &g, nil
}
