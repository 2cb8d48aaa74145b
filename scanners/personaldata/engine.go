package personaldata

import (
	"strings"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// engine is the detectors made ready: shapes by the first word they need, finders by where they are called, words by hash.
type engine struct {
	all     []detectors.Detector
	lex     *lexicon
	class   [256]uint8
	shapes  [3][maxWord + 1][]shape // by the class of the first word and its length
	finders [8][]int                // by the bit of their trigger
	vague   set                     // those that take a whole cell: their words say little of a code in it
	naming  set                     // those called where a word names them
	endings []ending                // of words that name
	hinting []ending                // of headers that may name
}

// Classes of bytes.
const (
	digit = 1 << iota
	upper
	lower
	letter // beyond ASCII
	mark   // starts a finder: @ + ( - %
	line   // ends a line
)

const word = digit | upper | lower | letter

const maxWord = 24

// The classes of a shape's first word.
const (
	digitsOnly = iota
	lettersOnly
	mixed
)

type ending struct {
	tail     string
	detector int
}

type shape struct {
	pattern  string
	detector int
	printed  bool
}

func newEngine(all []detectors.Detector) *engine {
	e := &engine{all: all, lex: newLexicon(all)}
	for c := range e.class {
		switch b := byte(c); {
		case b-'0' < 10:
			e.class[c] = digit
		case b-'A' < 26:
			e.class[c] = upper
		case b-'a' < 26:
			e.class[c] = lower
		case b == '@' || b == '+' || b == '(' || b == '-' || b == '%':
			e.class[c] = mark
		case b == '\n' || b == '\r' || b == '.' || b == '!' || b == '?':
			e.class[c] = line
		case b >= 0x80 && b != 0xC2 && b != 0xE2: // those two begin spaces, dashes and quotation marks
			e.class[c] = letter
		}
	}
	for i, d := range all {
		for _, p := range d.Shapes {
			e.addShape(shape{p, i, strings.ContainsAny(p, " ~-./")})
		}
		for bit := range e.finders {
			if d.At>>bit&1 == 1 {
				e.finders[bit] = append(e.finders[bit], i)
			}
		}
		if d.At&detectors.Cell != 0 {
			e.vague |= one(i)
		}
		for _, tail := range d.Endings {
			e.endings = append(e.endings, ending{tail, i})
		}
		for _, tail := range d.Hints {
			e.hinting = append(e.hinting, ending{tail, i})
		}
		if d.At&detectors.Naming != 0 {
			e.naming |= one(i)
		}
	}
	return e
}

func (e *engine) addShape(s shape) {
	first := s.pattern
	if i := strings.IndexAny(first, " ~-./"); i >= 0 {
		first = first[:i]
	}
	nines, letters, either := strings.Count(first, "9"), strings.Count(first, "A"), strings.Count(first, "X")
	n := len(first)
	if letters == 0 {
		e.shapes[digitsOnly][n] = append(e.shapes[digitsOnly][n], s)
	}
	if nines == 0 {
		e.shapes[lettersOnly][n] = append(e.shapes[lettersOnly][n], s)
	}
	if either > 0 || nines > 0 && letters > 0 {
		e.shapes[mixed][n] = append(e.shapes[mixed][n], s)
	}
}
