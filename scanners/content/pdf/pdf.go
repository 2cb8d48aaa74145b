// Package pdf reads the text of a PDF file (ISO 32000) for package content: pages, forms, comments, properties, and what is attached.
//
// Objects are found by going through the file from its beginning, never by its tables of references, so that a file that is cut,
// patched or damaged gives what it has. Nothing is drawn, run or followed. Everything unpacked counts against one budget.
package pdf

import (
	"context"
	"errors"
	"fmt"
)

// Part is one text of a file, or a file that is attached to it.
type Part struct {
	Path []string // empty: the text of a page; form and its fields, properties and one's name, comments, links, outline
	File string   // the name of the attached file that Text is; empty: it is a text
	Text []byte   // changes after the call
}

// Report says what could not be read.
type Report struct {
	Pages     int
	Encrypted bool // needs a password: nothing was read
	Exhausted bool // the budget was used up
	Images    int  // pages that show an image and no text
	Unmapped  int  // characters of fonts that do not tell what most of theirs mean
	Damaged   int  // streams and objects that could not be read whole
}

// Read hands over every part of a file, and takes from left what it costs. An error is the context's or each's own; whatever is wrong
// with the file is in the report.
func Read(ctx context.Context, file []byte, left *int64, each func(Part) error) (rep Report, err error) {
	d := &document{ctx: ctx, b: file, left: left, texts: *left, each: each, fonts: map[int]*font{}}
	defer func() {
		rep = d.rep
		// A defect of this reader must not end a scan of other files. The value that caused it is not told.
		if r := recover(); r != nil {
			rep.Damaged++
			err = nil
		}
		if errors.Is(err, errBudget) {
			rep.Exhausted, err = true, nil
		}
	}()
	if err := d.index(); err != nil {
		return rep, err
	}
	if d.rep.Encrypted {
		return rep, nil
	}
	for _, read := range []func() error{d.properties, d.pages, d.form, d.outline, d.attached} {
		if err := read(); err != nil {
			return rep, err
		}
	}
	return rep, nil
}

var errBudget = errors.New("budget used up")

// document is one file that is being read.
type document struct {
	ctx     context.Context
	b       []byte
	left    *int64 // of the budget, in bytes
	texts   int64  // bytes of text that may be handed over: few codes may mean many letters
	each    func(Part) error
	rep     Report
	objects map[int]entry
	packs   [][]byte // object streams, unpacked
	trailer dict
	key     *key // nil: not encrypted
	fonts   map[int]*font
	found   found
}

// found are objects by what they are, in the order of the file.
type found struct {
	pages, packs, specs []int
	root                int
}

// spend takes from the budget.
func (d *document) spend(n int) error {
	if err := d.ctx.Err(); err != nil {
		return fmt.Errorf("reading PDF: %w", err)
	}
	*d.left -= int64(n)
	if *d.left < 0 {
		*d.left, d.rep.Exhausted = 0, true
		return errBudget
	}
	return nil
}

// give hands over a text that is not empty.
func (d *document) give(text []byte, path ...string) error {
	if len(text) == 0 {
		return nil
	}
	if err := d.ctx.Err(); err != nil {
		return fmt.Errorf("reading PDF: %w", err)
	}
	if d.texts -= int64(len(text)); d.texts < 0 {
		return errBudget
	}
	return d.each(Part{Path: path, Text: text})
}
