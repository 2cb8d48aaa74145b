package personaldata

import "math/bits"

// block is 64 bytes of a text as bitmaps, one cache line: a bit for each byte and class. They are made without a branch, and
// the scanner then goes from one interesting byte to the next by counting zeros: what is between costs nothing more.
type block struct {
	digits, upper, lower, word uint64 // lower has letters beyond ASCII too; word is all three
	stops, marks               uint64 // where the scanner stops: digits, '@', marks, words at which something begins; and marks of structure alone
	said                       uint64 // where words begin that may speak to what is near
	fences                     uint64 // quotes and new lines
}

// form is how a text is structured.
type form uint8

const (
	plain    form = iota // a cell, or text without structure
	text                 // prose, logs, key=value, YAML
	jsonText             // JSON and lines of JSON
	csvText              // records of delimited cells
	sqlText              // INSERT statements
)

// The classes of bytes, as shifts into a word of eight of them.
const (
	isDigit = 8 * iota
	isUpper
	isLower
	isAt
	isLine
	isMark
	isQuote
	isPunct // the first byte of a space, dash or quotation mark beyond ASCII
)

// classes gives each byte a bit for its class. Eight bytes' entries, each shifted by its place and combined, are eight
// classes of eight bytes in one word.
type classes [256]uint64

func newClasses(f form, delimiter byte) *classes {
	t := new(classes)
	mark := func(class int, bytes string) {
		for i := range len(bytes) {
			t[bytes[i]] = 1 << class
		}
	}
	for c := 0x80; c < 0x100; c++ {
		t[c] = 1 << isLower
	}
	mark(isDigit, "0123456789")
	mark(isUpper, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	mark(isLower, "abcdefghijklmnopqrstuvwxyz")
	mark(isAt, "@")
	mark(isLine, "\n")
	mark(isPunct, "\xC2\xE2")
	mark(isQuote, [...]string{"", `"'`, `"`, `"`, "'"}[f])
	switch f {
	case text:
		mark(isMark, ":=")
	case jsonText:
		mark(isMark, ":")
	case csvText:
		mark(isMark, string(delimiter))
	case sqlText:
		mark(isMark, ",(")
	}
	return t
}

// carry is what one block tells the next.
type carry struct {
	quoted uint64 // all ones within quotes
	punct  uint64 // bytes that continue punctuation
	before uint64 // whether the last byte could end a key
	word   uint64 // whether the last byte was of a word
}

// index makes the bitmaps of a text that is padded to a multiple of 64, and of one more block of zeros.
func (s *scanner) index(n int) {
	blocks := (n + 63) / 64
	pad := s.padded[:blocks*64]
	if cap(s.blocks) < blocks+2 {
		s.blocks = make([]block, blocks+2)
	}
	s.blocks = s.blocks[:blocks+2]
	t, f, c := s.classes, s.form, &s.carry
	for i := range blocks {
		p := (*[64]byte)(pad[i*64:])
		d, u, l, at := spread(p[0:8], t), spread(p[8:16], t), spread(p[16:24], t), spread(p[24:32], t)
		nl, m, q, pu := spread(p[32:40], t), spread(p[40:48], t), spread(p[48:56], t), spread(p[56:64], t)
		// transpose 8x8 bytes: from all classes of 8 bytes each to one class of 64 bytes each
		d, nl, u, m = swap(d, nl, u, m, 32, 0x00000000FFFFFFFF)
		l, q, at, pu = swap(l, q, at, pu, 32, 0x00000000FFFFFFFF)
		d, l, u, at = swap(d, l, u, at, 16, 0x0000FFFF0000FFFF)
		nl, q, m, pu = swap(nl, q, m, pu, 16, 0x0000FFFF0000FFFF)
		d, u, l, at = swap(d, u, l, at, 8, 0x00FF00FF00FF00FF)
		nl, m, q, pu = swap(nl, m, q, pu, 8, 0x00FF00FF00FF00FF)
		if pu|c.punct != 0 { // the bytes that continue punctuation are no letters
			l &^= c.punct
			c.punct = 0
			for x := pu; x != 0; x &= x - 1 {
				k := bits.TrailingZeros64(x)
				more := uint64(1) + uint64(p[k]>>5&1)*2 // C2 has one more byte, E2 has two
				l &^= more << k << 1
				c.punct |= more >> (63 - k)
			}
		}
		w := d | u | l
		var marks uint64
		switch f {
		case plain:
		case csvText, sqlText: // delimiters outside quotes: prefix xor turns quotes into the spans between them
			in := q ^ q<<1
			in ^= in << 2
			in ^= in << 4
			in ^= in << 8
			in ^= in << 16
			in ^= in<<32 ^ c.quoted
			c.quoted = uint64(int64(in) >> 63)
			marks = (m | nl) &^ in
		case jsonText: // "key":
			marks, c.before = m&(q<<1|c.before), q>>63
		default: // key= and key:
			x := w | q
			marks, c.before = m&(x<<1|c.before), x>>63
		}
		b := &s.blocks[i]
		b.digits, b.upper, b.lower, b.word = d, u, l, w
		b.stops, b.marks, b.said, b.fences = d|at|marks, marks, 0, q|nl
	}
	s.blocks[blocks], s.blocks[blocks+1] = block{}, block{}
	s.speaking()
}

// speaking asks of each word that begins with a letter what it may be.
func (s *scanner) speaking() {
	before := s.carry.word
	for i := range len(s.blocks) - 2 {
		b := &s.blocks[i]
		w := b.word
		starts := w &^ (w<<1 | before) &^ b.digits
		before = w >> 63
		ends := (w + starts) &^ w // a sum carries from where a word begins to where it ends
		last := 64 + bits.TrailingZeros64(^s.blocks[i+1].word)
		said, begun, others := s.anchors.among((*[64 + 8]byte)(s.padded[i*64:]), starts, ends, last)
		b.said = said
		if b.stops |= begun; others != 0 {
			s.accented(i, others)
		}
	}
	s.carry.word = before
}

// accented asks what words that have letters beyond ASCII may be.
func (s *scanner) accented(block int, starts uint64) {
	b := &s.blocks[block]
	for ; starts != 0; starts &= starts - 1 {
		k := bits.TrailingZeros64(starts)
		p := block<<6 + k
		is := s.anchors.is(plainLetters(s.padded[p:min(s.wordEnd(p), p+longWord)]))
		b.said |= (is & 1) << (k & 63)
		b.stops |= is >> 1 << (k & 63)
	}
}

func spread(p []byte, t *classes) uint64 {
	_ = p[7]
	return t[p[0]] | t[p[1]]<<1 | t[p[2]]<<2 | t[p[3]]<<3 | t[p[4]]<<4 | t[p[5]]<<5 | t[p[6]]<<6 | t[p[7]]<<7
}

func swap(a, b, c, d uint64, k int, m uint64) (w, x, y, z uint64) {
	return a&m | b&m<<k, a>>k&m | b&^m, c&m | d&m<<k, c>>k&m | d&^m
}

// wordStart and wordEnd read the bitmaps, not the bytes.
func (s *scanner) wordStart(p int) int {
	w := p >> 6
	x := ^s.blocks[w].word & (1<<(p&63) - 1)
	for ; x == 0 && w > 0; x = ^s.blocks[w].word {
		w--
	}
	return w<<6 + 64 - bits.LeadingZeros64(x)
}

func (s *scanner) wordEnd(p int) int {
	w := p >> 6
	x := ^s.blocks[w].word &^ (1<<(p&63) - 1)
	for ; x == 0; x = ^s.blocks[w].word {
		w++
	}
	return w<<6 + bits.TrailingZeros64(x)
}

// The kinds of bytes in a word.
const (
	digits  = 1
	uppers  = 2
	lowers  = 4
	letters = uppers | lowers
)

// kinds tells what the first 63 bytes of a word are.
func (s *scanner) kinds(start, end int) int {
	n := min(end-start, 63)
	b, m := &s.blocks[start>>6], uint64(1)<<n-1
	if start&63+n <= 64 { // mostly
		m <<= start & 63
		return oneIf(b.digits&m != 0) | oneIf(b.upper&m != 0)<<1 | oneIf(b.lower&m != 0)<<2
	}
	c := &s.blocks[start>>6+1]
	lo, hi := m<<(start&63), m>>1>>(63-start&63)
	return oneIf(b.digits&lo|c.digits&hi != 0) | oneIf(b.upper&lo|c.upper&hi != 0)<<1 | oneIf(b.lower&lo|c.lower&hi != 0)<<2
}

// wordAt gives the end of the word that begins at p, and its kinds.
func (s *scanner) wordAt(p int) (end, kinds int) {
	b := &s.blocks[p>>6]
	sum := b.word + 1<<(p&63)             // carries to where the word ends
	if ends := sum &^ b.word; ends != 0 { // mostly
		m := b.word &^ sum
		return p&^63 + bits.TrailingZeros64(ends), oneIf(b.digits&m != 0) | oneIf(b.upper&m != 0)<<1 | oneIf(b.lower&m != 0)<<2
	}
	end = s.wordEnd(p)
	return end, s.kinds(p, end)
}

// masks tell where the bytes of a word of 64 at most are of a kind, a bit each.
func (s *scanner) masks(start, end int) (digits, upper, lower uint64) {
	b, c, at := &s.blocks[start>>6], &s.blocks[start>>6+1], start&63
	m := ^uint64(0) >> ((64 - (end - start)) & 63)
	return (b.digits>>at | c.digits<<(63-at)<<1) & m, (b.upper>>at | c.upper<<(63-at)<<1) & m, (b.lower>>at | c.lower<<(63-at)<<1) & m
}

func (s *scanner) isWord(p int) bool { return s.blocks[p>>6].word>>(p&63)&1 == 1 }
