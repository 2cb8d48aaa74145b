package personaldata

import (
	"bytes"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// around gives what the words before a place name, and the few behind it: "123 (NHS)". A key directly before speaks alone.
func (s *scanner) around(c *Column, start, end int) set {
	if s.seen[0] == start+1 && (s.seen[1] >= end || !s.said.detectors().empty()) {
		return s.said
	}
	if s.seen[0] != start+1 {
		s.seen[0] = start + 1
		s.said = s.leading(c, start)
	}
	if s.seen[1] = end; end > start && s.said.detectors().empty() {
		s.said = s.said.or(s.trailing(end))
	}
	return s.said
}

// leading is what words before a place name, within its cell, line and sentence. Those farther away may name, not speak
// against.
func (s *scanner) leading(c *Column, start int) (near set) {
	const reach, nearby = 48, 24
	if key := s.key(start); key != nil {
		return s.meaningOf(key)
	}
	from := max(start-reach, 0)
	if c != s.free {
		from = max(from, s.cell)
	}
	if i := bytes.LastIndexByte(s.text[from:start], '\n'); i >= 0 {
		from += i + 1
	}
	for from < start && from > 0 && s.isWord(from) && s.isWord(from-1) {
		from++
	}
	if s.kinds(from, start)&letters == 0 { // tables of numbers must not pay for words
		return set{}
	}
	t := s.text[:start]
	var before, last, h uint64
	for i := from; ; i++ {
		class := byte(0)
		if i < start {
			class = s.class[t[i]]
		}
		if class&word != 0 {
			f, n := detectors.Fold(t, i)
			h = step(h, f)
			i += n - 1
			continue
		}
		if h != 0 {
			if s.lex.mayEnd(h) {
				m := s.lex.phrase(&s.lex.phrases, before, last, h)
				if start-i > nearby {
					m = m.detectors()
				}
				near = near.or(m)
			}
			before, last, h = last, h, 0
		}
		if i >= start {
			return near
		}
		if class == stop && s.stops(i) {
			near, before, last = set{}, 0, 0
		}
	}
}

// trailing is what the words right behind name.
func (s *scanner) trailing(end int) set {
	const reach = 28
	if s.byteAt(end) != ' ' && s.byteAt(end) != ')' && s.byteAt(end) != ']' {
		return set{}
	}
	e := end
	for e < len(s.text) && e < end+reach && bytes.IndexByte([]byte(".,;:\n\"'"), s.text[e]) < 0 {
		e++
	}
	if e <= end+3 {
		return set{}
	}
	if s.byteAt(e) == ':' || s.byteAt(e) == '=' { // the key of what comes next
		return set{}
	}
	return s.words(s.text[end:e]).detectors()
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
	for end := min(len(s.text), i+most); i > 0 && i < end && bytes.IndexByte([]byte(" \"'=:"), s.text[i]) >= 0; i++ {
	}
	if i >= len(s.text) {
		return
	}
	for !named.empty() {
		k := named.pop()
		find, prose := s.all[k].Find, s.all[k].Within != nil
		if prose {
			find = s.all[k].Within
		}
		if f := find(s.text, i); f.End > 0 && f.Strength > detectors.Rejected {
			s.hits = append(s.hits, hit{start: f.Start, end: f.End, column: s.of(f.Start), detector: int16(k), strength: int8(f.Strength), printed: f.Strength == detectors.Distinctive, prose: prose, named: true})
		}
	}
}

// anchor serves a word at which something may begin that digits do not lead to, and gives where to go on.
func (s *scanner) anchor(p int) (next int) {
	end := s.wordEnd(p)
	starts := s.prefixes[s.text[p]]
	for i := range starts {
		if f := &starts[i]; bytes.HasPrefix(s.text[p:], f.head) {
			if e := s.found(s.of(p), f.detector, s.all[f.detector].Find(s.text, p), false); e > 0 {
				return e
			}
		}
	}
	h := hash(s.text[p:end])
	if s.lex.mayEnd(h) && s.lex.calling.has(h) {
		before, last := s.wordsBefore(p)
		if m := s.lex.phrase(&s.lex.phrases, before, last, h).and(s.naming); !m.empty() {
			s.behind(m, end)
		}
	}
	if m := s.lex.terms.at(h); !m.empty() {
		next = s.term(p, end, h)
	}
	if s.class[s.text[p]] == upper && s.lex.given.has(h) {
		if c := s.of(p); c == s.free || p-s.cell > 2 || s.form == text && c.names.detectors().empty() {
			finders, _ := s.trigger(detectors.Given)
			for _, k := range finders {
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
		found[k] = hash(s.text[from : p-1])
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
		h = join(h, hash(s.text[e+1:last]))
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
		s.add(hit{start: start, end: end, column: s.of(start), detector: int16(all.pop()), strength: int8(detectors.Plausible)})
	}
	return end
}
