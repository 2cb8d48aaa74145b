package content

// copied reads rows of PostgreSQL's text format up to "\.".
func (d *dump) copied(table string, names []string) error {
	column := d.columns(table, names)
	for {
		d.in.begin("the row at line")
		if b := d.in.peek(3); len(b) > 1 && b[0] == '\\' && b[1] == '.' && (len(b) == 2 || b[2] == '\n' || b[2] == '\r') {
			return d.drop()
		}
		if len(d.in.unread()) == 0 {
			return d.cutOff()
		}
		d.rep.Records++
		for i, more := 0, true; more; i++ {
			var err error
			if more, err = d.field(column(i)); err != nil {
				return err
			}
		}
	}
}

// drop drops a line.
func (d *dump) drop() error {
	for {
		if c, ok := d.in.next(); !ok || c == '\n' {
			return nil
		}
	}
}

// field reads one; more is false at the end of the row.
func (d *dump) field(col *Column) (more bool, err error) {
	for {
		b, stop, ok := d.in.until("\t\\\n")
		if !ok {
			return false, d.end(col, nil)
		}
		switch stop {
		case '\t', '\n':
			if stop == '\n' && len(b) > 0 && b[len(b)-1] == '\r' {
				b = b[:len(b)-1]
			}
			return stop == '\t', d.end(col, b)
		}
		if err := d.add(col, b); err != nil {
			return false, err
		}
		if stop == '\\' {
			if err := d.copyEscape(col); err != nil {
				return false, err
			}
		}
	}
}

// copyEscape reads what follows a backslash; \N is no value.
func (d *dump) copyEscape(col *Column) error {
	c, ok := d.in.next()
	if !ok || c == 'N' && len(d.buf) == 0 {
		return nil
	}
	switch c {
	case 'b', 'f', 'n', 'r', 't', 'v':
		c = map[byte]byte{'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v'}[c]
	}
	return d.add(col, []byte{c})
}
