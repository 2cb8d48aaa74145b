// Package repository opens the repository that a unit's target lies in, for scanners of code that reads its neighbours.
package repository

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	probity "github.com/probity-scan/probity"
)

// Repository is the file system that code is read from: the repository, as far as the unit's paths tell where it
// starts, so that "../modules" is found and nothing beyond is read. Else it is the target alone, under its name.
type Repository struct {
	FS     fs.FS
	Base   string // of the target in it
	target string // absolute, on this machine
	shut   []func() error
}

// Open opens the repository of a unit.
func Open(u probity.Unit) (*Repository, error) {
	base := path.Clean("/" + filepath.ToSlash(u.Base))[1:]
	target, err := filepath.Abs(u.Target)
	if err != nil {
		return nil, fmt.Errorf("finding %s: %w", u.Target, err)
	}
	if _, err := os.Stat(target); err != nil {
		return nil, fmt.Errorf("opening %s: %w", u.Target, err)
	}
	top, whole := strings.CutSuffix(filepath.ToSlash(target), "/"+base)
	if base == "" || !whole {
		top = target
	}
	root, err := os.OpenRoot(filepath.FromSlash(top))
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", u.Target, err)
	}
	r := &Repository{FS: root.FS(), Base: base, target: target, shut: []func() error{root.Close}}
	if base != "" && !whole {
		r.FS = below{r.FS, base}
	}
	return r, nil
}

// Close lets go of it.
func (r *Repository) Close() {
	for _, shut := range r.shut {
		_ = shut() // only read
	}
}

// Closing adds what is closed with it.
func (r *Repository) Closing(shut func() error) { r.shut = append(r.shut, shut) }

// Find gives the path in the repository of a file or directory of this machine, if it lies in it.
func (r *Repository) Find(name string) (string, bool) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", false
	}
	rel, err := filepath.Rel(r.target, abs)
	if err != nil {
		return "", false
	}
	p := path.Join(".", r.Base, filepath.ToSlash(rel))
	if !fs.ValidPath(p) {
		return "", false
	}
	_, err = fs.Stat(r.FS, p)
	return p, err == nil
}

// below shows a file system under a path.
type below struct {
	fs.FS
	base string
}

// Open implements [fs.FS].
func (b below) Open(name string) (fs.File, error) {
	rest, err := b.rest(name)
	if err != nil {
		return nil, err
	}
	return b.FS.Open(rest)
}

// Stat implements [fs.StatFS], which does not open the file.
func (b below) Stat(name string) (fs.FileInfo, error) {
	rest, err := b.rest(name)
	if err != nil {
		return nil, err
	}
	return fs.Stat(b.FS, rest)
}

func (b below) rest(name string) (string, error) {
	if name == b.base {
		return ".", nil
	}
	rest, ok := strings.CutPrefix(name, b.base+"/")
	if !ok {
		return "", &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return rest, nil
}
