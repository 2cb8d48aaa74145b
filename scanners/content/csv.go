package content

import "bytes"

// csv reads RFC 4180 and what people make of it: any of four delimiters, a header or none, ragged rows, line breaks in quotes.
func (p *parser) csv(f Format) error {
	said := p.separator()
	head := p.in.peek(sniffed)
	comma := delimiter(head, p.in.ended())
	switch {
	case said != 0:
		comma = said
	case f == TSV:
		comma = '\t'
	}
	rows := sample(head, comma, p.in.ended())
	t := &table{parser: p, comma: comma, cell: cell{max: p.opts.Cell, out: p.each}}
	if len(rows) > 0 && isHeader(rows) {
		t.named = rows[0]
	}
	return t.read()
}

// separator takes the line "sep=;" with which a spreadsheet says its delimiter, and is 0 where there is none.
func (p *parser) separator() byte {
	line, _, ok := bytes.Cut(p.in.peek(16), []byte{'\n'})
	said, is := bytes.CutPrefix(bytes.TrimSuffix(line, []byte{'\r'}), []byte("sep="))
	if !ok || !is || len(said) != 1 || bytes.IndexByte([]byte(delimiters), said[0]) < 0 {
		return 0
	}
	p.in.at += len(line)
	p.in.next()
	return said[0]
}

type table struct {
	*parser
	cell
	comma byte
	named [][]byte // the header; nil: there is none
	cols  []*Column
}

func (t *table) column(i int) *Column {
	for len(t.cols) <= i && len(t.cols) < t.opts.Columns {
		t.cols = append(t.cols, unnamed(len(t.cols)))
	}
	return t.cols[min(i, len(t.cols)-1)]
}

func (t *table) read() error {
	if t.named != nil {
		for i, n := range t.named {
			if i == t.opts.Columns {
				break
			}
			c := unnamed(i)
			if isName(n) {
				c = &Column{Path: string(n), Name: string(n), Line: t.in.line}
			}
			t.cols = append(t.cols, c)
		}
		t.out = func(*Column, []byte) error { return nil }
		for blank := true; blank; {
			var more bool
			var err error
			if more, blank, err = t.row(); err != nil || !more {
				return err
			}
		}
		t.out = t.each
	}
	for {
		more, blank, err := t.row()
		if err != nil {
			return err
		}
		if !blank {
			t.rep.Records++
		}
		if !more {
			return nil
		}
	}
}

// row reads one record. more is false at the end of the input.
func (t *table) row() (more, blank bool, err error) {
	blank = true
	t.in.begin("the record at line")
	for i := 0; ; i++ {
		col := t.column(i)
		if b := t.in.unread(); len(b) > 0 && b[0] == '"' {
			t.in.next()
			if err := t.quoted(col); err != nil {
				return false, false, err
			}
			blank = false
		}
		stop, some, err := t.plain(col)
		blank = blank && !some && stop != t.comma
		if err != nil || stop == 0 {
			return false, blank, err
		}
		if stop == '\n' {
			return true, blank, nil
		}
	}
}

// plain reads to the end of a field; after a quoted part, what follows it.
func (t *table) plain(col *Column) (stop byte, some bool, err error) {
	stops := string([]byte{t.comma, '\n'})
	for {
		b, stop, ok := t.in.until(stops)
		if !ok {
			return 0, some, t.end(col, nil)
		}
		some = some || len(b) > 0
		if stop == 0 {
			if err := t.add(col, b); err != nil {
				return 0, some, err
			}
			continue
		}
		if stop == '\n' {
			b = bytes.TrimSuffix(b, []byte{'\r'})
			some = some && len(b) > 0 || len(t.buf) > 0
		}
		return stop, some, t.end(col, b)
	}
}

func (t *table) quoted(col *Column) error {
	line := t.in.line
	for {
		b, stop, ok := t.in.until(`"`)
		if !ok {
			if err := t.end(col, nil); err != nil {
				return err
			}
			return &syntaxError{"a quote is never closed that opens", line}
		}
		if err := t.add(col, b); err != nil {
			return err
		}
		if stop == 0 {
			continue
		}
		if b := t.in.unread(); len(b) == 0 || b[0] != '"' {
			return nil
		}
		t.in.next()
		if err := t.add(col, []byte{'"'}); err != nil {
			return err
		}
	}
}
