package content

// grid takes the rows of a sheet. The first ones are held until they show whether the first of all names the columns.
type grid struct {
	n     *nested
	sheet string
	held  [][][]byte
	cols  []*Column
	names [][]byte
	begun bool
}

func (g *grid) row(cells [][]byte) error {
	if g.begun {
		return g.give(cells)
	}
	empty := true
	own := make([][]byte, len(cells))
	for i, c := range cells {
		own[i] = append([]byte(nil), c[:min(len(c), g.n.opts.Cell)]...)
		empty = empty && len(c) == 0
	}
	if !empty {
		g.held = append(g.held, own)
	}
	if len(g.held) < 20 {
		return nil
	}
	return g.begin()
}

// begin decides, and gives what was held.
func (g *grid) begin() error {
	if g.begun {
		return nil
	}
	g.begun = true
	rows := g.held
	g.held = nil
	if len(rows) > 0 && isHeader(rows) {
		g.names, rows = rows[0], rows[1:]
	}
	for _, r := range rows {
		if err := g.give(r); err != nil {
			return err
		}
	}
	return nil
}

func (g *grid) give(cells [][]byte) error {
	some := false
	for i, c := range cells {
		if len(c) == 0 {
			continue
		}
		some = true
		col := g.column(i)
		for len(c) > g.n.opts.Cell {
			cut := seam(c[:g.n.opts.Cell])
			if err := g.n.each(col, c[:cut]); err != nil {
				return err
			}
			c = c[cut:]
		}
		if err := g.n.each(col, c); err != nil {
			return err
		}
	}
	if some {
		g.n.rep.Records++
	}
	return nil
}

func (g *grid) column(i int) *Column {
	for len(g.cols) <= i {
		c := unnamed(len(g.cols))
		if at := len(g.cols); at < len(g.names) && isName(g.names[at]) {
			c.Path, c.Name = string(g.names[at]), string(g.names[at])
		}
		g.cols = append(g.cols, g.n.column(g.sheet, c))
	}
	return g.cols[i]
}
