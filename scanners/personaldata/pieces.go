package personaldata

const timed = 16 // 2025-02-20T10:11

// timed reports whether a time begins at a place, as lines of logs do.
func (s *scanner) timed(start int) bool {
	const digits, words = 0b1101_1011_0110_1111, 0b1101_1111_0110_1111 // and nothing behind them
	t := s.padded[start : start+timed]
	if t[4] != '-' || t[7] != '-' || t[13] != ':' {
		return false
	}
	b, c, lo, hi := &s.blocks[start>>6], &s.blocks[start>>6+1], start&63, 63-start&63
	const all = 1<<(timed+1) - 1
	return (b.digits>>lo|c.digits<<hi<<1)&all == digits && (b.word>>lo|c.word<<hi<<1)&all == words
}

// pieceEnds reports whether a piece of something longer ends with nothing behind it, or with one more piece.
func (s *scanner) pieceEnds(end int) bool {
	behind := s.byteAt(end)
	return s.class[behind]&(word|edge) == 0 || (behind == '.' || behind == '-') && s.class[s.byteAt(end+1)] == digit
}

// before goes back over words of letters alone that may begin a shape: "AB 12 34 56 C".
func (s *scanner) before(start int) int {
	for range 2 {
		if c := s.byteAt(start - 1); c != ' ' && c != '-' || start < 2 || !s.isWord(start-2) {
			return start
		}
		from := s.wordStart(start - 2)
		if n := start - 1 - from; n > 8 || s.auto.letter>>n&1 == 0 || s.kinds(from, start-1) != uppers {
			return start
		}
		start = from
	}
	return start
}
