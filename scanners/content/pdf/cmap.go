package pdf

import (
	"cmp"
	"slices"
)

// cmap says what codes of a font mean, or how long they are.
type cmap struct {
	lengths []span // ranges of codes by their length
	means   []span // sorted by lo
	two     bool   // every code has two bytes
}

// span is codes from lo to hi, and what lo means.
type span struct {
	lo, hi uint32
	bytes  int
	text   string
	each   []string // instead of counting on from text
}

// readCMap reads a stream of one (Adobe technical note 5014); what it does not know it leaves out.
func readCMap(b []byte) *cmap {
	m := &cmap{}
	l := &lexer{b: b}
	var args []any
	for {
		switch v := l.value().(type) {
		case word:
			switch v {
			case end:
				slices.SortStableFunc(m.means, func(a, b span) int { return cmp.Compare(a.lo, b.lo) })
				return m
			case "endcodespacerange":
				m.ranges(args)
			case "endbfchar":
				m.chars(args)
			case "endbfrange":
				m.spans(args)
			}
			args = args[:0]
		default:
			args = append(args, v)
		}
	}
}

func (m *cmap) ranges(args []any) {
	for i := 0; i+1 < len(args); i += 2 {
		lo, ok := args[i].(text)
		hi, too := args[i+1].(text)
		if ok && too && len(lo) > 0 && len(lo) <= 4 && len(lo) == len(hi) && len(m.lengths) < 32 {
			m.lengths = append(m.lengths, span{lo: code(lo), hi: code(hi), bytes: len(lo)})
		}
	}
}

func (m *cmap) chars(args []any) {
	for i := 0; i+1 < len(args); i += 2 {
		c, ok := args[i].(text)
		to, too := args[i+1].(text)
		if ok && too && len(c) <= 4 {
			m.means = append(m.means, span{lo: code(c), hi: code(c), text: meaning(to)})
		}
	}
}

func (m *cmap) spans(args []any) {
	for i := 0; i+2 < len(args); i += 3 {
		lo, ok := args[i].(text)
		hi, too := args[i+1].(text)
		if !ok || !too || len(lo) > 4 || len(hi) > 4 {
			continue
		}
		s := span{lo: code(lo), hi: code(hi)}
		switch to := args[i+2].(type) {
		case text:
			s.text = meaning(to)
		case array:
			for _, e := range to {
				t, _ := e.(text)
				s.each = append(s.each, meaning(t))
			}
		}
		m.means = append(m.means, s)
	}
}

// meaning is UTF-16, of which few characters are one code's.
func meaning(b text) string {
	if len(b) == 1 {
		return string(rune(b[0]))
	}
	return utf16be(b[:min(len(b), 64)])
}

func code(b text) uint32 {
	n := uint32(0)
	for _, c := range b {
		n = n<<8 | uint32(c)
	}
	return n
}

// of gives what a code means; empty: it is not told.
func (m *cmap) of(c uint32) string {
	i, found := slices.BinarySearchFunc(m.means, c, func(s span, c uint32) int { return cmp.Compare(s.lo, c) })
	if !found {
		i--
	}
	if i < 0 || m.means[i].hi < c {
		return ""
	}
	s := m.means[i]
	switch n := int(c - s.lo); {
	case s.each != nil:
		if n < len(s.each) {
			return s.each[n]
		}
		return ""
	case n == 0 || s.text == "":
		return s.text
	default:
		r := []rune(s.text)
		r[len(r)-1] += rune(n)
		return string(r)
	}
}

// next cuts the next code off.
func (m *cmap) next(b []byte) (c uint32, n int) {
	if m.two || len(m.lengths) == 0 {
		n = min(2, len(b))
		return code(b[:n]), n
	}
	for n := 1; n <= min(4, len(b)); n++ {
		c := code(b[:n])
		for _, s := range m.lengths {
			if s.bytes == n && s.holds(c) {
				return c, n
			}
		}
	}
	n = min(m.lengths[0].bytes, len(b))
	return code(b[:n]), n
}

// holds compares byte by byte, as ranges of codes are rectangles.
func (s span) holds(c uint32) bool {
	for shift := 0; shift < 8*s.bytes; shift += 8 {
		if b := c >> shift & 0xff; b < s.lo>>shift&0xff || b > s.hi>>shift&0xff {
			return false
		}
	}
	return true
}
