package repository

import (
	"errors"
	"io"
	"io/fs"
)

// Read gives a regular file up to one byte more than the most that is wanted, so that the caller sees that there is more. Its
// errors quote nothing; of a file that is not there it is fs.ErrNotExist.
func Read(fsys fs.FS, name string, most int64) ([]byte, error) {
	// before it is opened: to open a pipe waits for somebody to write to it
	if info, err := fs.Stat(fsys, name); errors.Is(err, fs.ErrNotExist) {
		return nil, fs.ErrNotExist
	} else if err != nil {
		return nil, errors.New("the file cannot be opened")
	} else if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, errors.New("the file cannot be opened")
	}
	defer f.Close() //nolint:errcheck // only read
	src, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, errors.New("the file cannot be read")
	}
	return src, nil
}
