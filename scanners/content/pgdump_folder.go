package content

import (
	"context"
	"io"
	"path"
	"strings"
)

// DumpContents is the name of the table of contents in a folder or a tar that pg_dump wrote.
const DumpContents = "toc.dat"

// Contents says what the files hold that pg_dump -Fd wrote into a folder.
type Contents struct {
	files map[string]string // the COPY statement before the rows, by name
}

// InDump reports whether an object is called like one with rows in such a folder: 3456.dat, 3456.dat.gz.
func InDump(name string) bool {
	digits, ok := strings.CutSuffix(unpacked(strings.ToLower(path.Base(name))), ".dat")
	return ok && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// ReadContents reads the table of contents of a folder, the object toc.dat. What cannot be read of it tells nothing: whoever reads
// that object says so.
func ReadContents(ctx context.Context, r io.Reader) *Contents {
	c := &Contents{}
	_, _ = read(ctx, DumpContents, r, Options{contents: c}.withDefaults(), func(*Column, []byte) error { return nil }, 0) // an error is that of ctx
	return c
}

// dumped gives the statement before the rows of an object, where a table of contents tells it.
func (o Options) dumped(name string) (statement string, ok bool) {
	if o.Dump == nil || !InDump(name) {
		return "", false
	}
	c := o.Dump()
	if c == nil {
		return "", false
	}
	statement, ok = c.files[strings.ToLower(name)]
	return statement, ok
}

// dumped reads rows that stand in a file of their own.
func (p *parser) dumped(statement string) error {
	d := p.nested().dump()
	if m := d.copying.FindStringSubmatch(statement); m != nil {
		return d.copied(unquoted(m[1]), list(m[2]))
	}
	return d.statements()
}
