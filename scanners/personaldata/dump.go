package personaldata

import (
	"bufio"
	"bytes"
	"io"
	"regexp"
)

// dump parts what pg_dump writes as text: statements, and the rows behind each COPY, which are cut by tabs and have no quotes.
type dump struct {
	in      *bufio.Reader
	copying *regexp.Regexp
	rows    *copied // what is read now; nil: statements
	next    *copied
	ended   bool // what is read now
	middle  bool // of a line
}

// copied is a COPY statement.
type copied struct {
	table   string
	columns []string
}

const dumpLine = 64 << 10 // of a COPY statement

// newDump parts a text of which the beginning shows that it is a dump; nil: it does not.
func newDump(in *bufio.Reader) *dump {
	head, _ := in.Peek(dumpLine) // a shorter text is whole
	if !bytes.Contains(head, []byte("PostgreSQL database dump")) && !copies(head) {
		return nil
	}
	return &dump{in: in, copying: regexp.MustCompile(`^COPY ([^(\n]{1,400}?) ?\(([^)\n]*)\) FROM stdin[^;\n]*;\r?\n$`)}
}

// copies reports whether a line begins a COPY statement.
func copies(text []byte) bool {
	for from := 0; ; {
		i := bytes.Index(text[from:], []byte("COPY ")) // new lines are frequent, and the search for one that this follows slow
		if i < 0 {
			return false
		}
		if from += i; from == 0 || text[from-1] == '\n' {
			return true
		}
		from++
	}
}

// Read implements [io.Reader] for one part: behind it more tells whether there is another.
func (d *dump) Read(p []byte) (int, error) {
	if d.ended || len(p) == 0 {
		return 0, io.EOF
	}
	line, err := d.in.Peek(1)
	if len(line) == 0 {
		return 0, err
	}
	if !d.middle {
		line = d.line()
		if d.rows != nil && bytes.HasPrefix(line, []byte(`\.`)) && len(bytes.TrimSpace(line)) == 2 {
			d.ended = true
			return 0, io.EOF
		}
		if d.rows == nil {
			d.next = d.statement(line)
		}
	}
	line, _ = d.in.Peek(min(max(d.in.Buffered(), 1), len(p)))
	if end := bytes.IndexByte(line, '\n'); end >= 0 {
		line = line[:end+1]
	}
	n := copy(p, line)
	d.middle = line[n-1] != '\n'
	d.ended = d.next != nil && !d.middle
	_, err = d.in.Discard(n)
	return n, err
}

// line is the one that begins here, as far as it is not too long.
func (d *dump) line() []byte {
	for n := 256; ; n *= 4 {
		b, err := d.in.Peek(min(n, dumpLine))
		if end := bytes.IndexByte(b, '\n'); end >= 0 {
			return b[:end+1]
		}
		if err != nil || n >= dumpLine {
			return b
		}
	}
}

func (d *dump) statement(line []byte) *copied {
	if !bytes.HasPrefix(line, []byte("COPY ")) {
		return nil
	}
	m := d.copying.FindSubmatch(line)
	if m == nil {
		return nil
	}
	c := &copied{table: string(bytes.ReplaceAll(m[1], []byte{'"'}, nil))}
	for name := range bytes.SplitSeq(m[2], []byte{','}) {
		c.columns = append(c.columns, string(bytes.Trim(name, ` "`)))
	}
	return c
}

// more goes to the next part.
func (d *dump) more() bool {
	if !d.ended {
		return false
	}
	d.rows, d.next, d.ended = d.next, nil, false
	return true
}

// rows makes ready for those of a COPY: cut by tabs, without quotes.
func (s *scanner) rows(d *Document, c *copied) {
	s.form, s.structure.delimiter = csvText, '\t'
	s.classes = newClasses(csvText, '\t')
	s.classes['"'] = 0
	for _, name := range c.columns {
		s.structure.columns = append(s.structure.columns, d.named(c.table+"."+name))
	}
}
