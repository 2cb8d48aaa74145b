package content

import (
	"cmp"
	"encoding/xml"
	"strconv"
)

// tables reads the sheets of an OpenDocument spreadsheet. What says it is repeated is read once.
func (n *nested) tables(e *elements) error {
	g := &grid{n: n, sheet: "sheet"}
	var cells [][]byte
	var v []byte
	at, repeat, said := 0, 1, false
	for {
		t, err := e.token()
		if err != nil {
			return cmp.Or(g.begin(), err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "table":
				if err := g.begin(); err != nil {
					return err
				}
				g = &grid{n: n, sheet: entryName(attr(t, "name"))}
			case "table-row":
				cells, at = cells[:0], 0
			case "table-cell", "covered-table-cell":
				v = append(v[:0:0], attr(t, "date-value")...)
				said = len(v) > 0
				repeat = 1
				if r, err := strconv.Atoi(attr(t, "number-columns-repeated")); err == nil && r > 0 {
					repeat = min(r, wide)
				}
			case "p", "s", "line-break", "tab":
				if len(v) > 0 && !said {
					v = append(v, ' ')
				}
			}
		case xml.CharData:
			if !said {
				v = append(v, t...)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "table-cell", "covered-table-cell":
				if i := min(at, n.opts.Columns-1); len(v) > 0 {
					for len(cells) <= i {
						cells = append(cells, nil)
					}
					cells[i] = v
				}
				at, v, said = min(at+repeat, wide), nil, false
			case "table-row":
				if err := g.row(cells); err != nil {
					return err
				}
			}
		}
	}
}
