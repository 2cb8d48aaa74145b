package pdf

import "cmp"

// pages reads every page: those of the tree in their order, then those that no tree reaches any more.
func (d *document) pages() error {
	seen := map[int]bool{}
	root := d.dict(d.trailer["Root"])
	if root == nil {
		root = d.dict(ref{num: d.found.root})
	}
	if err := d.branch(root["Pages"], nil, seen, 0); err != nil {
		return err
	}
	for _, num := range d.found.pages {
		if err := d.leaf(ref{num: num}, nil, seen); err != nil {
			return err
		}
	}
	return nil
}

// branch goes through the tree of pages; what a page does not have itself it has from above.
func (d *document) branch(v any, resources any, seen map[int]bool, depth int) error {
	m := d.dict(v)
	if m["Resources"] != nil {
		resources = m["Resources"]
	}
	r, is := v.(ref)
	if !is || depth > nested || m == nil || m["Type"] == name("Page") || m["Kids"] == nil {
		return d.leaf(v, resources, seen)
	}
	if seen[r.num] {
		return nil
	}
	seen[r.num] = true
	for _, kid := range d.array(m["Kids"]) {
		if err := d.branch(kid, resources, seen, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// leaf reads one page: its text, and what is noted on it.
func (d *document) leaf(v any, resources any, seen map[int]bool) error {
	r, is := v.(ref)
	if !is || seen[r.num] {
		return nil
	}
	seen[r.num] = true
	m := d.dict(r)
	if m == nil {
		return nil
	}
	if m["Resources"] != nil {
		resources = m["Resources"]
	}
	d.rep.Pages++
	if err := d.spend(64); err != nil {
		return err
	}
	w := &writer{document: d}
	b, err := d.contents(m["Contents"])
	err = cmp.Or(w.run(b, d.dict(resources), matrix{1, 0, 0, 1, 0, 0}, 0), err)
	if lost := w.flush(); lost != nil {
		return lost
	}
	if err != nil {
		return err
	}
	if w.given == 0 && w.images > 0 {
		d.rep.Images++
	}
	return d.notes(m["Annots"])
}

// contents joins the streams of a page: one may end anywhere between two words.
func (d *document) contents(v any) ([]byte, error) {
	if s := d.stream(v); s != nil {
		return d.decode(s)
	}
	var all []byte
	for _, e := range d.array(v) {
		s := d.stream(e)
		if s == nil {
			continue
		}
		b, err := d.decode(s)
		all = append(append(all, b...), '\n')
		if err != nil {
			return all, err
		}
	}
	return all, nil
}
