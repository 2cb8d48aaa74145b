package kubernetes

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/content"
)

const (
	maxFile  = 16 << 20
	maxTotal = 48 << 20 // of all files of a chart or a kustomization
	maxFiles = 5000
)

var errLong = fmt.Errorf("it is longer than %d MiB", maxFile>>20)

// file reads a regular file as far as files are read.
func file(fsys fs.FS, name string) ([]byte, error) {
	st, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !st.Mode().IsRegular() {
		return nil, fs.ErrInvalid // opening a pipe would wait for a writer
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(b) > maxFile {
		return nil, errLong
	}
	return b, err
}

// lost is the gap of a file that could not be read.
func lost(err error) probity.Gap {
	if errors.Is(err, errLong) {
		return probity.Gap{Reason: probity.Unreadable, Because: err.Error()}
	}
	return content.Lost(err)
}

// store is files in memory, bounded.
type store struct {
	files map[string][]byte
	total int
}

var errMuch = fmt.Errorf("it has more than %d files or %d MiB", maxFiles, maxTotal>>20)

func (s *store) put(name string, b []byte) error {
	if s.files == nil {
		s.files = map[string][]byte{}
	}
	if old, ok := s.files[name]; ok {
		s.total -= len(old)
	}
	if s.total += len(b); s.total > maxTotal || len(s.files) >= maxFiles {
		return errMuch
	}
	s.files[name] = b
	return nil
}

// folder takes all regular files at and below a directory. What is not read is told by lose.
func (s *store) folder(fsys fs.FS, dir string, lose func(string, probity.Gap), depth int) error {
	if depth > 30 {
		return errors.New("its folders are nested too deep")
	}
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		p := path.Join(dir, e.Name())
		switch {
		case e.IsDir() && e.Name() == ".git":
		case e.IsDir():
			err = s.folder(fsys, p, lose, depth+1)
		case e.Type()&fs.ModeSymlink != 0:
			lose(p, probity.Gap{Reason: probity.Filtered, Because: "symbolic links are not followed"})
		case e.Type().IsRegular():
			b, bad := file(fsys, p)
			if bad != nil {
				lose(p, lost(bad))
				continue
			}
			err = s.put(p, b)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// searched tells whether a text stands in files or in what is packed in them, until so many bytes were searched.
func searched(written map[string][]byte, more [][]byte) func(string) bool {
	files := maps.Clone(written)
	unpack := maxTotal
	for n, b := range written {
		if isPacked(n) {
			maps.Copy(files, unpacked(n, b, &unpack, 0))
		}
	}
	names := slices.Collect(maps.Keys(files))
	slices.Sort(names)
	left := 256 << 20
	return func(s string) bool {
		for _, n := range names {
			if left -= len(files[n]); left < 0 {
				return false
			}
			if bytes.Contains(files[n], []byte(s)) {
				return true
			}
		}
		return slices.ContainsFunc(more, func(b []byte) bool { return bytes.Contains(b, []byte(s)) })
	}
}
