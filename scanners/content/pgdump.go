package content

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// archived is what pg_dump writes in its custom and tar formats, and as the table of contents of its directory format: a header,
// entries that say what follows, and the rows of each table as COPY or INSERT write them. It follows pg_backup_archiver.c.
type archived struct {
	*nested
	archiveReader
	packing byte
	data    []dumpedData
	held    int                 // bytes of statements in data
	cut     int                 // tables that were not read to their end
	tables  map[string][]string // columns, as CREATE TABLE names them

	copying, creating *regexp.Regexp
}

// dumpedData is one part with rows.
type dumpedData struct {
	id   int64
	copy string // the statement before the rows; empty: they are statements themselves
	file string // in a tar or a directory
	at   int64  // where it begins; 0: not known
	size int64
}

// archiveReader reads numbers and texts as the archiver writes them. After an error it gives zeros.
type archiveReader struct {
	r       *bufio.Reader
	version int // 1.14 is 114
	ints    int // bytes of a number
	offsets int // bytes of a place
	format  byte
	err     error
}

const (
	archiveMark   = "PGDMP"
	archiveCustom = 1   // the format that has the rows with it
	archiveOldest = 110 // of PostgreSQL 8.0
	archiveNewest = 116
	archiveParts  = 100000
	archiveHeld   = 16 << 20 // bytes of statements
)

var errArchive = errors.New("pg_dump archive is damaged")

func (a *archiveReader) byte() byte {
	if a.err != nil {
		return 0
	}
	b, err := a.r.ReadByte()
	if err != nil {
		a.err = err
	}
	return b
}

func (a *archiveReader) int() int64 {
	negative := a.byte() != 0
	n := a.number(a.ints)
	if negative {
		return -n
	}
	return n
}

// number reads so many bytes, the lowest first.
func (a *archiveReader) number(bytes int) int64 {
	n := int64(0)
	for i := range bytes {
		if b := int64(a.byte()); i < 7 {
			n |= b << (8 * i)
		} else if b != 0 {
			a.fail()
		}
	}
	return n
}

func (a *archiveReader) fail() {
	if a.err == nil {
		a.err = errArchive
	}
}

// text gives one of up to most bytes; of a longer one its beginning.
func (a *archiveReader) text(most int64) []byte {
	n := a.int()
	if n <= 0 || a.err != nil {
		return nil
	}
	b := make([]byte, 0, min(n, most, 4096))
	for int64(len(b)) < min(n, most) && a.err == nil {
		b = append(b, a.byte())
	}
	a.pass(n - int64(len(b)))
	return b
}

func (a *archiveReader) pass(n int64) {
	if n > 0 && a.err == nil {
		_, a.err = io.CopyN(io.Discard, a.r, n)
	}
}

// head reads the header up to the entries, and gives how the rows are packed.
func (a *archiveReader) head() (packing byte, ok bool) {
	a.pass(int64(len(archiveMark)))
	major, minor := a.byte(), a.byte()
	a.byte() // revision
	a.version = int(major)*100 + int(minor)
	if a.err != nil || a.version < archiveOldest || a.version > archiveNewest {
		return 0, false
	}
	a.ints, a.offsets = int(a.byte()), int(a.byte())
	if a.ints < 1 || a.ints > 8 || a.offsets < 1 || a.offsets > 8 {
		a.fail()
		return 0, true
	}
	a.format = a.byte()
	if a.version >= 115 {
		packing = a.byte()
	} else if a.int() != 0 {
		packing = 1
	}
	for range 7 {
		a.int() // when it was made
	}
	for range 3 {
		a.text(1 << 10) // of which database, of which server, by which program
	}
	return packing, true
}

// archive reads what pg_dump -Fc writes.
func (p *parser) archive() error {
	a := &archived{nested: p.nested(), tables: map[string][]string{}, copying: copying(), creating: creating()}
	var places *ranged
	src := io.Reader(p.in)
	if p.in.from != nil && p.opts.Size > 0 {
		places = p.ranged("pg_dump archive")
		src = io.NewSectionReader(places, 0, places.size)
	}
	a.r = bufio.NewReader(src)
	var ok bool
	if a.packing, ok = a.head(); !ok && a.err == nil {
		p.rep.Gap = &probity.Gap{Reason: probity.NotCollected, Because: "pg_dump archive of a version that is not read"}
		return nil
	}
	err := a.contents()
	if err == nil && a.err == nil && a.format == archiveCustom {
		if places != nil && a.placed(places.size) {
			err = a.apart(places)
		} else {
			err = a.inOrder()
		}
	}
	return a.ended(err)
}

// ended tells what ended the reading of an archive.
func (a *archived) ended(err error) error {
	switch {
	case err != nil || a.ctx.Err() != nil:
	case errors.Is(a.err, errBudget), a.in.cut():
		a.cut++
	case a.err != nil:
		a.lose("", &probity.Gap{Reason: probity.Unreadable, Because: errArchive.Error()})
	}
	if a.cut > 0 {
		a.lose("", &probity.Gap{Reason: probity.Sampled, Because: fmt.Sprintf("not all rows of %d tables in a dump", a.cut), Needs: "a larger --bytes"})
	}
	return a.done(err)
}

// contents reads the entries: definitions and comments are free text, and those with data are kept.
func (a *archived) contents() error {
	n := a.int()
	free := a.place("", "")
	c := cell{max: a.opts.Cell, out: a.each}
	for i := int64(0); i < n && a.err == nil; i++ {
		if err := a.ctx.Err(); err != nil {
			return err
		}
		d := dumpedData{id: a.int()}
		a.int()                 // whether data follow, which the entry of these tells itself
		a.text(1 << 10)         // table
		a.text(1 << 10)         // object
		tag := a.text(1 << 10)  // its name
		kind := a.text(1 << 10) // and kind
		if a.version >= 111 {
			a.int() // section
		}
		definition := a.text(longest)
		a.text(0) // how it is dropped
		statement := a.text(64 << 10)
		schema := a.text(1 << 10)
		a.text(0) // tablespace
		if a.version >= 114 {
			a.text(0) // access method
		}
		if a.version >= 116 {
			a.int() // kind of relation
		}
		a.text(0) // owner
		a.text(0) // whether rows have object IDs
		a.dependencies()
		d.where(&a.archiveReader)
		if a.err != nil {
			break
		}
		d.copy = qualified(statement, tag, schema)
		a.keep(d, string(kind))
		if m := a.creating.FindSubmatchIndex(definition); m != nil && len(a.tables) < a.opts.Columns {
			a.tables[unquoted(string(definition[m[2]:m[3]]))] = defined(definition[m[1]:])
		}
		for line := range bytes.Lines(definition) {
			if err := c.end(free, bytes.TrimRight(line, "\r\n")); err != nil {
				return err
			}
		}
		a.rep.Bytes += int64(len(definition))
	}
	return nil
}

// dependencies are texts up to one that is none.
func (a *archiveReader) dependencies() {
	for a.err == nil {
		n := a.int()
		if n < 0 {
			return
		}
		a.pass(n)
	}
}

// where reads the place of an entry's data.
func (d *dumpedData) where(a *archiveReader) {
	if a.format != archiveCustom {
		d.file = string(a.text(1 << 10))
		return
	}
	const known = 2
	flag := a.byte()
	if at := a.number(a.offsets); flag == known {
		d.at = at
	}
}

// qualified is the statement before rows, with the schema that older versions leave out.
func qualified(statement, table, schema []byte) string {
	if len(schema) == 0 || bytes.Contains(statement, append(append([]byte(nil), schema...), '.')) || bytes.Contains(statement, append(append([]byte{'"'}, schema...), `".`...)) {
		return string(statement)
	}
	return string(bytes.Replace(statement, []byte("COPY "), append(append([]byte("COPY "), schema...), '.'), 1))
}

func (a *archived) keep(d dumpedData, kind string) {
	if kind != "TABLE DATA" && kind != "BLOBS" {
		return
	}
	a.held += len(d.copy)
	if len(a.data) == archiveParts || a.held > archiveHeld {
		d.copy = ""
		if len(a.data) == archiveParts {
			a.lose("", &probity.Gap{Reason: probity.Sampled, Because: "first 100000 tables in a dump"})
			return
		}
	}
	a.data = append(a.data, d)
	if c := a.opts.contents; c != nil && d.file != "" {
		if c.files == nil {
			c.files = map[string]string{}
		}
		c.files[strings.ToLower(d.file)] = d.copy
	}
}

// placed reports whether all places are known, and works out how long the parts are.
func (a *archived) placed(size int64) bool {
	parts := slices.DeleteFunc(slices.Clone(a.data), func(d dumpedData) bool { return d.at == 0 })
	if len(parts) == 0 || len(parts) < len(a.data) && slices.ContainsFunc(a.data, func(d dumpedData) bool { return d.at == 0 && d.copy != "" }) {
		return false
	}
	slices.SortFunc(parts, func(x, y dumpedData) int { return cmp.Compare(x.at, y.at) })
	for i := range parts {
		end := size
		if i+1 < len(parts) {
			end = parts[i+1].at
		}
		if parts[i].size = end - parts[i].at; parts[i].at >= size {
			return false
		}
	}
	a.data = parts
	return true
}
