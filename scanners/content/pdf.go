package content

import (
	"bytes"
	"errors"
	"io"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/content/pdf"
)

// pdf reads the text of pages, and forms, comments and properties by place. The file is held in memory; of one larger than the budget,
// what fits is read.
func (p *parser) pdf() error {
	n := p.nested()
	l := p.lexer()
	var file bytes.Buffer
	if s := min(p.opts.Size, p.opts.Bytes); s > 0 && !p.in.packed {
		file.Grow(int(s) + bytes.MinRead)
	}
	if _, err := file.ReadFrom(p.in); err != nil && file.Len() == 0 {
		return nil // the window tells why
	}
	left := n.opts.Bytes
	rep, err := pdf.Read(p.ctx, file.Bytes(), &left, func(part pdf.Part) error {
		if part.File != "" {
			n.rep.Bytes = n.opts.Bytes - left
			err := n.entry(part.File, bytes.NewReader(part.Text))
			left = n.opts.Bytes - n.rep.Bytes
			return err
		}
		at := l.root
		for _, key := range part.Path {
			var err error
			if at, err = l.place(at, []byte(key)); err != nil {
				return err
			}
		}
		return l.end(at.column(0), part.Text)
	})
	n.rep.Bytes = n.opts.Bytes - left
	n.rep.Records += rep.Pages
	for _, g := range lostOf(rep, errors.Is(p.in.err, io.EOF)) {
		n.lose("", &g)
	}
	return n.done(err)
}

// lostOf lists what could not be read of a file; whole: it was not cut by a bound, which has a gap of its own.
func lostOf(rep pdf.Report, whole bool) []probity.Gap {
	var out []probity.Gap
	lost := func(is bool, reason probity.Reason, because, needs string) {
		if is {
			out = append(out, probity.Gap{Reason: reason, Because: because, Needs: needs})
		}
	}
	lost(rep.Encrypted, probity.Unreadable, "encrypted", "the file without its password")
	lost(whole && !rep.Encrypted && (rep.Damaged > 0 || rep.Pages == 0), probity.Unreadable, "PDF is damaged or cut off", "")
	lost(rep.Unmapped > 0, probity.Unreadable, "PDF has text in fonts that do not tell their letters", "")
	lost(whole && rep.Exhausted, probity.Sampled, "PDF unpacks to more than the budget of bytes", "a larger --bytes")
	lost(rep.Images > 0, probity.NotCollected, "pages of a PDF that are images", "text recognition before the scan")
	return out
}
