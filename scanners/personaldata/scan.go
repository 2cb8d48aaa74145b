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
}

// mention is a phrase of the lexicon that was read.
type mention struct {
	end int
	set set
}

// scanner reads one text, once, from left to right.
type scanner struct {
	*engine
	text  []byte
	names set  // of the column
	cell  bool // the text is a cell of a column with a name
	skip  set  // not worth trying
	hits  []hit
	tries *[64]int // how often a shape with a checksum fitted, whatever the check said

	before, last uint64 // hashes of the two words before
	lastStart    [2]int
	lastEnd      int
	fence        int // words before this place say nothing of what comes: another line or sentence
	mentions     [8]mention
	mentioned    int

	keys map[string]set

	code  [64]byte // of the candidate, without separators
	size  int
	value detectors.Value
}

func newScanner(e *engine) *scanner {
	s := &scanner{engine: e, tries: new([64]int), keys: map[string]set{}}
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
	s.text = nil
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
			f, n := fold(s.text, i)
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

// read remembers a word's meaning for what comes after it.
func (s *scanner) read(start, end int, h uint64) {
	if start > s.lastEnd+2 || s.lastEnd == 0 {
		s.before, s.last = 0, 0
	}
	if s.lex.mayEnd(h) {
		if m := s.lex.phrase(s.lex.phrases, s.before, s.last, h); m != 0 {
			s.mentions[s.mentioned%len(s.mentions)] = mention{end, m}
			s.mentioned++
			if named := m & s.naming; named != 0 {
				s.behind(named, end)
			}
		}
		s.term(start, end, h)
	}
	s.before, s.last, s.lastEnd = s.last, h, end
	s.lastStart[0], s.lastStart[1] = s.lastStart[1], start
}

// behind calls the finders that words named, at the value behind those words.
func (s *scanner) behind(named set, i int) {
	const most = 5
	for end := min(len(s.text), i+most); i > 0 && i < end && bytes.IndexByte([]byte(" \"'=:"), s.text[i]) >= 0; i++ {
	}
	for k := 0; named != 0; k, named = k+1, named>>1 {
		if named&1 == 0 || i == len(s.text) {
			continue
		}
		if f := s.all[k].Find(s.text, i); f.End > 0 && f.Strength > detectors.Rejected {
			s.hits = append(s.hits, hit{start: f.Start, end: f.End, detector: k, strength: f.Strength, printed: f.Strength == detectors.Distinctive, named: true})
		}
	}
}

// term reports a phrase that is a finding itself.
func (s *scanner) term(start, end int, h uint64) {
	m := s.lex.phrase(s.lex.terms, s.before, s.last, h)
	for k := 0; m != 0; k, m = k+1, m>>1 {
		if m&1 == 1 && (start == 0 || s.text[start-1] != '_' && s.text[start-1] != '-') && (end == len(s.text) || s.text[end] != '_' && s.text[end] != '=') {
			if s.lex.terms[h] == 0 && s.last != 0 {
				start = s.lastStart[1]
			}
			s.add(hit{start: start, end: end, detector: k, strength: detectors.Plausible})
		}
	}
}

// stop begins a new line or sentence; a point within a number, a name or an abbreviation is none.
func (s *scanner) stop(i int) {
	if s.text[i] == '.' {
		if i+1 < len(s.text) && s.text[i+1] != ' ' && s.text[i+1] != '\n' || i < 3 || s.class[s.text[i-1]]&word == 0 || s.class[s.text[i-2]]&word == 0 || s.class[s.text[i-3]]&word == 0 {
			return
		}
	}
	s.fence, s.before, s.last = i, 0, 0
}

// mark serves the bytes that begin or hold what words do not.
func (s *scanner) mark(i int) int {
	next := func(c byte) bool { return i+1 < len(s.text) && s.text[i+1] == c }
	switch s.text[i] {
	case '@':
		return s.find(detectors.AtSign, i)
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
			s.tries[k]++
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
		s.add(h)
		if f.Strength == detectors.Distinctive && at != detectors.Cell {
			end = max(end, f.End)
		}
	}
	return end
}

// shape tries the shapes that the word at start can begin.
func (s *scanner) shape(class, start, end int) (next int) {
	for _, sh := range s.shapes[class][end-start] {
		if s.skip.has(sh.detector) {
			continue
		}
		e, folded := s.match(sh.pattern, start)
		if e == 0 {
			continue
		}
		glued := s.glue(start, e, sh.printed)
		if glued > 2 {
			continue
		}
		d := &s.all[sh.detector]
		strength := detectors.Plausible
		s.tries[sh.detector]++
		if d.Check != nil {
			strength = d.Check(s.value)
		}
		if strength <= detectors.Rejected {
			continue
		}
		if folded {
			strength = detectors.Doubtful
		}
		s.add(hit{start: start, end: e, detector: sh.detector, strength: strength, printed: sh.printed, glued: glued})
		if sh.printed && d.Printed >= .5 {
			next = max(next, e)
		}
	}
	return next
}

// match compares a pattern and fills the code. Where letters stand in lower case, folded is true.
func (s *scanner) match(pattern string, at int) (end int, folded bool) {
	t, n, tilde := s.text, 0, byte(0)
	for i := range len(pattern) {
		if at >= len(t) {
			return 0, false
		}
		c, k := t[at], s.class[t[at]]
		switch p := pattern[i]; p {
		case '9', 'A', 'X':
			if k == digit && p == 'A' || k&(upper|lower) != 0 && p == '9' || k&(digit|upper|lower) == 0 {
				return 0, false
			}
			if k == lower {
				c, folded = c&^0x20, true
			}
			s.code[n] = c
			n++
			at++
		default:
			sep, width := separator(t[at:])
			if p == '~' {
				if tilde == 0 {
					tilde = sep
				}
				p = tilde
				if p != ' ' && p != '-' {
					return 0, false
				}
			}
			if sep != p {
				return 0, false
			}
			at += width
		}
	}
	if at < len(t) && s.class[t[at]]&word != 0 {
		return 0, false
	}
	s.size = n
	return at, folded
}

// separator reads a space or a dash, typographic ones included, or any other byte as itself.
func separator(b []byte) (sep byte, width int) {
	switch {
	case b[0] == 0xC2 && len(b) > 1 && b[1] == 0xA0:
		return ' ', 2
	case b[0] == 0xE2 && len(b) > 2 && b[1] == 0x80 && (b[2] <= 0x8A || b[2] == 0xAF):
		return ' ', 3
	case b[0] == 0xE2 && len(b) > 2 && b[1] == 0x80 && b[2] >= 0x90 && b[2] <= 0x95:
		return '-', 3
	}
	return b[0], 1
}

// glue says on how many sides start..end touches something; 3: it is a piece of something longer.
func (s *scanner) glue(start, end int, spaced bool) (n int) {
	at := func(i int) byte {
		if i < 0 || i >= len(s.text) {
			return '\n'
		}
		return s.text[i]
	}
	for side, c := range [2][2]byte{{at(start - 1), at(start - 2)}, {at(end), at(end + 1)}} {
		switch next := s.class[c[1]]; c[0] {
		case '.', '-', '/', ':', ',':
			if next == digit && c[0] != ',' {
				return 3
			}
			if next&word != 0 && (c[0] == '-' || c[0] == '.' && side == 0) {
				n++
			}
		case '@', '%', '$':
			return 3
		case '#', '_', '+', '~', '*', '\\':
			n++
		case ' ':
			if spaced && next == digit {
				n++
			}
		}
	}
	return n
}

// add completes a hit by the words around it.
func (s *scanner) add(h hit) {
	near := s.names
	if !s.cell || h.start > 2 {
		near |= s.around(h)
	}
	h.named = near.has(h.detector)
	h.against = near.speaksAgainst()
	s.hits = append(s.hits, h)
}

// around gives what the words before a hit name, and the few behind it: "123 (NHS)". A key directly before speaks alone.
func (s *scanner) around(h hit) (near set) {
	const reach, nearby, behind = 48, 24, 20
	if key := s.key(h.start); key != nil {
		return s.meaningOf(key)
	}
	for k := max(0, s.mentioned-len(s.mentions)); k < s.mentioned; k++ {
		switch m := s.mentions[k%len(s.mentions)]; {
		case m.end > h.start || m.end <= s.fence || h.start-m.end > reach:
		case h.start-m.end > nearby:
			near |= m.set.detectors()
		default:
			near |= m.set
		}
	}
	if near.has(h.detector) {
		return near
	}
	e := h.end
	for e < len(s.text) && e < h.end+behind && bytes.IndexByte([]byte(".,;:\n\"'"), s.text[e]) < 0 {
		e++
	}
	if e > h.end+3 {
		near |= s.words(s.text[h.end:e]).detectors()
	}
	return near
}

// key gives the key that ends just before a value: key=, the key:, "the key":.
func (s *scanner) key(start int) []byte {
	const longest = 40
	t, i := s.text, start
	for i > 0 && start-i < 3 && (t[i-1] == ' ' || t[i-1] == '"' || t[i-1] == '\'') {
		i--
	}
	if i < 2 || t[i-1] != '=' && t[i-1] != ':' {
		return nil
	}
	i--
	quote, words := byte(0), 1
	if t[i-1] == '"' || t[i-1] == '\'' {
		quote = t[i-1]
		i--
	}
	end := i
	for ; i > 0 && end-i < longest; i-- {
		c := t[i-1]
		switch {
		case s.class[c]&word != 0, c == '_', c == '-', c == '.', c >= 0x80:
			continue
		case c == ' ' && quote != 0:
			continue
		case c == ' ' && words < 4 && i < end && i > 1 && s.class[t[i-2]]&word != 0: // "date of birth:", but not the value of a key before it
			words++
			continue
		}
		if words > 1 && (c == '=' || c == ':') {
			if space := bytes.IndexByte(t[i:end], ' '); space >= 0 {
				i += space + 1
			}
		}
		break
	}
	if i == end {
		return nil
	}
	return t[i:end]
}

// meaningOf remembers keys, of which texts have few.
func (s *scanner) meaningOf(key []byte) set {
	const most = 1 << 10
	m, known := s.keys[string(key)]
	if !known {
		m = s.words(key)
		if m.detectors()&^s.vague == 0 && m.speaksAgainst() {
			m = other
		}
		if len(s.keys) < most {
			s.keys[string(key)] = m
		}
	}
	return m
}
