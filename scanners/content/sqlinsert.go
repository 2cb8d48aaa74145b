package content

import "bytes"

// inserted reads the rows behind VALUES, up to the end of the statement.
func (d *dump) inserted(table string, names []string) error {
	column := d.columns(table, names)
	for {
		c, ok := d.blank()
		switch {
		case !ok:
			return d.cutOff()
		case c == '(':
			d.in.begin("the row at line")
			d.rep.Records++
			if err := d.row(column); err != nil {
				return err
			}
		case c == ';':
			return nil
		case c != ',':
			d.in.at--
			return d.line() // ON CONFLICT and the like
		}
	}
}

func (d *dump) blank() (byte, bool) {
	for {
		c, ok := d.in.next()
		if !ok || c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return c, ok
		}
	}
}

// row reads to the bracket that closes it. What stands in brackets of its own is an expression: its texts are the column's.
func (d *dump) row(column func(int) *Column) error {
	i, open := 0, 1
	col := column(0)
	for {
		b, stop, ok := d.in.until("'\",()")
		if !ok {
			d.buf = d.buf[:0]
			return d.cutOff()
		}
		switch stop {
		case 0:
			if err := d.add(col, b); err != nil {
				return err
			}
			continue
		case '\'', '"':
			d.buf = d.buf[:0] // E, N, _binary: how the text is written
			escaped := d.slash || len(b) > 0 && b[len(b)-1]|0x20 == 'e'
			if err := d.quoted(col, stop, escaped); err != nil {
				return err
			}
			continue
		}
		if err := d.bare(col, b); err != nil {
			return err
		}
		switch stop {
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				return nil
			}
		case ',':
			if open == 1 {
				i++
				col = column(i)
			}
		}
	}
}

// bare hands over a number, or a word that says something.
func (d *dump) bare(col *Column, b []byte) error {
	if len(d.buf) == 0 {
		b = bytes.TrimSpace(b)
		switch string(bytes.ToUpper(b[:min(len(b), 8)])) {
		case "", "NULL", "TRUE", "FALSE", "DEFAULT":
			return nil
		}
	}
	return d.end(col, b)
}

func (d *dump) quoted(col *Column, quote byte, escaped bool) error {
	line := d.in.line
	stops := string([]byte{quote})
	if escaped {
		stops += "\\"
	}
	for {
		b, stop, ok := d.in.until(stops)
		if !ok {
			if err := d.end(col, nil); err != nil {
				return err
			}
			return &syntaxError{"a quote is never closed that opens", line}
		}
		if err := d.add(col, b); err != nil {
			return err
		}
		if stop == 0 {
			continue
		}
		c := stop
		if stop == '\\' {
			if c, ok = d.in.next(); !ok {
				continue
			}
			if at := bytes.IndexByte([]byte("nrtb0"), c); at >= 0 {
				c = "\n\r\t\b "[at]
			}
		} else {
			if r := d.in.unread(); len(r) == 0 || r[0] != quote {
				return d.end(col, nil)
			}
			d.in.next()
		}
		if err := d.add(col, []byte{c}); err != nil {
			return err
		}
	}
}
