package personaldata

import (
	"encoding/binary"
	"slices"
	"strings"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// A shape is what a printed form looks like in atoms, runs of letters and digits, and separators. All shapes of all
// detectors are one automaton whose symbols are atoms (which kinds of bytes, how long) and separators: a step is one
// look-up, and more detectors cost table, not time.
type shape struct {
	detector int // or noise
	printed  bool
	solo     bool // words need not name it
	sure     bool // what passes is reported whatever is around
	exact    bool // of digits alone
	chance   bool // a share passes by chance
	lower    bool // of its detector, as are find and check
	behind   byte // must stand behind it, if not 0
	find     func(text []byte, at int) detectors.Found
	check    func(detectors.Value) detectors.Strength
	template []template
}

// marks are the bytes that may have to stand behind a shape.
const marks = "<=^"

// noise is the detector of shapes that are no personal data though pieces of them look so.
const noise = -1

// template is an atom of a shape. Its bytes are 9, A or X; the last one stands for all that follow.
type template struct {
	bytes  string
	lo, hi int  // length
	exact  bool // the automaton saw all there is to see
	// where a digit and where a letter may stand, a bit each
	digits, letters uint64
}

// element is an atom or a separator of a pattern.
type element struct {
	template
	separator int   // symbol, or 0
	accepts   uint8 // kinds
}

// separators are those that a shape may have, by symbol; the last two are two bytes.
func separators() []string { return []string{1: " ", 2: "-", 3: ".", 4: "/", 5: ":", 6: ", ", 7: ". "} }

const longest = 63 // longer atoms are all alike

// parse reads a pattern: 9 a digit, A a letter, X either, {2} or {2-4} repeats the byte before it, others are separators.
func parse(pattern string) (out []element) {
	separators := separators()
	for i := 0; i < len(pattern); {
		if c := pattern[i]; c != '9' && c != 'A' && c != 'X' {
			for k := len(separators) - 1; k > 0; k-- {
				if strings.HasPrefix(pattern[i:], separators[k]) {
					out = append(out, element{separator: k})
					i += len(separators[k])
					break
				}
			}
			continue
		}
		var e element
		for i < len(pattern) && strings.IndexByte("9AX", pattern[i]) >= 0 {
			e.bytes += pattern[i : i+1]
			e.lo, e.hi = e.lo+1, e.hi+1
			i++
			if i == len(pattern) || pattern[i] != '{' {
				continue
			}
			end := i + strings.IndexByte(pattern[i:], '}')
			from, to, ranged := strings.Cut(pattern[i+1:end], "-")
			lo := decimal(from)
			hi := lo
			if ranged {
				hi = decimal(to)
			} else {
				e.bytes += strings.Repeat(pattern[i-1:i], lo-1)
			}
			e.lo, e.hi = e.lo+lo-1, e.hi+hi-1
			i = end + 1
		}
		e.accepts = e.kinds()
		e.exact = strings.Trim(e.bytes, "9") == ""
		for k := range 64 {
			c := e.bytes[min(k, len(e.bytes)-1)]
			e.digits |= uint64(oneIf(c != 'A')) << k
			e.letters |= uint64(oneIf(c != '9')) << k
		}
		out = append(out, e)
	}
	return out
}

func decimal(s string) (n int) {
	for _, c := range []byte(s) {
		n = n*10 + int(c-'0')
	}
	return n
}

// fits reports whether an atom of these kinds and length may be the element.
func (e *element) fits(kinds, length int) bool {
	return e.separator == 0 && length >= e.lo && length <= e.hi && e.accepts>>kinds&1 == 1
}

// kinds gives a bit for each combination of kinds that an atom may have.
func (t *template) kinds() (accepts uint8) {
	nine, letter, either := strings.Contains(t.bytes, "9"), strings.Contains(t.bytes, "A"), strings.Contains(t.bytes, "X")
	for k := 1; k < 8; k++ {
		switch {
		case nine && k&digits == 0, letter && k&letters == 0, !either && !letter && k&letters != 0, !either && !nine && k&digits != 0:
		default:
			accepts |= 1 << k
		}
	}
	return accepts
}

// automaton takes symbols from state to state. States behind an atom and states behind a separator, of which 1 is the
// start, have numbers of their own; 0 is dead.
type automaton struct {
	symbol    [8 << 6]uint8            // of an atom, by kinds and length
	atom      []uint16                 // the next state by a state behind a separator and the symbol of an atom
	width     int                      // how many symbols atoms have
	separator [][mostSeparators]uint16 // by a state behind an atom and a separator
	accept    [][]uint16               // the shapes that are complete behind an atom; states in which none is have larger numbers
	letter    uint64                   // lengths of the atoms of letters that may begin a shape, a bit each
}

const mostSeparators = 8

// stateTable is what the construction makes: states, and where they lead by the symbols of separators, then of atoms.
type stateTable struct {
	next   []uint16
	width  int
	accept [][]uint16
}

// place is an element of a pattern, or its end.
type place struct{ pattern, element int }

func newAutomaton(patterns [][]element) *automaton {
	a := &automaton{}
	fits := make([][]bool, len(separators())) // by symbol: which of all elements it fits
	var all []*element
	first := make([]int, len(patterns))
	for i, p := range patterns {
		first[i] = len(all)
		for k := range p {
			all = append(all, &p[k])
		}
	}
	for k := range fits {
		fits[k] = make([]bool, len(all))
		for i, e := range all {
			fits[k][i] = k > 0 && e.separator == k
		}
	}
	// Atoms that no shape tells apart share a symbol: the table stays small enough for the cache.
	known := map[string]uint8{}
	key := make([]byte, len(all))
	for y := range a.symbol {
		any := false
		for i, e := range all {
			key[i] = byte(oneIf(e.fits(y>>6, y&63)))
			any = any || key[i] == 1
		}
		if any && known[string(key)] == 0 {
			known[string(key)] = uint8(len(fits))
			row := make([]bool, len(all))
			for i := range row {
				row[i] = key[i] == 1
			}
			fits = append(fits, row)
		}
		a.symbol[y] = known[string(key)]
	}
	start := make([]place, len(patterns))
	for i, p := range patterns {
		start[i] = place{i, 0}
		if e := &p[0]; e.fits(uppers, e.lo) {
			for n := e.lo; n <= e.hi; n++ {
				a.letter |= 1 << min(n, 63)
			}
		}
	}
	a.arrange(build(patterns, fits, first, start))
	return a
}

// build is the subset construction: a state is a set of places.
func build(patterns [][]element, fits [][]bool, first []int, start []place) (t stateTable) {
	t.width = len(fits)
	var scratch []byte
	key := func(places []place) []byte {
		scratch = scratch[:0]
		for _, p := range places {
			scratch = binary.AppendUvarint(binary.AppendUvarint(scratch, uint64(p.pattern)), uint64(p.element))
		}
		return scratch
	}
	ids, states := map[string]uint16{"": 0, string(key(start)): 1}, [][]place{nil, start}
	var to []place
	for s := 0; s < len(states); s++ {
		var done []uint16
		for _, p := range states[s] {
			if p.element == len(patterns[p.pattern]) {
				done = append(done, uint16(p.pattern))
			}
		}
		t.accept = append(t.accept, done)
		row := len(t.next)
		t.next = append(t.next, make([]uint16, t.width)...)
		if len(done) == len(states[s]) {
			continue
		}
		for y := range t.width {
			to = to[:0]
			for _, p := range states[s] {
				if p.element < len(patterns[p.pattern]) && fits[y][first[p.pattern]+p.element] {
					to = append(to, place{p.pattern, p.element + 1})
				}
			}
			if len(to) == 0 {
				continue
			}
			k := key(to)
			id, ok := ids[string(k)]
			if !ok {
				id = uint16(len(states))
				ids[string(k)] = id
				states = append(states, slices.Clone(to))
			}
			t.next[row+y] = id
		}
	}
	return t
}

// arrange numbers the states anew, so that what is looked up is small and needs no other look-up.
func (a *automaton) arrange(t stateTable) {
	first := len(separators())
	behind := make([]bool, len(t.accept)) // a separator
	behind[1] = true
	for i, to := range t.next {
		behind[to] = behind[to] || i%t.width < first
	}
	number := make([]uint16, len(t.accept))
	var atoms, others []int // states behind an atom, by their number less one, and behind a separator
	a.accept = [][]uint16{nil}
	for _, complete := range []bool{true, false} {
		for s := 1; s < len(t.accept); s++ {
			if !behind[s] && len(t.accept[s]) > 0 == complete {
				atoms = append(atoms, s)
				number[s] = uint16(len(atoms))
			}
		}
		if complete {
			for _, s := range atoms {
				a.accept = append(a.accept, t.accept[s])
			}
		}
	}
	for s := 1; s < len(t.accept); s++ {
		if behind[s] {
			others = append(others, s)
			number[s] = uint16(len(others))
		}
	}
	a.separator = make([][mostSeparators]uint16, len(atoms)+1)
	for i, s := range atoms {
		for y := range first {
			a.separator[i+1][y] = number[t.next[s*t.width+y]]
		}
	}
	a.width = t.width - first + 1 // 0 is the symbol of atoms that fit nothing
	a.atom = make([]uint16, (len(others)+1)*a.width)
	for i, s := range others {
		for y := 1; y < a.width; y++ {
			a.atom[(i+1)*a.width+y] = number[t.next[s*t.width+first+y-1]]
		}
	}
	for y, symbol := range a.symbol {
		a.symbol[y] = uint8(max(0, int(symbol)-first+1))
	}
}

// simple symbols stand for one byte each; the larger one asks what stands behind it.
const simple = mostSeparators - 1

// separating gives the symbols of separators by their first byte.
func separating() (t [256]uint8) {
	for _, c := range []byte(".,\xC2\xE2") {
		t[c] = simple + 1
	}
	for k, s := range separators() {
		if len(s) == 1 && t[s[0]] == 0 {
			t[s[0]] = uint8(k)
		}
	}
	return t
}

// separatorAt gives the symbol of the separator at b[0] and its width in bytes, or 0: spaces and dashes beyond ASCII
// count as ' ' and '-'.
func separatorAt(b []byte) (symbol, width int) {
	_ = b[2]
	switch b[0] {
	case ' ':
		return 1, 1
	case '-':
		return 2, 1
	case '.':
		if b[1] == ' ' {
			return 7, 2
		}
		return 3, 1
	case '/':
		return 4, 1
	case ':':
		return 5, 1
	case ',':
		if b[1] == ' ' {
			return 6, 2
		}
	case 0xC2:
		if b[1] == 0xA0 {
			return 1, 2
		}
	case 0xE2:
		switch {
		case b[1] != 0x80:
		case b[2] <= 0x8A, b[2] == 0xAF:
			return 1, 3
		case b[2] >= 0x90 && b[2] <= 0x95:
			return 2, 3
		}
	}
	return 0, 0
}
