package personaldata

import (
	"bufio"
	"bytes"
	"math/bits"
	"slices"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// hit is what a detector found in a text, before the column as a whole is known. It has offsets, never the value.
type hit struct {
	start, end int
	value      uint64  // a keyed hash, or 0
	confidence float64 // rated once all is known that can be
	column     int32   // its place in the tally: without pointers there is nothing for the garbage collector
	detector   int16
	strength   int8 // a detectors.Strength
	glued      int8 // on how many sides it touches something: A-123, 123-B
	printed    bool // in a form with separators
	named      bool // words name it
	prose      bool // in running text, where others take cells
	against    bool // words say that it is something else
	won        bool // the best at its place
}

// scanner reads texts, each once, from left to right: from one interesting byte to the next.
type scanner struct {
	*engine
	columns *columns
	form    form
	classes *classes
	text    []byte
	padded  []byte        // the text and zeros
	in      *bufio.Reader // of a document, for the next one too
	blocks  []block
	carry   carry
	hits    []hit

	column *Column // of the place
	free   *Column // of what has no column, in text with structure
	cell   int     // where the column's cell begins

	structure structure
	expected  *Column // whose key comes next in JSON, as a rule, and nothing comes of it
	namedAt   int     // where a word last called finders of what is behind it

	known    [1 << knownBits]known
	seen     [2]int // around which hit s.spokenOf is what words say; one more than its place
	spokenOf set
	keys     [1 << meantBits]meant
	named    map[uint64]naming
	plans    map[set]*plan
	spoke    [1 << spokenBits]spoken
	counted  []*count // in the cell being taken
	passed   int      // where what was tried last ends, if it is a code in its printed form and stands by itself: no heap of pieces
	atoms    [16][2]int
	done     [8][2]int // states in which shapes are complete, and the atoms until there

	code   []byte // the candidate, without separators: of the text, or in the room for it
	room   [64]byte
	digest uint64 // of it as it stands, once it was asked for
	counts bool   // whether it is one more that counts in its column's trials
	value  detectors.Value
}

func newScanner(e *engine) *scanner {
	s := &scanner{engine: e, named: map[uint64]naming{}, plans: map[set]*plan{}}
	s.value = detectors.From(func() []byte { return s.code })
	return s
}

// pad is how many bytes beyond a text may be read.
const pad = 128

// scan reads a cell, or a text without structure, of a column.
func (s *scanner) scan(cell []byte, c *Column) {
	s.padded = append(s.padded[:0], cell...)
	s.form, s.classes, s.carry = plain, s.tables[plain], carry{}
	s.load(len(cell))
	s.hits, s.column, s.free, s.cell = s.hits[:0], c, c, 0
	if c.name != "" && len(cell) > 0 {
		s.whole(0, len(cell))
		s.behind(c.behind, 0)
		if class := s.class[cell[0]]; class&word != 0 && class != digit && c.named {
			s.atom(0) // a code that may have no digit, where nothing else would stop
		}
	}
	s.run(0)
	s.wipe()
}

// load makes a text of n bytes ready that is at the start of s.padded.
func (s *scanner) load(n int) {
	s.padded = slices.Grow(s.padded, pad)[:n+pad]
	clear(s.padded[n:])
	s.text = s.padded[:n]
	s.seen, s.expected, s.namedAt = [2]int{}, nil, -1
	s.index(n)
}

// wipe forgets the text.
func (s *scanner) wipe() {
	clear(s.padded)
	clear(s.room[:])
	s.text, s.code = nil, nil
}

func (s *scanner) run(pos int) {
	for w := pos >> 6; w < len(s.blocks)-2; w++ {
		base := w << 6
		m := s.blocks[w].stops
		if pos >= base+64 {
			continue
		} else if pos > base {
			m &= ^uint64(0) << (pos - base)
		}
		for m != 0 {
			k := bits.TrailingZeros64(m)
			p, b := base+k, &s.blocks[w]
			behind := 0
			if s.expected != nil {
				behind = s.foreseen(p)
			}
			switch {
			case behind > 0:
				pos = s.enter(s.expected, behind)
			case b.marks>>k&1 == 1:
				pos = s.mark(p)
			case b.digits>>k&1 == 1:
				pos = s.atom(p)
			case b.word>>k&1 == 1:
				pos = s.anchor(p)
			default:
				pos = s.mail(p)
			}
			if pos = max(pos, p+1); pos >= base+64 { // whatever a finder says, go on
				s.unsaid(p+1, pos)
				break
			}
			rest := ^uint64(0) << (pos - base)
			b.said &= rest | (2<<k - 1)
			m &= rest
		}
	}
}

// unsaid forgets words that were gone over as part of something, up to another block: they speak to nothing else.
func (s *scanner) unsaid(from, to int) {
	b := &s.blocks[from>>6]
	if from&63 != 0 {
		b.said &= 1<<(from&63) - 1
	}
	for w := from>>6 + 1; w < to>>6; w++ {
		s.blocks[w].said = 0
	}
	if w := min(to>>6, len(s.blocks)-1); to&63 != 0 {
		s.blocks[w].said &= ^uint64(0) << (to & 63)
	}
}

func (s *scanner) byteAt(i int) byte { // bytes outside the text are newlines
	if uint(i) < uint(len(s.text)) {
		return s.text[i]
	}
	return '\n'
}

// of gives the column of a place: in text a key speaks for the value right behind it.
func (s *scanner) of(start int) *Column {
	if s.form == text && (start < s.cell || start > s.cell+3) {
		return s.free
	}
	return s.column
}

func (s *scanner) mail(p int) int {
	c, before := s.of(p), len(s.hits)
	end := s.find(c, detectors.AtSign, p)
	if len(s.hits) > before && s.form != csvText && s.form != sqlText {
		if open := s.hits[before].start - 1; s.byteAt(open) == '<' {
			s.display(c, open)
		}
	}
	return end
}

// atom tries what a run of letters and digits with its first digit at p can begin, and gives where to go on.
func (s *scanner) atom(p int) int {
	start := s.wordStart(p)
	end, kinds := s.wordAt(start)
	c := s.of(start)
	switch s.byteAt(start - 1) {
	case '+', '(':
		open := start - 1
		if before := s.byteAt(start - 2); before == '(' || before == '+' {
			open--
		}
		if e := s.find(c, detectors.Opening, open); e > end {
			return e
		}
	case '%':
		if bytes.HasPrefix(s.text[start:end], []byte("40")) {
			if e := s.find(c, detectors.AtSign, start-1); e > end {
				return e
			}
		}
	case '.', '-':
		if kinds == digits && s.class[s.byteAt(start-2)] == digit && s.pieceEnds(end) {
			return end // of something longer
		}
	case '$':
		if e := s.find(c, detectors.Dollar, start-1); e > end {
			return e
		}
	}
	if before := s.before(start); before < start {
		if e := s.walk(c, before); e > end {
			return e
		}
	}
	if end-start == 4 && !c.called && s.timed(start) {
		return s.noise(start, start+timed)
	}
	return s.number(c, start, end, kinds)
}

// number tries what a run of letters and digits can begin, and gives where to go on.
func (s *scanner) number(c *Column, start, end, kinds int) int {
	only := kinds == digits
	if only && c.called && s.dense(start) {
		if e := s.find(c, detectors.Number, start); e > 0 {
			return e
		}
	}
	if e := s.walkOn(c, start, end, kinds); e > 0 {
		return max(e, end)
	}
	next := max(end, s.passed)
	switch {
	case only && end-start > 4 && !s.mayCall(c, start):
	case only && s.dense(start):
		next = max(next, s.find(c, detectors.Number, start))
	case end-start < 5 && (s.byteAt(end) == ':' || s.byteAt(start-1) == ':'):
		next = max(next, s.find(c, detectors.Colon, start))
	}
	if end-start < 6 && next == end {
		next = max(next, s.houseNumber(c, start, end))
	}
	return next
}

// dense reports whether eight digits are near, without structure between: no telephone number has fewer.
func (s *scanner) dense(start int) bool {
	const near = 1<<26 - 1
	b, c, lo, hi := &s.blocks[start>>6], &s.blocks[start>>6+1], start&63, 63-start&63
	ends := (b.marks|b.fences)>>lo | (c.marks|c.fences)<<hi<<1
	until := ends&-ends - 1 // all ones without an end
	return bits.OnesCount64((b.digits>>lo|c.digits<<hi<<1)&near&until) >= 8
}

// find calls the finders of a trigger and gives the end of what is surely one.
func (s *scanner) find(c *Column, at detectors.Trigger, i int) (end int) {
	for _, k := range s.finders[bitOf(at)] {
		if !s.worth(c, k, i, s.wordEnd(i), at != detectors.Number || s.telling(i)) {
			continue
		}
		f := s.all[k].Find(s.text, i)
		if e := s.found(c, k, f, at&(detectors.Number|detectors.Opening|detectors.Colon) != 0); e > 0 {
			end = max(end, e)
		}
	}
	return end
}

// mayCall reports whether a number in groups may come to anything: the column may prove it, or words around, or its form.
func (s *scanner) mayCall(c *Column, start int) bool {
	return c.plan.numbers || s.telling(start) || s.spoken(c, start)
}

// telling reports whether a run of digits begins like a telephone number that no word need name: with a zero and more
// groups, with brackets, as 212-555-.
func (s *scanner) telling(i int) bool {
	e := s.wordEnd(i)
	switch next := s.byteAt(e); {
	case next == '(', next == ')', s.byteAt(e+1) == '(':
		return true
	case s.text[i] == '0':
		return s.separators[next] != 0
	default:
		return e-i == 3 && (next == '-' || next == '.')
	}
}

// worth reports whether a detector can come to a finding at a place.
func (s *scanner) worth(c *Column, k, start, end int, solo bool) bool {
	return solo && s.solo.has(k) || c.plan.wanted.has(k) || s.spoken(c, start) && s.around(c, start, end).has(k)
}

// spoken reports whether words around a place may say what its column's name does not.
func (s *scanner) spoken(c *Column, start int) bool {
	return c == s.free || start-s.cell > 2 || s.form == text && !c.named || s.form == plain && len(s.text) > short
}

// found takes what a finder found and gives its end if it needs no more context.
func (s *scanner) found(c *Column, k int, f detectors.Found, tight bool) (end int) {
	d := &s.all[k]
	if f.End == 0 || f.Strength == detectors.Rejected {
		return f.End * oneIf(d.Whole)
	}
	if f.Strength == detectors.Broken {
		if c.trials.fresh(c.tally.digest(s.text[f.Start:f.End])) {
			c.trials.at(k, true).tried++
		}
		return f.End
	}
	h := hit{start: f.Start, end: f.End, column: c.place, detector: int16(k), strength: int8(f.Strength), printed: f.Strength == detectors.Distinctive}
	if tight {
		glued := s.glue(f.Start, f.End, bytes.IndexByte(s.text[f.Start:f.End], ' ') >= 0)
		if glued > 2 {
			return 0
		}
		h.glued = int8(glued)
	}
	named := s.add(&h)
	if d.Whole {
		return f.End
	}
	if !named && d.Chance > 0 && c.trials.fresh(c.tally.digest(s.text[f.Start:f.End])) {
		n := c.trials.at(k, true)
		n.tried, n.passed = n.tried+1, n.passed+1
	}
	if f.Strength == detectors.Distinctive && (named || max(d.Alone, d.Printed) >= Reported) {
		return f.End
	}
	return 0
}

// whole calls the finders of cells, and reports whether the cell is one beyond doubt.
func (s *scanner) whole(start, end int) (named bool) {
	c := s.column
	cell := s.text[start:end:end]
	for _, k := range c.plan.cells {
		f := s.all[k].Find(cell, 0)
		if f.End > 0 && f.Strength > detectors.Rejected {
			s.add(&hit{start: start + f.Start, end: start + f.End, column: c.place, detector: int16(k), strength: int8(f.Strength), printed: f.Strength == detectors.Distinctive})
			named = named || c.names.has(k) && f.Strength > detectors.Doubtful
		}
	}
	return named
}

// hit gives room for one more. It is filled there: a copy of a struct just written waits for its bytes.
func (s *scanner) hit() *hit {
	n := len(s.hits)
	if n == cap(s.hits) {
		s.hits = slices.Grow(s.hits, 1)
	}
	s.hits = s.hits[:n+1]
	s.hits[n] = hit{}
	return &s.hits[n]
}

// add completes a hit by the words around it, and reports whether they name it.
func (s *scanner) add(h *hit) (named bool) {
	h.named, h.against = s.said(s.columns.all[h.column], int(h.detector), h.start, h.end)
	s.hits = append(s.hits, *h)
	return h.named
}

// said reports whether a column's name and the words around a place name a detector, and whether they speak against all.
func (s *scanner) said(c *Column, k, start, end int) (named, against bool) {
	if start-s.cell > 2 || c == s.free || s.form == text && !c.named {
		near := c.names.or(s.around(c, start, end))
		return near.has(k), near.against()
	}
	return c.names.has(k), c.names.against()
}
