package personaldata

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
)

// Document is a whole file: prose, a log, CSV, JSON, SQL. Where it has structure its columns and keys are [Column]s.
type Document struct {
	tally *Tally
	on    string
	free  *Column
	keys  map[string]*Column
}

// Document gives the slot for a file's text; on is where labels say it is.
func (t *Tally) Document(on string) *Document {
	return &Document{tally: t, on: on, free: t.Column(on, ""), keys: map[string]*Column{}}
}

// mostAtOnce is what is read at a time: a column speaks for its cells from its beginning to the end of that window.
const mostAtOnce = 4 << 20

// Spans reads a file once and finds personal data in it, in order, until yield says stop. The file's columns are counted
// on the way. Offsets are the file's.
func (d *Document) Spans(r io.Reader, yield func(Span) bool) error {
	s := d.tally.scanner
	if s.in == nil {
		s.in = bufio.NewReaderSize(r, dumpLine)
	}
	in := s.in
	in.Reset(r)
	defer s.wipe()
	parts := newDump(in)
	if parts == nil {
		_, _, err := d.part(in, 0, nil, yield)
		return err
	}
	for offset := 0; ; {
		next, stopped, err := d.part(parts, offset, parts.rows, yield)
		if err != nil || stopped || !parts.more() {
			return err
		}
		offset = next
	}
}

// part finds what is in one, which begins at an offset, and gives where it ends. rows: it is what a COPY statement says.
func (d *Document) part(r io.Reader, offset int, rows *copied, yield func(Span) bool) (next int, stopped bool, err error) {
	s := d.tally.scanner
	s.padded = s.padded[:0]
	for first := true; ; first = false {
		end, err := s.window(r)
		if err != nil {
			return 0, false, err
		}
		cut := len(s.padded)
		if !end {
			cut = lastCut(s.padded)
		}
		rest := bytes.Clone(s.padded[cut:])
		s.padded = s.padded[:cut]
		if !d.read(offset, first, rows, yield) {
			return 0, true, nil
		}
		if end {
			return offset + cut, false, nil
		}
		offset += cut
		s.padded = append(s.padded[:0], rest...)
	}
}

// window reads to the end of the window or the input. The buffer grows with what is there.
func (s *scanner) window(r io.Reader) (end bool, err error) {
	const least = 64 << 10
	for len(s.padded) < mostAtOnce {
		s.padded = slices.Grow(s.padded, max(least, min(len(s.padded), mostAtOnce-len(s.padded)))+pad)
		n, err := r.Read(s.padded[len(s.padded):min(cap(s.padded)-pad, mostAtOnce)])
		s.padded = s.padded[:len(s.padded)+n]
		switch {
		case errors.Is(err, io.EOF):
			return true, nil
		case err != nil:
			return false, err
		}
	}
	return false, nil
}

// lastCut is where a window ends: behind its last line, or else its last blank or comma.
func lastCut(b []byte) int {
	if i := bytes.LastIndexByte(b, '\n'); i > 0 {
		return i
	}
	if i := bytes.LastIndexAny(b[len(b)/2:], " ,"); i > 0 {
		return len(b)/2 + i
	}
	return len(b)
}

// read scans one window and tells what it has.
func (d *Document) read(offset int, first bool, rows *copied, yield func(Span) bool) bool {
	s := d.tally.scanner
	pos := s.begin(d, first, rows)
	s.run(pos)
	s.close()
	s.finish(s.hits)
	for i := range s.hits {
		h := &s.hits[i]
		if h.won && h.confidence >= Reported && !yield(Span{s.all[h.detector].ID, offset + h.start, offset + h.end, rounded(h.confidence)}) {
			return false
		}
	}
	return true
}

// begin makes a window ready and gives where to begin.
func (s *scanner) begin(d *Document, first bool, rows *copied) (pos int) {
	const head = 8 << 10
	if first {
		s.structure = structure{document: d}
		s.carry = carry{}
		if rows != nil {
			s.rows(d, rows)
		} else {
			pos = s.sniff(s.padded[:min(len(s.padded), head)])
			s.classes = s.tables[s.form]
			if s.form == csvText && s.structure.delimiter != ',' {
				s.classes = newClasses(csvText, s.structure.delimiter)
			}
		}
	}
	s.hits, s.structure.open = s.hits[:0], 0
	s.column, s.free, s.cell = d.free, d.free, -8
	s.load(len(s.padded))
	if first && s.form == csvText && pos == 0 {
		pos = s.enter(s.structure.columns[0], 0)
	}
	return pos
}

// mostColumns: keys that are data, say identifiers as JSON keys, get no column of their own.
const mostColumns = 2000

// column gives the column of a key that follows another's value.
func (d *Document) column(before *Column, key []byte) *Column {
	if before.next != nil && string(key) == before.next.name {
		return before.next
	}
	c := before.other
	if c == nil || string(key) != c.name {
		if c = d.keys[string(key)]; c == nil {
			c = d.named(string(key))
		}
	}
	before.next, before.other = c, before.next
	return c
}

func (d *Document) named(key string) *Column {
	c := d.keys[key]
	if c == nil {
		if len(d.keys) >= mostColumns || key == "" {
			return d.free
		}
		c = d.tally.Column(d.on+":"+key, key)
		d.keys[key] = c
	}
	return c
}

// nth is a column by its place: those of one name stay apart.
func (d *Document) nth(i int, name string) *Column {
	if d.keys[name] != nil || name == "" {
		c := d.tally.Column(d.on+":"+name+"#"+strconv.Itoa(i+1), name)
		return c
	}
	return d.named(name)
}
