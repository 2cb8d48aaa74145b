package render

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"time"

	"helm.sh/helm/v3/pkg/ignore"
)

// left are the rules of a chart's .helmignore, which leave files out where it is rendered from its folder.
type left struct{ rules *ignore.Rules }

func leftBy(text []byte) (left, error) {
	rules, err := ignore.Parse(bytes.NewReader(text))
	if err != nil {
		return left{}, errors.New("its .helmignore is malformed") // the library's words quote the file
	}
	rules.AddDefaults()
	return left{rules}, nil
}

// out reports whether a file is left out, or a folder that it lies in.
func (l left) out(name string) bool {
	for i, c := range name + "/" {
		if c == '/' && l.rules.Ignore(name[:i], entry{name[:i], i < len(name)}) {
			return true
		}
	}
	return false
}

// entry is what the rules ask of a file: whether it is a folder.
type entry struct {
	name   string
	folder bool
}

func (e entry) Name() string       { return path.Base(e.name) }
func (e entry) Size() int64        { return 0 }
func (e entry) Mode() fs.FileMode  { return 0 }
func (e entry) ModTime() time.Time { return time.Time{} }
func (e entry) IsDir() bool        { return e.folder }
func (e entry) Sys() any           { return nil }
