package content

import (
	"bufio"
	"bytes"
	"compress/flate"
	bin "encoding/binary"
	"io"
	"strings"

	"github.com/probity-scan/probity"
)

// salvage reads the files of a zip whose directory cannot be had, one after the other as they stand in it. What is wrong with the
// archive has been told.
func (p *parser) salvage(r io.Reader) error {
	if p.deep >= nesting {
		return nil
	}
	n := p.nested()
	err := n.inOrder(r)
	n.losses = 0 // they follow from that
	return n.done(err)
}

func (n *nested) inOrder(r io.Reader) error {
	b := bufio.NewReaderSize(r, sniffed)
	s := &salvaged{counter{ctx: n.ctx, r: b}, b}
	for {
		h := s.header()
		if h == nil {
			return nil
		}
		if h.name == "" || strings.HasSuffix(h.name, "/") {
			continue
		}
		if err := n.found(s, h); err != nil {
			return err
		}
	}
}

// local is what stands before each file (APPNOTE.TXT of PKWARE, 4.3.7).
type local struct {
	name      string
	encrypted bool
	sized     bool // else its size stands behind it
	method    uint16
	size      int64 // packed
}

// salvaged counts what is taken of an archive.
type salvaged struct {
	counter
	b *bufio.Reader
}

func (s *salvaged) ReadByte() (byte, error) {
	c, err := s.b.ReadByte()
	if err == nil {
		s.n++
	}
	return c, err
}

// header goes to the next file; nil: there is none.
func (s *salvaged) header() *local {
	const fixed = 30
	for {
		b, err := s.b.Peek(fixed)
		if len(b) < fixed {
			return nil
		}
		b, _ = s.b.Peek(max(s.b.Buffered(), fixed)) // never fails: it is there
		i := bytes.Index(b, []byte("PK\x03\x04"))
		switch {
		case i < 0:
			i = len(b) - 3
		case i == 0 && err == nil:
			return s.local(fixed)
		}
		if _, err := s.b.Discard(i); err != nil {
			return nil
		}
	}
}

func (s *salvaged) local(fixed int) *local {
	b := make([]byte, fixed)
	if _, err := io.ReadFull(s.b, b); err != nil {
		return nil
	}
	u16 := func(at int) uint16 { return bin.LittleEndian.Uint16(b[at:]) }
	h := &local{encrypted: u16(6)&1 != 0, sized: u16(6)&8 == 0, method: u16(8), size: int64(bin.LittleEndian.Uint32(b[18:]))}
	rest := make([]byte, int(u16(26))+int(u16(28)))
	if _, err := io.ReadFull(s.b, rest); err != nil {
		return nil
	}
	h.name = string(rest[:u16(26)])
	if extra := rest[u16(26):]; h.size == 1<<32-1 && len(extra) >= 20 && extra[0] == 1 && extra[1] == 0 {
		h.size = int64(bin.LittleEndian.Uint64(extra[12:]) & (1<<62 - 1))
	}
	return h
}

// found reads one file.
func (n *nested) found(s *salvaged, h *local) error {
	var body io.Reader = s
	if h.sized {
		body = io.LimitReader(s, h.size)
	}
	because := ""
	in := body
	switch {
	case h.encrypted:
		because = "encrypted"
	case h.method == 0 && h.sized:
	case h.method == 8:
		in = flate.NewReader(body) // from a reader of bytes it takes no more than it needs
	default:
		because = "packed by a method that is not read"
	}
	if because != "" {
		n.lose(entryName(h.name), &probity.Gap{Reason: probity.Unreadable, Because: because})
		if err := n.more(); err != nil {
			return err
		}
	} else {
		s.n = 0
		if err := n.entry(h.name, &ratio{r: stream{in, &packed{name: "zip"}}, packed: &s.counter, max: n.opts.Ratio}); err != nil {
			return err
		}
	}
	if h.sized {
		_, _ = io.Copy(io.Discard, body) // an archive that ends here is found to end
	}
	return nil
}
