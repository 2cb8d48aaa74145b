package objects

import (
	"context"
	"io"
	"path"

	"github.com/probity-scan/probity/scanners/content"
)

// Dumps keeps the table of contents of the folder that was read last of those that pg_dump wrote. The zero value knows none.
type Dumps struct {
	dir      string
	contents *content.Contents
}

// Of gives what tells the table of contents beside an object; nil: the object is not called like a part of a dump.
func (d *Dumps) Of(ctx context.Context, name string, open func(name string) (io.ReadCloser, error)) func() *content.Contents {
	if !content.InDump(name) {
		return nil
	}
	dir := path.Dir(name)
	return func() *content.Contents {
		if d.dir == dir {
			return d.contents
		}
		d.dir, d.contents = dir, nil
		f, err := open(path.Join(dir, content.DumpContents))
		if err != nil {
			return nil // it is in no dump
		}
		defer func() { _ = f.Close() }() // only read
		d.contents = content.ReadContents(ctx, f)
		return d.contents
	}
}
