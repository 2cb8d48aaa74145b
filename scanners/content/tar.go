package content

import (
	"archive/tar"
	"errors"
	"io"
	"path"

	"github.com/probity-scan/probity"
)

// tar reads the files of an archive in their order. Links, devices and folders hold nothing themselves.
func (p *parser) tar() error {
	if p.deep >= nesting {
		return p.tooDeep()
	}
	n := p.nested()
	t := tar.NewReader(p.in)
	for {
		h, err := t.Next()
		switch {
		case errors.Is(err, io.EOF):
			return n.done(nil)
		case err != nil && !errors.Is(err, tar.ErrInsecurePath):
			if p.in.err == nil || errors.Is(p.in.err, io.EOF) {
				n.lose("", &probity.Gap{Reason: probity.Unreadable, Because: "tar archive is damaged"})
			}
			return n.done(nil)
		case h.Typeflag != tar.TypeReg && h.Typeflag != tar.TypeGNUSparse:
			continue
		}
		if err := n.member(h.Name, stream{t, &packed{name: "tar"}}); err != nil {
			return n.done(err)
		}
	}
}

// member reads a file of a tar. What pg_dump -Ft writes begins with its table of contents, which tells what the rows are of.
func (n *nested) member(name string, r io.Reader) error {
	if path.Base(name) != DumpContents {
		return n.entry(name, r)
	}
	c := &Contents{}
	n.opts.contents = c
	err := n.entry(name, r)
	n.opts.contents = nil
	if len(c.files) > 0 {
		n.opts.Dump = func() *Contents { return c }
	}
	return err
}

func (p *parser) tooDeep() error {
	g := Lost(errDeep)
	p.rep.Gap = &g
	return nil
}
