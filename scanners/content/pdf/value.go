package pdf

import (
	"maps"
	"slices"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// What a file consists of; null is nil, truth is bool, and every number is a float64.
type (
	name   string
	text   []byte
	array  []any
	dict   map[string]any
	ref    struct{ num, gen int }
	word   string // anything else: an operator, a keyword
	stream struct {
		dict
		raw   []byte
		of    ref
		plain bool // not encrypted, whatever the file says
	}
)

// number gives a value as a number; 0 where it is none.
func (d *document) number(v any) float64 {
	f, _ := d.resolve(v).(float64)
	return f
}

// integer gives a value as a whole number within bounds.
func (d *document) integer(v any, least, most int) int {
	f := d.number(v)
	if !(f > float64(least)) { // nor NaN
		return least
	}
	return int(min(f, float64(most)))
}

func (d *document) name(v any) string {
	n, _ := d.resolve(v).(name)
	return string(n)
}

func (d *document) array(v any) array {
	a, _ := d.resolve(v).(array)
	return a
}

// dict gives a dictionary, or that of a stream.
func (d *document) dict(v any) dict {
	switch v := d.resolve(v).(type) {
	case dict:
		return v
	case *stream:
		return v.dict
	}
	return nil
}

func (d *document) stream(v any) *stream {
	s, _ := d.resolve(v).(*stream)
	return s
}

// str gives a text string (ISO 32000-1, 7.9.2.2) in UTF-8.
func (d *document) str(v any) []byte {
	b, _ := d.resolve(v).(text)
	switch {
	case len(b) > 1 && b[0] == 0xfe && b[1] == 0xff:
		return []byte(utf16be(b[2:]))
	case len(b) > 1 && b[0] == 0xff && b[1] == 0xfe: // none of the standard's, but written
		return []byte(utf16le(b[2:]))
	case len(b) > 2 && b[0] == 0xef && b[1] == 0xbb && b[2] == 0xbf:
		return b[3:]
	}
	out := make([]byte, 0, len(b))
	for _, c := range b {
		out = append(out, string(charmap.Windows1252.DecodeByte(c))...)
	}
	return out
}

func utf16be(b []byte) string {
	u := make([]uint16, len(b)/2)
	for i := range u {
		u[i] = uint16(b[2*i])<<8 | uint16(b[2*i+1])
	}
	return string(utf16.Decode(u))
}

func utf16le(b []byte) string {
	u := make([]uint16, len(b)/2)
	for i := range u {
		u[i] = uint16(b[2*i]) | uint16(b[2*i+1])<<8
	}
	return string(utf16.Decode(u))
}

// sorted lists keys in an order that is always the same.
func sorted(m dict) []string { return slices.Sorted(maps.Keys(m)) }
