package pdf

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
)

// properties reads what the file says of itself, but not which program wrote it and when.
func (d *document) properties() error {
	info := d.dict(d.trailer["Info"])
	for _, k := range sorted(info) {
		switch {
		case k == "CreationDate", k == "ModDate", k == "Trapped", k == "Producer", k == "Creator", strings.HasPrefix(k, "PTEX."):
			continue
		}
		if err := d.give(d.str(info[k]), "properties", k); err != nil {
			return err
		}
	}
	return d.metadata(d.stream(d.dict(d.trailer["Root"])["Metadata"]))
}

// metadata reads what XMP says in Dublin Core: authors, titles, descriptions.
func (d *document) metadata(s *stream) error {
	if s == nil {
		return nil
	}
	b, err := d.decode(s)
	if err != nil {
		return err
	}
	x := xml.NewDecoder(bytes.NewReader(b))
	of := ""
	for {
		t, err := x.RawToken()
		if err != nil {
			return nil
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Space == "dc" {
				of = t.Name.Local
			}
		case xml.EndElement:
			if t.Name.Space == "dc" {
				of = ""
			}
		case xml.CharData:
			if t = bytes.TrimSpace(t); of == "format" || of == "" || len(t) == 0 {
				continue
			}
			if err := d.give(t, "properties", of); err != nil {
				return err
			}
		}
	}
}

// form reads the fields of a form and what was filled in.
func (d *document) form() error {
	f := d.dict(d.dict(d.trailer["Root"])["AcroForm"])
	if err := d.xfa(f["XFA"]); err != nil {
		return err
	}
	return d.fields(d.array(f["Fields"]), []string{"form"}, map[int]bool{}, 0)
}

func (d *document) fields(of array, above []string, seen map[int]bool, depth int) error {
	if depth > nested {
		return nil
	}
	for _, v := range of {
		r, is := v.(ref)
		if !is || seen[r.num] {
			continue
		}
		seen[r.num] = true
		m := d.dict(r)
		path := above
		if own := d.str(m["T"]); len(own) > 0 {
			path = append(slices.Clip(above), string(own))
		}
		values := array{m["V"]}
		if a := d.array(m["V"]); a != nil {
			values = a
		}
		for _, v := range values {
			b := d.str(v)
			if s := d.stream(v); s != nil {
				var err error
				if b, err = d.decode(s); err != nil {
					return err
				}
			}
			if err := d.give(b, path...); err != nil {
				return err
			}
		}
		if err := d.fields(d.array(m["Kids"]), path, seen, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// xfa hands over a form that is XML; the part with what was filled in is called datasets.
func (d *document) xfa(v any) error {
	if s := d.stream(v); s != nil {
		return d.file("xfa.xml", s)
	}
	a := d.array(v)
	for i := 0; i+1 < len(a); i += 2 {
		if s := d.stream(a[i+1]); s != nil && string(d.str(a[i])) == "datasets" {
			return d.file("datasets.xml", s)
		}
	}
	return nil
}

// notes reads what is noted on a page, and where its links lead.
func (d *document) notes(v any) error {
	for _, a := range d.array(v) {
		m := d.dict(a)
		if err := d.give(d.str(d.dict(m["A"])["URI"]), "links"); err != nil {
			return err
		}
		if d.name(m["Subtype"]) == "Widget" {
			continue // a field of the form
		}
		for _, k := range []string{"T", "Contents"} {
			if err := d.give(d.str(m[k]), "comments"); err != nil {
				return err
			}
		}
	}
	return nil
}

// outline reads the titles of bookmarks.
func (d *document) outline() error {
	seen := map[int]bool{}
	next := []any{d.dict(d.dict(d.trailer["Root"])["Outlines"])["First"]}
	for len(next) > 0 {
		r, is := next[len(next)-1].(ref)
		next = next[:len(next)-1]
		if !is || seen[r.num] {
			continue
		}
		seen[r.num] = true
		m := d.dict(r)
		if err := d.give(d.str(m["Title"]), "outline"); err != nil {
			return err
		}
		next = append(next, m["Next"], m["First"])
	}
	return nil
}

// attached hands over files that the file holds.
func (d *document) attached() error {
	seen := map[int]bool{}
	for _, num := range d.found.specs {
		if seen[num] {
			continue
		}
		seen[num] = true
		for _, m := range specs(d.resolve(ref{num: num}), 0) {
			if err := d.attachment(m, seen); err != nil {
				return err
			}
		}
	}
	return nil
}

// attachment hands over the file of one specification; it may be there twice, under two keys.
func (d *document) attachment(m dict, seen map[int]bool) error {
	as := d.str(m["UF"])
	if len(as) == 0 {
		as = d.str(m["F"])
	}
	ef := d.dict(m["EF"])
	for _, k := range sorted(ef) {
		s := d.stream(ef[k])
		if s == nil || seen[-1-s.of.num] {
			continue
		}
		seen[-1-s.of.num] = true
		if err := d.file(string(as), s); err != nil {
			return err
		}
	}
	return nil
}

func (d *document) file(as string, s *stream) error {
	b, err := d.decode(s)
	if err != nil {
		return err
	}
	if as == "" {
		as = "attached"
	}
	return d.each(Part{File: as, Text: b})
}
