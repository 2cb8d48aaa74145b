package content

import (
	"bufio"
	"cmp"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pierrec/lz4/v4"

	"github.com/probity-scan/probity"
)

// Parts of an archive.
const (
	archiveRows  = 1
	archiveBlobs = 3
)

// apart reads parts where they stand, the smallest first: each may use an equal share of what is left, and what it does not need is
// for the others.
func (a *archived) apart(places *ranged) error {
	slices.SortStableFunc(a.data, func(x, y dumpedData) int { return cmp.Compare(x.size, y.size) })
	for i, d := range a.data {
		n := int64(len(a.data) - i)
		share, fetch := (a.opts.Bytes-a.rep.Bytes)/n, max(places.left()/n, least)
		if share <= 0 || places.err != nil {
			a.cut += len(a.data) - i
			break
		}
		places.part = d.at + d.size
		part := a.archiveReader
		part.r = bufio.NewReader(&allotted{io.NewSectionReader(places, d.at, d.size), fetch})
		part.err = nil
		kind, id := part.byte(), part.int()
		if part.err == nil && id != d.id {
			part.fail()
		}
		if err := a.part(&part, kind, d.copy, share); err != nil {
			return err
		}
		switch {
		case a.ctx.Err() != nil:
			return a.ctx.Err()
		case places.err != nil: // told below
		case part.err != nil && !errors.Is(part.err, errBudget):
			a.lose("", &probity.Gap{Reason: probity.Unreadable, Because: errArchive.Error()})
		}
	}
	if places.err != nil && !errors.Is(places.err, errBudget) {
		a.lose("", places.unopened("pg_dump archive"))
	}
	return nil
}

// allotted reads until it has had its share.
type allotted struct {
	r    io.Reader
	left int64
}

func (s *allotted) Read(p []byte) (int, error) {
	if s.left <= 0 {
		return 0, errBudget
	}
	n, err := s.r.Read(p[:min(int64(len(p)), s.left)])
	s.left -= int64(n)
	return n, err
}

// inOrder reads the parts as they follow each other.
func (a *archived) inOrder() error {
	statements := map[int64]string{}
	for _, d := range a.data {
		statements[d.id] = d.copy
	}
	for {
		kind := a.byte()
		if errors.Is(a.err, io.EOF) && !a.in.cut() {
			a.err = nil
			return nil
		}
		id := a.int()
		if a.err != nil {
			return nil
		}
		left := a.opts.Bytes - a.rep.Bytes
		if left <= 0 {
			a.cut++
			return nil
		}
		if err := a.part(&a.archiveReader, kind, statements[id], left); err != nil || a.err != nil {
			return err
		}
	}
}

// part reads the rows of a table, or large objects, for so many bytes, and goes to its end.
func (a *archived) part(r *archiveReader, kind byte, statement string, share int64) error {
	switch kind {
	case archiveRows:
		c := &chunks{r: r}
		if err := a.rows(r, statement, unpackedRows(a.ctx, c, a.packing, a.opts.Ratio), share); err != nil {
			return err
		}
		return c.end()
	case archiveBlobs:
		for {
			id := r.int()
			if id == 0 || r.err != nil {
				return nil
			}
			c := &chunks{r: r}
			if err := a.entry(fmt.Sprintf("large object %d", id), unpackedRows(a.ctx, c, a.packing, a.opts.Ratio)); err != nil {
				return err
			}
			if err := c.end(); err != nil {
				return err
			}
		}
	}
	r.fail()
	return nil
}

// chunks are the pieces of a part, each behind its length.
type chunks struct {
	r    *archiveReader
	left int64
	done bool
}

func (c *chunks) Read(p []byte) (int, error) {
	if c.left == 0 && !c.done {
		c.left = c.r.int()
		if c.left < 0 {
			c.r.fail()
		}
		c.done = c.left == 0
	}
	switch {
	case errors.Is(c.r.err, io.EOF):
		return 0, io.ErrUnexpectedEOF
	case c.r.err != nil:
		return 0, c.r.err
	case c.done:
		return 0, io.EOF
	}
	n, err := c.r.r.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	if err != nil {
		c.r.err = err
	}
	return n, err
}

// end passes over what was not read. What keeps it from that is the reader's error, and tells itself.
func (c *chunks) end() error {
	for !c.done && c.r.err == nil {
		if c.left == 0 {
			if c.left = c.r.int(); c.left <= 0 {
				c.done = true
			}
			continue
		}
		c.r.pass(c.left)
		c.left = 0
	}
	return nil
}

// unpackedRows unpacks what is in chunks, as the header tells.
func unpackedRows(ctx context.Context, c io.Reader, packing byte, most int64) io.Reader {
	from := &counter{ctx: ctx, r: c}
	open, ok := map[byte]func(io.Reader) (io.Reader, error){
		1: func(r io.Reader) (io.Reader, error) { return zlib.NewReader(r) },
		2: func(r io.Reader) (io.Reader, error) { return lz4.NewReader(r), nil },
		3: unzstd,
	}[packing]
	if !ok {
		return from
	}
	by := &packed{name: map[byte]string{1: "zlib", 2: "lz4", 3: "zstd"}[packing]}
	z, err := open(from)
	switch {
	case errors.Is(err, io.EOF): // nothing was written
		return strings.NewReader("")
	case err != nil:
		return broken{by.told(err)}
	}
	return &ratio{r: stream{z, by}, packed: from, max: most}
}

// rows reads those of a COPY statement; without one they are statements themselves.
func (a *archived) rows(of *archiveReader, statement string, r io.Reader, share int64) error {
	text, checks := decode(bufio.NewReaderSize(r, sniffed), "")
	sub := *a.parser
	sub.in = newWindow(text, share)
	sub.in.text = checks
	d := (&nested{parser: &sub, cols: a.cols}).dump()
	d.tables = a.tables
	var err error
	table := "a table"
	if m := a.copying.FindStringSubmatch(statement); m != nil {
		table = entryName(unquoted(m[1]))
		err = d.copied(unquoted(m[1]), list(m[2]))
	} else {
		err = d.statements()
	}
	a.rep.Bytes += sub.in.read
	var bad *syntaxError
	switch {
	case a.ctx.Err() != nil:
		return a.ctx.Err()
	case err != nil && !errors.As(err, &bad):
		return err
	case errors.Is(sub.in.err, errBudget):
		a.cut++
		return nil
	case of.err != nil:
		return nil // of the archive, which tells it
	}
	g := sub.in.gap(0)
	if g == nil && bad != nil {
		g = bad.gap()
	}
	a.lose(table, g)
	if checks != nil {
		a.lose(table, checks.gap(SQL))
	}
	return nil
}
