package tree

import (
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"unicode/utf8"
)

// rooted is a folder that nothing outside can be opened through. Unlike what [os.Root.FS] gives it opens names that are not
// UTF-8, which older systems have left on many disks.
type rooted struct{ root *os.Root }

func (r rooted) Open(name string) (fs.File, error) {
	f, err := r.root.Open(filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (r rooted) Lstat(name string) (fs.FileInfo, error) {
	return r.root.Lstat(filepath.FromSlash(name))
}

func (r rooted) ReadLink(name string) (string, error) {
	return r.root.Readlink(filepath.FromSlash(name))
}

// Shown is a path as it can be told: bytes that are not UTF-8 are escaped, caf\xe9.csv.
func Shown(p string) string {
	if utf8.ValidString(p) {
		return p
	}
	var out []byte
	for len(p) > 0 {
		r, n := utf8.DecodeRuneInString(p)
		if r == utf8.RuneError && n == 1 {
			q := strconv.Quote(p[:1])
			out = append(out, q[1:len(q)-1]...)
		} else {
			out = append(out, p[:n]...)
		}
		p = p[n:]
	}
	return string(out)
}
