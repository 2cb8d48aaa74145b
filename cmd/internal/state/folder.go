// Package state keeps on disk what units of a scan found: as a checkpoint, from which a scan that was cut off goes on, and as a
// recording, which is judged again without asking anybody. Both are folders of one file a unit: see docs/formats/recording.md.
package state

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Age is how old what a unit found may be for a scan to go on from it.
const Age = 24 * time.Hour

// ErrLocked means that another process works in the folder.
var ErrLocked = errors.New("another scan works in it")

// Folder is a state folder, held by this process alone until it is closed.
type Folder struct {
	dir  string
	lock *os.File
}

// Open makes the folder where there is none, and locks it.
func Open(dir string) (*Folder, error) {
	if err := private(dir); err != nil {
		return nil, fmt.Errorf("state folder %s: %w", dir, err)
	}
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("state folder %s: %w", dir, err)
	}
	if err := lock(f); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("state folder %s: %w", dir, err)
	}
	return &Folder{dir: dir, lock: f}, nil
}

// Close lets others have the folder; the system does so too when a process dies.
func (f *Folder) Close() error { return f.lock.Close() }

// private makes a folder that nobody else can look into.
func private(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fs.ErrExist
	}
	if info.Mode().Perm()&0o077 != 0 {
		return os.Chmod(dir, 0o700) //nolint:gosec // a folder needs x
	}
	return nil
}

// replace writes a file that is there whole, or not at all.
func replace(path string, write func(*os.File) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), partly)
	if err != nil {
		return err
	}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// partly names files that are being written; os.CreateTemp makes them 0600.
const partly = ".part-*"
