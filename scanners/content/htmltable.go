package content

import (
	"strings"

	"golang.org/x/net/html/atom"
)

const tables = 100 // in each other; deeper ones are text of the last

// table is the innermost one that is open; nil: none is.
func (h *page) table() *cells {
	if len(h.grids) == 0 {
		return nil
	}
	return h.grids[len(h.grids)-1]
}

// opens begins a table, a row or a cell. What is open and does not say so ends.
func (h *page) opens(a atom.Atom) error {
	if a == atom.Table {
		if len(h.grids) < tables {
			h.grids = append(h.grids, &cells{})
		}
		return nil
	}
	t := h.table()
	if t == nil {
		return nil
	}
	if err := h.cellEnds(t); err != nil {
		return err
	}
	switch a {
	case atom.Tr:
		h.rowEnds(t)
	case atom.Td, atom.Th:
		t.in, t.header = true, a == atom.Th
	}
	return nil
}

// closes ends one.
func (h *page) closes(a atom.Atom) error {
	t := h.table()
	if t == nil {
		return nil
	}
	if err := h.cellEnds(t); err != nil {
		return err
	}
	switch a {
	case atom.Tr:
		h.rowEnds(t)
	case atom.Table:
		h.rowEnds(t)
		h.grids = h.grids[:len(h.grids)-1]
	}
	return nil
}

// cellEnds hands a cell over, at the name of its column or else of its row.
func (h *page) cellEnds(t *cells) error {
	if !t.in {
		return nil
	}
	text := strings.TrimSpace(string(t.text))
	t.in, t.text = false, t.text[:0]
	if len(t.row) < h.opts.Columns {
		t.row = append(t.row, heading{t.header, text})
	}
	if t.header {
		if isName([]byte(text)) {
			t.label = text
		}
		return h.give("", "", text)
	}
	if text != "" {
		h.rep.Records++
	}
	return h.give("table", h.nameOf(t, len(t.row)-1), text)
}

func (h *page) nameOf(t *cells, column int) string {
	if column < len(t.names) && t.names[column] != "" {
		return t.names[column]
	}
	return t.label
}

// rowEnds takes a row of nothing but headings for the names of columns.
func (h *page) rowEnds(t *cells) {
	all := len(t.row) > 1
	for _, c := range t.row {
		all = all && c.is
	}
	if all {
		t.names = t.names[:0]
		for _, c := range t.row {
			t.names = append(t.names, c.text)
		}
	}
	t.row, t.label = t.row[:0], ""
}

// spill hands over the beginning of a cell that is too long to be held.
func (h *page) spill(t *cells) error {
	text := string(t.text)
	t.in, t.text = false, t.text[:0]
	return h.give("table", h.nameOf(t, len(t.row)), text)
}
