package content

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/probity-scan/probity"
)

const directory = 8 << 20 // bytes read of a zip to learn what it holds

// zip reads the files of an archive, each as an object of its own. Its directory stands at its end, so it is read in places.
func (p *parser) zip() error {
	if p.deep > nesting {
		return p.tooDeep()
	}
	r := p.ranged("zip archive")
	if r == nil {
		return p.salvage(bytes.NewReader(p.begun))
	}
	lists := &listing{ReaderAt: r, left: directory}
	z, err := zip.NewReader(lists, r.size)
	switch {
	case lists.left < 0:
		p.rep.Gap = &probity.Gap{Reason: probity.Unreadable, Because: "zip archive lists its files in more than 8 MiB"}
		return nil
	case r.err != nil:
		p.rep.Gap = r.unopened("zip archive")
		return nil
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		p.rep.Gap = &probity.Gap{Reason: probity.Unreadable, Because: "zip archive is damaged"}
		return p.salvage(io.NewSectionReader(r, 0, r.size))
	}
	lists.left = math.MaxInt64
	n := p.nested()
	if f := office(z.File); f != "" {
		p.rep.Format = f
		return n.done(n.document(z.File, r.size))
	}
	if p.deep >= nesting {
		return p.tooDeep()
	}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		if err := n.packed(f, r.size, n.entry); err != nil {
			return n.done(err)
		}
	}
	return n.done(nil)
}

// listing bounds what is read of a zip's directory.
type listing struct {
	io.ReaderAt
	left int64
}

func (l *listing) ReadAt(p []byte, at int64) (int, error) {
	if l.left -= int64(len(p)); l.left < 0 {
		return 0, errBudget
	}
	return l.ReaderAt.ReadAt(p, at)
}

// packed opens a file of a zip for read, and tells why it cannot be.
func (n *nested) packed(f *zip.File, size int64, read func(string, io.Reader) error) error {
	var because string
	r, err := f.Open()
	switch {
	case errors.Is(err, errBudget):
		n.lose("", &probity.Gap{Reason: probity.Sampled, Because: "first files of a zip archive of " + units(size), Needs: fmt.Sprintf("--bytes %d", size)})
		return errEnough
	case f.Flags&1 != 0:
		because = "encrypted"
	case errors.Is(err, zip.ErrAlgorithm):
		because = "packed by a method that is not read"
	case err != nil:
		because = "zip archive is damaged"
	}
	if because != "" {
		n.lose(entryName(f.Name), &probity.Gap{Reason: probity.Unreadable, Because: because})
		return n.more()
	}
	defer r.Close()
	from := &counter{n: min(int64(f.CompressedSize64), size)}
	return read(f.Name, &ratio{r: stream{r, &packed{name: "zip"}}, packed: from, max: n.opts.Ratio})
}
