package content

import (
	"bytes"
	"regexp"
	"strings"
)

// dump reads what pg_dump and mysqldump write as SQL: rows of COPY and INSERT by table and column. All else is free text, by line.
type dump struct {
	*nested
	cell
	tables map[string][]string // columns, as CREATE TABLE names them
	slash  bool                // a backslash escapes in every string, as in MySQL
	free   *Column

	copying, inserting, creating *regexp.Regexp
}

func (p *parser) sql() error {
	d := p.nested().dump()
	d.slash = isMySQL(p.in.peek(sniffed))
	return d.statements()
}

func (n *nested) dump() *dump {
	return &dump{nested: n, cell: cell{max: n.opts.Cell, out: n.each}, tables: map[string][]string{}, free: n.place("", ""),
		copying: copying(), inserting: inserting(), creating: creating()}
}

func (d *dump) statements() error {
	for {
		d.in.begin("line")
		if len(d.in.unread()) == 0 {
			return nil
		}
		if err := d.statement(); err != nil {
			return err
		}
	}
}

// statement reads the rows of one that has some, or a line.
func (d *dump) statement() error {
	start := bytes.ToUpper(bytes.TrimLeft(d.in.peek(32), " \t\r\n"))
	switch {
	case bytes.HasPrefix(start, []byte("COPY")):
		if m := d.copying.FindSubmatch(d.in.peek(8 << 10)); m != nil {
			table, cols := unquoted(string(m[1])), list(string(m[2]))
			d.skip(len(m[0]))
			return d.copied(table, cols)
		}
	case bytes.HasPrefix(start, []byte("INSERT")), bytes.HasPrefix(start, []byte("REPLACE")):
		if m := d.inserting.FindSubmatch(d.in.peek(8 << 10)); m != nil {
			table, cols := unquoted(string(m[1])), list(string(m[2]))
			if cols == nil {
				cols = d.tables[table]
			}
			d.skip(len(m[0]))
			return d.inserted(table, cols)
		}
	case bytes.HasPrefix(start, []byte("CREATE")) && len(d.tables) < d.opts.Columns:
		head := d.in.peek(sniffed)
		if m := d.creating.FindSubmatchIndex(head); m != nil {
			d.tables[unquoted(string(head[m[2]:m[3]]))] = defined(head[m[1]:])
		}
	}
	return d.line()
}

const named = `((?:[\w$]+|"[^"\n]{1,128}"|` + "`[^`\n]{1,128}`" + `)(?:\.(?:[\w$]+|"[^"\n]{1,128}"|` + "`[^`\n]{1,128}`" + `)){0,2})`

func copying() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^COPY ` + named + ` ?(?:\(([^)\n]*)\))? FROM stdin[^;\n]*;\r?\n`)
}

func inserting() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\s{0,16}(?:INSERT|REPLACE)(?: IGNORE)? INTO ` + named + `\s*(?:\(([^)']*)\))?\s*(?:OVERRIDING \w+ VALUE\s*)?VALUES?\s*`)
}

func creating() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^CREATE (?:\w+ ){0,3}TABLE (?:IF NOT EXISTS )?` + named + `\s*\(\s*`)
}

func isMySQL(head []byte) bool {
	return bytes.Contains(head, []byte("MySQL dump")) || bytes.Contains(head, []byte("MariaDB dump")) || bytes.Contains(head, []byte("INSERT INTO `"))
}

// unquoted is a name without quotes: "public.people".
func unquoted(s string) string { return strings.NewReplacer("`", "", `"`, "").Replace(s) }

func list(s string) []string {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	names := strings.Split(s, ",")
	for i, n := range names {
		names[i] = unquoted(strings.TrimSpace(n))
	}
	return names
}

// defined lists the columns of a definition: the first name of each line of it.
func defined(b []byte) []string {
	var out []string
	for line := range strings.Lines(string(b)) {
		word := firstWord(strings.TrimSpace(line))
		switch upper := strings.ToUpper(word); {
		case strings.HasPrefix(word, ")"):
			return out
		case upper == "CONSTRAINT", upper == "PRIMARY", upper == "UNIQUE", upper == "KEY", upper == "INDEX", upper == "FOREIGN", upper == "CHECK", upper == "FULLTEXT", upper == "SPATIAL", word == "":
			continue
		}
		out = append(out, unquoted(word))
	}
	return nil // not all of it was seen
}

// firstWord is up to the first blank, or a name in quotes.
func firstWord(line string) string {
	if len(line) > 0 && (line[0] == '"' || line[0] == '`') {
		if end := strings.IndexByte(line[1:], line[0]); end > 0 {
			return line[:end+2]
		}
	}
	word, _, _ := strings.Cut(line, " ")
	return word
}

// columns gives those of a table by their order.
func (d *dump) columns(table string, names []string) func(int) *Column {
	var cols []*Column
	return func(i int) *Column {
		i = min(i, d.opts.Columns-1)
		for len(cols) <= i {
			c := unnamed(len(cols))
			if at := len(cols); at < len(names) && isName([]byte(names[at])) {
				c.Path, c.Name = names[at], names[at]
			}
			if isName([]byte(strings.ReplaceAll(table, ".", "_"))) {
				c.Path = join(table, c.Path)
			}
			cols = append(cols, d.place(c.Path, c.Name))
		}
		return cols[i]
	}
}

// skip goes behind what was peeked.
func (d *dump) skip(n int) {
	d.in.line += bytes.Count(d.in.buf[d.in.at:d.in.at+n], []byte{'\n'})
	d.in.at += n
}

func (d *dump) line() error {
	for {
		b, stop, ok := d.in.until("\n")
		if (!ok || stop != 0) && len(d.buf) == 0 && len(bytes.TrimSpace(b)) == 0 {
			return nil
		}
		if !ok || stop != 0 {
			d.rep.Records++
			return d.end(d.free, bytes.TrimSuffix(b, []byte{'\r'}))
		}
		if err := d.add(d.free, b); err != nil {
			return err
		}
	}
}

func (d *dump) cutOff() error { return &syntaxError{"unexpected end of SQL", d.in.line} }
