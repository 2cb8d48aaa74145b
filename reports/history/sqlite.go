package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the engine
)

// File is the name of the database in its folder.
const File = "history.db"

// OpenFolder opens the history in a folder that the caller holds alone, and makes it where there is none.
func OpenFolder(ctx context.Context, dir string, o Options) (*Store, error) {
	path := filepath.Join(dir, File)
	// Made here, so that nobody else may read it from the first byte on; SQLite gives its other files the same mode.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err == nil {
		err = errors.Join(f.Chmod(0o600), f.Close())
	}
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	s := &Store{dialect: sqlite, o: o, taking: make(chan struct{}, 1)}
	if s.write, err = sql.Open("sqlite", place(path, "rwc", "_txlock=immediate&_pragma=synchronous(FULL)&_pragma=secure_delete(1)")); err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	s.write.SetMaxOpenConns(1)
	if s.read, err = sql.Open("sqlite", place(path, "rw", "_pragma=query_only(1)&_pragma=cache_size(-16384)")); err != nil {
		_ = s.write.Close()
		return nil, fmt.Errorf("history: %w", err)
	}
	s.read.SetMaxOpenConns(readers)
	s.read.SetMaxIdleConns(readers) // what they hold of the database is of use to the next who asks
	if err := s.migrate(ctx, migrations, func(ctx context.Context, from int64) error { return s.vacuumInto(ctx, path, from) }); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	// Who holds the folder alone knows that nobody else runs these, and with no unit there is nothing to go on from.
	if err := s.exec(ctx, s.write, "UPDATE scan SET state = ?, why = ? WHERE state = ? AND id NOT IN (SELECT scan FROM unit)", string(Failed), "its process ended", string(Running)); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Look opens the history of a folder to read it, while another process may hold the folder.
func Look(ctx context.Context, dir string, o Options) (*Store, error) {
	path := filepath.Join(dir, File)
	if _, err := os.Stat(path); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = errors.New("there is no history in this folder: probity scan --history makes one")
		}
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	db, err := sql.Open("sqlite", place(path, "rw", "_pragma=query_only(1)&_pragma=cache_size(-16384)"))
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	db.SetMaxOpenConns(readers)
	db.SetMaxIdleConns(readers)
	s := &Store{dialect: sqlite, o: o, write: db, read: db, taking: make(chan struct{}, 1)}
	if err := s.current(ctx, migrations); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// readers are connections of those who read: they see the state before a transaction that is under way, and wait for none.
const readers = 8

func place(path, mode, more string) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()}
	u.RawQuery = "mode=" + mode + "&_pragma=busy_timeout(30000)&_pragma=journal_mode(WAL)&_pragma=temp_store(MEMORY)&" + more
	return u.String()
}

// vacuumInto makes a copy of the database before it is migrated, in place of the last such copy.
func (s *Store) vacuumInto(ctx context.Context, path string, from int64) error {
	to := fmt.Sprintf("%s.before-%d", path, from)
	if err := os.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("history: backup: %w", err)
	}
	f, err := os.OpenFile(to, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		err = f.Close()
	}
	if err == nil {
		_, err = s.write.ExecContext(ctx, "VACUUM INTO ?", to)
	}
	if err != nil {
		return fmt.Errorf("history: backup: %w", err)
	}
	s.say("the history is brought to a newer format; as it was it stays in " + to)
	return nil
}

func (s *Store) say(line string) {
	if s.o.Say != nil {
		s.o.Say(line)
	}
}
