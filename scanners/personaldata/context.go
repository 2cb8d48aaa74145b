package personaldata

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// around gives what the words before a place name, and the few behind it: "123 (NHS)". A key directly before speaks alone.
func (s *scanner) around(c *Column, start, end int) set {
	if s.seen[0] == start+1 && (s.seen[1] >= end || !s.spokenOf.detectors().empty()) {
		return s.spokenOf
	}
	if s.seen[0] != start+1 {
		s.seen[0] = start + 1
		s.spokenOf = s.leading(c, start)
	}
	if s.seen[1] = end; end > start && s.spokenOf.detectors().empty() {
		s.spokenOf = s.spokenOf.or(s.trailing(end))
	}
	return s.spokenOf
}

func (s *scanner) hash(start, end int) uint64 { return detectors.HashAt(s.padded, start, end) }

// mentionAt is what the word at p names, alone or with the two before it. Sets of several phrases are put where room says.
func (s *scanner) mentionAt(p int, w *known, room *set) *set {
	if h := w.hash; w.may&ofPair != 0 && p > 1 && !s.isWord(p-1) && s.isWord(p-2) {
		if from := s.wordStart(p - 2); s.lex.paired(h, s.padded[from:], p-1-from) {
			before, last := s.wordsBefore(p)
			*room = s.lex.phrase(&s.lex.phrases, before, last, h)
			return room
		}
	}
	return w.alone
}

// known is what is known of a word: what it may be, and what it names alone. Words of a text are few, and come again.
type known struct {
	hash  uint64
	alone *set
	may   part
}

const knownBits = 8

// know gives what is known of the word of a hash.
func (s *scanner) know(h uint64) *known {
	w := &s.known[h>>(64-knownBits)]
	if w.hash != h || w.alone == nil {
		*w = known{h, s.lex.phrases.of(h), s.lex.knows(h)}
	}
	return w
}

// leading is what words before a place name, within its cell, line and sentence. Those farther away may name, not speak
// against.
func (s *scanner) leading(c *Column, start int) (near set) {
	const reach, nearby = 48, 24
	if from, end := s.key(start); end > 0 {
		return s.meaningOf(from, end)
	}
	from, fenced := start-reach, false
	if c != s.free {
		from = max(from, s.cell+1)
	}
	said := s.blocks[start>>6].said & (1<<(start&63) - 1)
	for w, last := start>>6, max(0, start>>6-2); ; said = s.blocks[w].said {
		for said != 0 {
			k := 63 - bits.LeadingZeros64(said)
			said ^= 1 << k
			p := w<<6 + k
			end := s.wordEnd(p)
			if end < from {
				return near
			}
			word := s.know(s.hash(p, end))
			if word.may&ofPhrase == 0 || end > start {
				continue
			}
			if !fenced {
				if from, fenced = max(from, s.sentence(start, min(reach, start))), true; end < from {
					return near
				}
			}
			var room set
			if m := s.mentionAt(p, word, &room); start-end > nearby {
				near = near.or(m.detectors())
			} else {
				near = near.or(*m)
			}
		}
		if w--; w < last {
			return near
		}
	}
}

// sentence gives where the line or sentence of a place begins, or so many bytes before it, 64 at most.
func (s *scanner) sentence(start, reach int) int {
	words := s.blocks[start>>6].word << (63 - start&63) << 1
	if start > 63 {
		words |= s.blocks[start>>6-1].word >> (start & 63)
	}
	for others := ^words &^ (^uint64(0) >> reach); others != 0; {
		k := 63 - bits.LeadingZeros64(others)
		others ^= 1 << k
		if i := start - 64 + k; s.class[s.text[i]]&stop != 0 && s.stops(i) {
			return i + 1
		}
	}
	return start - reach
}

// trailing is what the words right behind name.
func (s *scanner) trailing(end int) (named set) {
	const reach = 28
	if next := s.byteAt(end); next != ' ' && next != ')' && next != ']' {
		return set{}
	}
	b, c := &s.blocks[end>>6], &s.blocks[end>>6+1]
	starts := b.said>>(end&63) | c.said<<(63-end&63)<<1
	for starts &= 1<<reach - 1; starts != 0; starts &= starts - 1 {
		p := end + bits.TrailingZeros64(starts)
		e := s.wordEnd(p)
		if s.mute(end, p) || s.byteAt(e) == ':' || s.byteAt(e) == '=' { // the key of what comes next
			return named
		}
		if w := s.know(s.hash(p, e)); w.may&ofPhrase != 0 {
			var room set
			named = named.or(s.mentionAt(p, w, &room).detectors())
		}
	}
	return named
}

// mute reports whether what is between two places parts them.
func (s *scanner) mute(from, to int) bool {
	for _, c := range s.text[from:to] {
		switch c {
		case '.', ',', ';', ':', '\n', '"', '\'':
			return true
		}
	}
	return false
}

// stops tells a new line or sentence from a point within a number, a name or an abbreviation.
func (s *scanner) stops(i int) bool {
	if s.text[i] != '.' {
		return true
	}
	return (i+1 >= len(s.text) || s.text[i+1] == ' ' || s.text[i+1] == '\n') && i >= 3 && s.class[s.text[i-1]]&word != 0 && s.class[s.text[i-2]]&word != 0 && s.class[s.text[i-3]]&word != 0
}

// behind calls the finders that words named, at the value behind those words.
func (s *scanner) behind(named set, i int) {
	if named.empty() {
		return
	}
	const most = 5
	after := i
	for end := min(len(s.text), i+most); i > 0 && i < end && bytes.IndexByte([]byte(" \"'=:"), s.text[i]) >= 0; i++ {
	}
	if i >= len(s.text) || i == after && i > 0 && bytes.IndexByte([]byte("-_/.+"), s.text[i]) >= 0 { // a part of something longer
		return
	}
	for !named.empty() {
		k := named.pop()
		find, prose := s.all[k].Find, s.all[k].Within != nil
		if prose {
			find = s.all[k].Within
		}
		if f := find(s.text, i); f.End > 0 && f.Strength > detectors.Rejected {
			s.hits = append(s.hits, hit{start: f.Start, end: f.End, column: s.of(f.Start).place, detector: int16(k), strength: int8(f.Strength), printed: f.Strength == detectors.Distinctive, prose: prose, named: true})
		}
	}
}

// anchor serves a word at which something may begin that digits do not lead to, and gives where to go on.
func (s *scanner) anchor(p int) (next int) {
	end := s.wordEnd(p)
	starts, four := s.prefixes[s.text[p]], binary.LittleEndian.Uint32(s.padded[p:])
	for i := range starts {
		if f := &starts[i]; four&f.mask == f.four && bytes.HasPrefix(s.text[p:], f.head) {
			if e := s.found(s.of(p), f.detector, s.all[f.detector].Find(s.text, p), false); e > 0 {
				return e
			}
		}
	}
	h := s.hash(p, end)
	w := s.know(h)
	may := w.may
	if may == 0 {
		return 0
	}
	if may&ofPhrase != 0 {
		var room set
		if m := s.mentionAt(p, w, &room); m.meets(s.naming) {
			s.namedAt = p
			s.behind(m.and(s.naming), end)
		}
	}
	if may&beginsTerm != 0 && !s.lex.terms.of(h).empty() {
		next = s.term(p, end, h)
	}
	if may&aName != 0 && s.class[s.text[p]] == upper && s.lex.given.has(h) {
		if c := s.of(p); c == s.free || p-s.cell > 2 || s.form == text && !c.named {
			for _, k := range s.finders[bitOf(detectors.Given)] {
				next = max(next, s.within(c, k, p))
			}
		}
	}
	return next
}

// wordsBefore are the hashes of the two words before a place that belong to the same phrase.
func (s *scanner) wordsBefore(p int) (before, last uint64) {
	var found [2]uint64
	for k := range found {
		if p < 2 || s.isWord(p-1) || !s.isWord(p-2) {
			break
		}
		from := s.wordStart(p - 2)
		if p-from > 24 {
			break
		}
		found[k] = s.hash(from, p-1)
		p = from
	}
	return found[1], found[0]
}

// term reports a phrase that is a finding itself, and that begins with the word at a place.
func (s *scanner) term(start, end int, h uint64) (next int) {
	all, e := s.lex.terms.at(h), end
	for range 2 { // the longest phrase
		if e+1 >= len(s.text) || s.text[e] != ' ' && s.text[e] != '-' || !s.isWord(e+1) {
			break
		}
		last := s.wordEnd(e + 1)
		h = join(h, s.hash(e+1, last))
		if m := s.lex.terms.at(h); !m.empty() {
			all, end = m, last
		}
		e = last
	}
	all = all.detectors()
	if c := s.byteAt(start - 1); all.empty() || c == '_' || c == '-' {
		return 0
	}
	if c := s.byteAt(end); c == '_' || c == '=' {
		return 0
	}
	for !all.empty() {
		s.add(&hit{start: start, end: end, column: s.of(start).place, detector: int16(all.pop()), strength: int8(detectors.Plausible)})
	}
	return end
}
