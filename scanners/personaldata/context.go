package personaldata

import (
	"bytes"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

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
	if c := s.class[s.text[start]]; c&(upper|letter) != 0 && end-start > 5 {
		for _, e := range s.endings {
			if n := len(e.tail); n < end-start && string(s.text[end-n:end]) == e.tail {
				s.behind(one(e.detector), start)
				break
			}
		}
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
			switch { // a phrase begins with the first of its words
			case s.lex.terms[h].has(k):
			case s.lex.terms[join(s.last, h)].has(k):
				start = s.lastStart[1]
			default:
				start = s.lastStart[0]
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

// meaningOf remembers keys, of which texts have few; by hash, since a key may be data.
func (s *scanner) meaningOf(key []byte) set {
	const most = 1 << 10
	id := hash(key)
	m, known := s.keys[id]
	if !known {
		m = s.words(key)
		if m.detectors()&^s.vague == 0 && m.speaksAgainst() {
			m = other
		}
		if len(s.keys) < most {
			s.keys[id] = m
		}
	}
	return m
}
