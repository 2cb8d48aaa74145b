package content

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"
)

// isName reports whether a header or key is a name somebody gave to a column, and not itself data: a map from e-mail
// addresses to people has data for keys, which must not get into paths.
func isName(b []byte) bool {
	if len(b) == 0 || len(b) > 64 || !utf8.Valid(b) {
		return false
	}
	digits, letters := 0, 0
	for i, r := range string(b) {
		switch {
		case unicode.IsDigit(r):
			if digits++; digits > 4 {
				return false
			}
		case unicode.IsLetter(r), unicode.IsMark(r):
			letters++
		case r == '@' && i > 0, unicode.IsControl(r): // leading: JSON-LD, XML turned JSON
			return false
		}
	}
	return letters > 0
}

// IsKey is isName for a key, which nothing else shows to be a name: one of several words must have a common one.
func IsKey(b []byte) bool {
	return isName(b) && (!bytes.ContainsAny(b, " ,'") || Common(b))
}

// unnamed is the column that a source gives no name.
func unnamed(i int) *Column { return &Column{Path: fmt.Sprintf("column %d", i+1)} }

const children = 200 // names below one key before it counts as a map

// keys is a place in JSON: all elements of an array are one place.
type keys struct {
	path   string
	name   string
	below  map[string]*keys
	elem   *keys
	any    *keys // below keys that are data
	values *Column
	data   *Column // the keys themselves, where they are data
	depth  int
}

// places counts those made, over one object.
type places struct{ made, max int }

func (p *places) add(k *keys, path, name string) *keys {
	p.made++
	return &keys{path: path, name: name, depth: k.depth + 1}
}

const depth = 64 // deeper values belong to the place at this depth

func (p *places) element(k *keys) *keys {
	if k.depth >= depth {
		return k
	}
	if k.elem == nil {
		k.elem = p.add(k, k.path+"[]", k.name)
	}
	return k.elem
}

// key gives the place below k; named is false where the key is data.
func (p *places) key(k *keys, key []byte) (below *keys, named bool) {
	if k.depth >= depth {
		return k, false
	}
	if n, ok := k.below[string(key)]; ok {
		return n, true
	}
	if len(k.below) >= children || p.made >= p.max || !IsKey(key) {
		if k.any == nil {
			k.any = p.add(k, join(k.path, "*"), "")
		}
		return k.any, false
	}
	if k.below == nil {
		k.below = map[string]*keys{}
	}
	name := string(key)
	n := p.add(k, join(k.path, name), name)
	k.below[name] = n
	return n, true
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func (k *keys) column(line int) *Column {
	if k.values == nil {
		k.values = &Column{Path: k.path, Name: k.name, Line: line}
	}
	return k.values
}

func (k *keys) keyColumn(line int) *Column {
	if k.data == nil {
		k.data = &Column{Path: k.path + "{}", Line: line}
	}
	return k.data
}
