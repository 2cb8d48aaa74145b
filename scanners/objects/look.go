package objects

import (
	"context"
	"io"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/content"
)

// Object is what is known of an object before it is read.
type Object struct {
	Name string // as labels say it
	Hint string // of its format: the last part of its true name
	Size int64  // as stored; 0: not known

	At io.ReaderAt // reads anywhere in it, where Size is known; nil: it can be read from its beginning only

	Dump func() *content.Contents // of the folder that pg_dump wrote it into; nil: it is in none
}

// Placed is a label and where in its object it stands.
type Placed struct {
	probity.Label
	Column string
	Line   int // 1-based; 0: nowhere
}

// Look reads one object, no more than limit bytes of it unpacked, and says what it holds. The report has what could not be read.
func Look(ctx context.Context, o Object, r io.Reader, limit int64, tally Tally) ([]Placed, content.Report, error) {
	cols := map[*content.Column]func([]byte){}
	at := map[string]*content.Column{}
	rep, err := content.Read(ctx, o.Hint, r, content.Options{Bytes: limit, Size: o.Size, At: o.At, Dump: o.Dump}, func(c *content.Column, b []byte) error {
		add, ok := cols[c]
		if !ok {
			on := join(o.Name, c.Path)
			add = tally.Column(on, c.Name)
			cols[c], at[on] = add, c
		}
		add(b)
		return nil
	})
	if err != nil {
		return nil, rep, err
	}
	var out []Placed
	for _, l := range tally.Labels() {
		l.Sample.Unit = "cells"
		l.Sample.Method, l.Sample.Total = "first", probity.Missing[int](probity.Gap{Reason: probity.Sampled}, nil)
		if rep.Gap == nil {
			l.Sample.Method, l.Sample.Total = "all", probity.Known(l.Sample.Read, nil)
		}
		c := at[l.On]
		out = append(out, Placed{Label: l, Column: c.Path, Line: c.Line})
	}
	return out, rep, nil
}
