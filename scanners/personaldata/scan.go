package personaldata

import (
	"bytes"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// hit is what a detector found in a text, before the column as a whole is known. It has offsets, never the value.
type hit struct {
	start, end int
	detector   int
	strength   detectors.Strength
	printed    bool // in a form with separators
	glued      int  // on how many sides it touches something: A-123, 123-B
	named      bool // words name it
	against    bool // words say that it is something else

	confidence float64 // rated once all is known that can be
	won        bool    // the best at its place
}

// mention is a phrase of the lexicon that was read.
type mention struct {
	end int
	set set
}

// scanner reads one text, once, from left to right.
type scanner struct {
	*engine
	text   []byte
	names  set  // of the column
	cell   bool // the text is a cell of a column with a name
	skip   set  // not worth trying
	hits   []hit
	trials *trials // of the column; nil: not counted

	before, last uint64 // hashes of the two words before
	lastStart    [2]int
	lastEnd      int
	fence        int // words before this place say nothing of what comes: another line or sentence
	mentions     [8]mention
	mentioned    int

	keys map[uint64]set

	code  [64]byte // of the candidate, without separators
	size  int
	value detectors.Value
}

func newScanner(e *engine) *scanner {
	s := &scanner{engine: e, keys: map[uint64]set{}}
	s.value = detectors.From(func() []byte { return s.code[:s.size] })
	return s
}

func (s *scanner) scan(text []byte, names, skip set, cell bool) {
	s.text, s.names, s.skip, s.cell = text, names, skip, cell
	s.hits, s.mentioned, s.fence, s.before, s.last, s.lastEnd = s.hits[:0], 0, 0, 0, 0, 0
	if cell && len(text) > 0 {
		s.find(detectors.Cell, 0)
		if named := names & s.naming &^ s.vague; named != 0 {
			s.behind(named, 0)
		}
	}
	for i := 0; i < len(text); {
		switch k := s.class[text[i]]; {
		case k&word != 0:
			i = s.word(i)
		case k == 0:
			i++
		case k == line:
			s.stop(i)
			i++
		default:
			i = max(s.mark(i), i+1)
		}
	}
	s.text, s.size = nil, 0
	clear(s.code[:])
}

// longWord is from how many letters on a word may be a code without digits.
const longWord = 16

// word reads one and gives where to go on.
func (s *scanner) word(start int) int {
	var kinds uint8
	var h uint64
	i := start
	for i < len(s.text) {
		c := s.text[i]
		k := s.class[c]
		if k&word == 0 {
			break
		}
		kinds |= k
		switch {
		case k == upper:
			h = step(h, c|0x20)
		case k == letter:
			f, n := detectors.Fold(s.text, i)
			h = step(h, f)
			i += n - 1
		default:
			h = step(h, c)
		}
		i++
	}
	next := i
	switch {
	case kinds&digit == 0:
		if kinds == upper && i-start <= maxWord {
			next = s.shape(lettersOnly, start, i)
		}
		if i-start >= longWord {
			next = max(next, s.find(detectors.Code, start))
		}
	case kinds == digit:
		next = s.number(digitsOnly, detectors.Number, start, i)
	default:
		next = s.number(mixed, detectors.Code, start, i)
	}
	if kinds != digit {
		s.read(start, i, h)
	} else {
		s.before, s.last = 0, 0
	}
	return max(next, i)
}

// mark serves the bytes that begin or hold what words do not.
func (s *scanner) mark(i int) int {
	next := func(c byte) bool { return i+1 < len(s.text) && s.text[i+1] == c }
	switch s.text[i] {
	case '@':
		return s.find(detectors.AtSign, i)
	case '%':
		if i+2 < len(s.text) && s.text[i+1] == '4' && s.text[i+2] == '0' {
			return s.find(detectors.AtSign, i)
		}
	case '-':
		if next('-') {
			end := s.find(detectors.Dashes, i)
			for end < len(s.text) && s.text[end] == '-' { // not at each of a thousand dashes
				end++
			}
			return end
		}
	default:
		if i+1 < len(s.text) && (s.class[s.text[i+1]] == digit || next('+')) && (i == 0 || s.text[i-1] != '(') {
			return s.find(detectors.Opening, i)
		}
	}
	return i
}

// number tries what words with digits can begin.
func (s *scanner) number(class int, at detectors.Trigger, start, end int) int {
	if skip := noise(s.text, start, end); skip > 0 {
		return skip
	}
	next := end
	if end-start <= maxWord {
		next = s.shape(class, start, end)
	}
	return max(next, s.find(at, start))
}

// find calls the finders of a trigger and gives the end of what is surely one.
func (s *scanner) find(at detectors.Trigger, i int) (end int) {
	bit := 0
	for at>>bit&1 == 0 {
		bit++
	}
	for _, k := range s.finders[bit] {
		if s.skip.has(k) {
			continue
		}
		f := s.all[k].Find(s.text, i)
		if f.End == 0 {
			continue
		}
		switch {
		case f.Strength == detectors.Broken:
			s.trials.add(k, true, false, s.text[f.Start:f.End])
			return f.End
		case f.Strength == detectors.Rejected:
			continue
		}
		h := hit{start: f.Start, end: f.End, detector: k, strength: f.Strength, printed: f.Strength == detectors.Distinctive}
		if at&(detectors.Number|detectors.Code|detectors.Opening) != 0 {
			if h.glued = s.glue(f.Start, f.End, bytes.IndexByte(s.text[f.Start:f.End], ' ') >= 0); h.glued > 2 {
				continue
			}
		}
		if !s.add(h) && s.all[k].Chance > 0 {
			s.trials.add(k, true, true, s.text[f.Start:f.End])
		}
		if f.Strength == detectors.Distinctive && at != detectors.Cell {
			end = max(end, f.End)
		}
	}
	return end
}

// add completes a hit by the words around it, and reports whether they name it.
func (s *scanner) add(h hit) (named bool) {
	near := s.names
	if !s.cell || h.start > 2 {
		near |= s.around(h)
	}
	h.named = near.has(h.detector)
	h.against = near.speaksAgainst()
	s.hits = append(s.hits, h)
	return h.named
}
