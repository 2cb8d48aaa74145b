package verdict

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
)

// Keys are equal for equal documents only. What is long stands in them as its digest.

// appendKey appends the key of what is wanted of a document, with values in the place of some gaps. A wanted field that is not
// there is a gap.
func (n *Node) appendKey(b []byte, wanted *Paths, filled filling) []byte {
	switch n.form {
	case closed:
		return appendText(b, textOf(n.value.Value))
	case missing:
		if i, v := filled.of(n); v != nil {
			return appendText(b, n.few.texts[i])
		}
		return appendText(b, gapText(n.gap, n.few.count()))
	case list, later:
		return appendText(b, n.keyOf(wanted))
	}
	if !wanted.all() {
		for _, name := range wanted.names {
			b = n.appendField(b, name, wanted.below[name], filled)
		}
		return b
	}
	names := wanted.of(n)
	b = binary.AppendUvarint(b, uint64(len(names)))
	for _, name := range names {
		below, _ := wanted.Below(name)
		b = n.appendField(appendText(b, name), name, below, filled)
	}
	return b
}

func (n *Node) appendField(b []byte, name string, wanted *Paths, filled filling) []byte {
	f := n.field(name)
	if f == nil {
		f = absent
	}
	if f.form == structure {
		b = append(b, '{') // so that a group is no value, whatever it holds
	}
	return f.appendKey(b, wanted, filled)
}

// keyOf is what tells a list, or what is made later, from others as far as it is read.
func (n *Node) keyOf(wanted *Paths) string {
	c := n.cut(wanted)
	if c.key != "" {
		return c.key
	}
	var b []byte
	if n.form == later {
		b = n.source.AppendKey([]byte{'('}, c.read)
	} else {
		b = binary.AppendUvarint([]byte{'['}, uint64(len(n.items)))
		for _, it := range n.items {
			if it.form == structure {
				b = append(b, '{')
			}
			b = it.appendKey(b, c.read, nil)
		}
		if n.gap != nil {
			b = appendText(b, gapText(n.gap, 0))
		}
	}
	c.key = short(b)
	return c.key
}

// appendText appends a text so that no two lists of texts make the same.
func appendText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

// short is a key, or its digest where that is shorter.
func short(key []byte) string {
	if len(key) <= sha256.Size+1 {
		return string(key)
	}
	sum := sha256.Sum256(key)
	return "#" + string(sum[:])
}

func textOf(v ast.Value) string {
	if s, ok := v.(ast.String); ok { // most are, and need no quotes
		return short([]byte("'" + string(s)))
	}
	return short([]byte("=" + v.String()))
}

func gapText(g *probity.Gap, few int) string {
	b := AppendGap([]byte{'?'}, g)
	return short(binary.AppendUvarint(b, uint64(few)))
}

// AppendGap appends a gap to a key.
func AppendGap(b []byte, g *probity.Gap) []byte {
	return appendText(appendText(appendText(b, string(g.Reason)), g.Needs), g.Because)
}

// AppendKeyAt appends the key of the whole of a fact, by its path. What is not there is no other than a fact that nobody looked for.
func (n *Node) AppendKeyAt(b []byte, path probity.Path) []byte {
	for n.form == structure {
		name, rest, more := strings.Cut(string(path), ".")
		f := n.field(name)
		if f == nil {
			f = absent
		}
		if n, path = f, probity.Path(rest); !more {
			break
		}
	}
	if n.form == structure {
		b = append(b, '{')
	}
	return n.appendKey(b, nil, nil)
}
