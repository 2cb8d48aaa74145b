package content

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/probity-scan/probity"
)

const directory = 100000 // entries that a zip's directory may list

// zip reads the files of an archive, each as an object of its own. Its directory stands at its end, so it is held in memory.
func (p *parser) zip() error {
	if p.deep > nesting {
		return p.tooDeep()
	}
	b, err := p.whole("zip archive")
	if b == nil || err != nil {
		return err
	}
	if bytes.Count(b, []byte("PK\x01\x02")) > directory {
		p.rep.Gap = &probity.Gap{Reason: probity.Unreadable, Because: "zip archive lists more than 100000 files"}
		return nil
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		p.rep.Gap = &probity.Gap{Reason: probity.Unreadable, Because: "zip archive is damaged"}
		return nil
	}
	n := p.nested()
	if f := office(z.File); f != "" {
		p.rep.Format = f
		return n.done(n.document(z.File, int64(len(b))))
	}
	if p.deep >= nesting {
		return p.tooDeep()
	}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		if err := n.packed(f, int64(len(b)), n.entry); err != nil {
			return n.done(err)
		}
	}
	return n.done(nil)
}

// packed opens a file of a zip for read, and tells why it cannot be.
func (n *nested) packed(f *zip.File, size int64, read func(string, io.Reader) error) error {
	var because string
	r, err := f.Open()
	switch {
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

// whole holds the rest of the input in memory, and gives nil where it is longer than the budget.
func (p *parser) whole(what string) ([]byte, error) {
	var b bytes.Buffer
	if s := min(p.opts.Size, p.opts.Bytes); s > 0 && !p.in.packed {
		b.Grow(int(s) + bytes.MinRead)
	}
	if _, err := b.ReadFrom(p.in); err != nil {
		if errors.Is(err, errBudget) {
			p.rep.Gap = &probity.Gap{Reason: probity.Unreadable, Because: what + " is larger than " + units(p.opts.Bytes), Needs: "a larger --bytes"}
		}
		return nil, nil
	}
	return b.Bytes(), nil
}
