// Package content turns the bytes of one object into cells: short texts with the column they stand in. One file a format.
//
// It holds a window of the input and one cell at a time, whatever the size of a line, a field or a string. What it could not
// read is a gap in the [Report]; what was read before that has been handed over.
package content

import (
	"context"
	"errors"
	"io"

	"github.com/probity-scan/probity"
)

// Column is where cells stand: a CSV column, a JSON key path, or the free text of a whole object (Path empty).
type Column struct {
	Path string // "email", "people[].email", "column 3" where the source names none
	Name string // the last name of the path; empty when the source gives none
	Line int    // where the column is named, 1-based; 0: nowhere
}

// Each takes one cell. The text is the reader's own and changes after the call.
type Each func(c *Column, text []byte) error

// Options bound the reading of one object; a zero field has its default.
type Options struct {
	Bytes   int64 // after unpacking; 64 MiB
	Cell    int   // a longer text is handed over in pieces; 64 KiB
	Columns int   // names beyond this many are read under "*"; 2,000
	Ratio   int64 // bytes unpacked for each packed one; 300
	Size    int64 // of the object as it is stored, to be told; 0: not known

	// At reads anywhere in the object as it is stored, where Size is known. Formats with a directory at their end are read through
	// it, each place once; nil: such an object is held in memory. What is read counts to Bytes.
	At io.ReaderAt

	// Dump gives the table of contents of the folder that pg_dump -Fd wrote and the object lies in; nil: there is none. It is asked
	// for objects that are called like those of such a folder.
	Dump func() *Contents

	contents *Contents // takes what a table of contents tells
}

func (o Options) withDefaults() Options {
	if o.Bytes <= 0 {
		o.Bytes = 64 << 20
	}
	if o.Cell <= 0 {
		o.Cell = 64 << 10
	}
	if o.Columns <= 0 {
		o.Columns = 2000
	}
	if o.Ratio <= 0 {
		o.Ratio = 300
	}
	return o
}

// Report says what was read of an object.
type Report struct {
	Format  Format
	Bytes   int64        // unpacked bytes looked at
	Records int          // rows, lines, elements
	Ranged  bool         // read here and there through Options.At
	Gap     *probity.Gap // nil: read whole. Sampled: more than Options.Bytes. NotCollected: a format that is not read. Else a loss
}

// Read hands every cell of an object to each. The name only hints at the format. An error is the context's or each's own.
func Read(ctx context.Context, name string, r io.Reader, o Options, each Each) (Report, error) {
	return read(ctx, name, r, o.withDefaults(), each, 0)
}

// read reads an object that lies in as many archives as deep says.
func read(ctx context.Context, name string, r io.Reader, o Options, each Each, deep int) (Report, error) {
	in, trail := open(ctx, name, r, o)
	head := in.peek(sniffed)
	var rep Report
	rep.Format = detect(trail, head, in.ended())
	p := &parser{ctx: ctx, name: trail, deep: deep, in: in, opts: o, each: each, rep: &rep}
	var err error
	if statement, ok := o.dumped(trail); ok {
		rep.Format = SQL
		err = p.dumped(statement)
	} else {
		err = p.read(rep.Format)
	}
	if !rep.Format.archive() || deep > 0 {
		rep.Bytes += in.read
	}
	var bad *syntaxError
	switch {
	case ctx.Err() != nil:
		return rep, context.Cause(ctx)
	case errors.As(err, &bad):
		if !in.cut() {
			rep.Gap = bad.gap()
		}
	case err != nil:
		return rep, err
	}
	// What ended the stream also cut its syntax short: it is the cause.
	if g := in.gap(o.Size); rep.Gap == nil || g != nil && g.Reason.Loss() {
		rep.Gap = g
	}
	if in.text == nil {
		return rep, nil
	}
	if g := in.text.gap(rep.Format); g != nil && (rep.Gap == nil || !rep.Gap.Reason.Loss()) {
		rep.Gap = g
	}
	return rep, nil
}

// parser is what every format shares.
type parser struct {
	ctx  context.Context
	name string
	deep int
	in   *window
	opts Options
	each Each
	rep  *Report

	begun []byte // of an object that is too long to be held
}

func (p *parser) read(f Format) error {
	switch f {
	case CSV, TSV:
		return p.csv(f)
	case JSON:
		return p.json()
	case NDJSON:
		return p.ndjson()
	case Text:
		return p.text()
	case SQL:
		return p.sql()
	case Avro:
		return p.avro()
	case Parquet:
		return p.parquet()
	case SQLite:
		return p.sqlite()
	case PGDump:
		return p.archive()
	case Mail:
		return p.mail()
	case Mbox:
		return p.mbox()
	case XML:
		return p.xml()
	case HTML:
		return p.html()
	case YAML:
		return p.yaml()
	case PDF:
		return p.pdf()
	case RTF:
		return p.rtf()
	case Zip:
		return p.zip()
	case Tar:
		return p.tar()
	}
	if f.sealed() {
		p.rep.Gap = &probity.Gap{Reason: probity.Unreadable, Because: string(f)}
		return nil
	}
	if f != Empty {
		p.rep.Gap = &probity.Gap{Reason: probity.NotCollected, Because: "format not read: " + string(f)}
	}
	return nil
}
