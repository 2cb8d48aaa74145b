package content

import (
	"archive/tar"
	"errors"
	"io"

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
		if err := n.entry(h.Name, stream{t, &packed{name: "tar"}}); err != nil {
			return n.done(err)
		}
	}
}

func (p *parser) tooDeep() error {
	g := Lost(errDeep)
	p.rep.Gap = &g
	return nil
}
