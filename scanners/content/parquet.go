package content

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/content/parquet"
)

// errShare ends the reading of a column that has had its share of the budget.
var errShare = errors.New("share of the budget used up")

// columns reads a file of columns: group of rows by group, column by column, so that a page is all that is held.
type columns struct {
	*nested
	cell
	from *ranged
	file *parquet.File
	all  []*columnRead
	left int64 // bytes that may still be unpacked
	now  *columnRead
	text [64]byte
	cut  bool
	odd  bool // some values are no text
}

// columnRead is a column under way.
type columnRead struct {
	*parquet.Column
	to   *Column
	lost error
	some bool // a page of it was read

	packed, used   int64 // of this group
	share, fetched int64 // what it may use and fetch of it
}

func (p *parser) parquet() error {
	from := p.ranged("Parquet file")
	if from == nil {
		return nil
	}
	f, err := parquet.Open(from, from.size)
	if err != nil {
		p.rep.Gap = from.unopened("Parquet file")
		if p.rep.Gap == nil {
			p.rep.Gap = &probity.Gap{Reason: probity.Unreadable, Because: "Parquet: " + err.Error()}
		}
		return nil
	}
	c := &columns{nested: p.nested(), cell: cell{max: p.opts.Cell, out: p.each}, from: from, file: f, left: p.opts.Bytes}
	for _, col := range f.Columns {
		c.all = append(c.all, &columnRead{Column: col, to: c.placed(col)})
	}
	err = c.read()
	if err == nil && p.rep.Gap == nil {
		p.rep.Gap = c.gap()
	}
	return err
}

// placed is where the values of a column stand, as in JSON.
func (c *columns) placed(col *parquet.Column) *Column {
	path, name := "", ""
	for _, s := range col.Path {
		switch {
		case s.Kind == parquet.Element:
			path += "[]"
			continue
		case s.Kind == parquet.Key:
			path, name = path+"{}", ""
		case s.Kind == parquet.Value, !isName([]byte(s.Name)):
			path, name = join(path, "*"), ""
		default:
			path, name = join(path, s.Name), s.Name
		}
	}
	return c.place(path, name)
}

func (c *columns) read() error {
	r := c.file.Reader()
	r.Page, r.Value = c.page, c.value
	for g, group := range c.file.Groups {
		rows := int64(0)
		order := c.order(group)
		for i, at := range order {
			c.now = c.all[at]
			if c.now.lost != nil || c.now.Type == parquet.Boolean {
				continue
			}
			c.begin(int64(len(order) - i))
			c.from.part = group.Chunks[at].End()
			err := r.Chunk(g, at)
			rows = max(rows, min(r.Seen(), group.Rows))
			if stop, err := c.ended(err); stop || err != nil {
				c.rep.Records += int(rows)
				return err
			}
		}
		c.rep.Records += int(rows)
	}
	return nil
}

// order puts small columns first: each may use an equal share of what is left, and what it does not need is for the others.
func (c *columns) order(g parquet.Group) []int {
	out := make([]int, len(c.all))
	for i := range out {
		out[i] = i
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(g.Chunks[a].Unpacked, g.Chunks[b].Unpacked) })
	return out
}

// begin gives the column its share, where so many are still to come.
func (c *columns) begin(n int64) {
	c.now.packed, c.now.used, c.now.share, c.now.fetched = 0, 0, c.left/n, c.from.left()/n
}

// ended tells how a column's part of a group did. stop: nothing more can be read.
func (c *columns) ended(err error) (stop bool, own error) {
	var bad parquet.Error
	switch {
	case err == nil:
		return false, nil
	case errors.Is(err, errShare):
		c.cut = true
		return false, nil
	case c.ctx.Err() != nil:
		return true, c.ctx.Err()
	case errors.Is(c.from.err, errBudget):
		c.cut = true
		return true, nil
	case c.from.err != nil:
		c.rep.Gap = c.from.unopened("Parquet file")
		return true, nil
	case errors.As(err, &bad):
		c.now.lost = bad
		return false, nil
	}
	return true, err
}

// page says whether the column may go on. It has at least one page, as long as there is any budget for it.
func (c *columns) page(packed, unpacked int) error {
	if err := c.ctx.Err(); err != nil {
		return err
	}
	n := c.now
	n.packed += int64(packed)
	most, fetch := n.share, n.fetched
	if !n.some {
		most, fetch = c.left, c.from.left()
	}
	if n.used+int64(unpacked) > most || n.packed > fetch {
		return errShare
	}
	n.some = true
	return c.use(16 + int64(unpacked))
}

func (c *columns) use(n int64) error {
	c.now.used += n
	if c.left -= n; c.left < 0 {
		return errShare
	}
	return nil
}

func (c *columns) value(v []byte, repeated bool) error {
	n := int64(1)
	if repeated {
		n += int64(len(v))
	}
	if err := c.use(n); err != nil {
		return err
	}
	if repeated && c.now.used > c.now.share {
		return errShare
	}
	text, ok := c.now.Text(c.text[:0], v)
	if !ok {
		c.odd = true
		return nil
	}
	return c.end(c.now.to, text)
}

// gap says what was not read: columns that are lost, or rows beyond the budget.
func (c *columns) gap() *probity.Gap {
	lost, unseen := 0, 0
	var first *columnRead
	for _, n := range c.all {
		switch {
		case n.lost != nil:
			if lost++; lost == 1 {
				first = n
			}
		case !n.some && n.Type != parquet.Boolean && c.cut:
			unseen++
		}
	}
	more := ""
	if lost > 1 {
		more = fmt.Sprintf(", and %d more columns", lost-1)
	}
	total := int64(0)
	for _, g := range c.file.Groups {
		total += min(g.Rows, 1<<50)
	}
	switch {
	case lost > 0:
		return &probity.Gap{Reason: probity.Unreadable, Because: "column " + cmp.Or(first.to.Path, "*") + ": " + first.lost.Error() + more}
	case unseen > 0:
		return &probity.Gap{Reason: probity.Sampled, Because: fmt.Sprintf("%d of %d columns, and not all of %d rows", len(c.all)-unseen, len(c.all), total), Needs: "a larger --bytes"}
	case c.cut:
		return &probity.Gap{Reason: probity.Sampled, Because: fmt.Sprintf("not all of %d rows", total), Needs: "a larger --bytes"}
	case c.odd:
		return &probity.Gap{Reason: probity.NotCollected, Because: "values that are no text"}
	}
	return nil
}
