package personaldata

import (
	"encoding/binary"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// walk follows the automaton from the atom at a place, tries the longest shape that is complete first, and gives the end
// of what needs no more context.
func (s *scanner) walk(c *Column, at int) int {
	end, kinds := s.wordAt(at)
	return s.walkOn(c, at, end, kinds)
}

// walkOn is walk from an atom of which all is known.
func (s *scanner) walkOn(c *Column, at, e, kinds int) int {
	done, choices, a := &s.done, c.plan.choices, s.auto
	s.passed = 0
	if next := s.padded[e]; s.separators[next] == 0 || next == ',' && s.padded[e+1] != ' ' { // one atom
		state := int(a.atom[a.width+int(a.symbol[kinds<<6|min(e-at, longest)])])
		if uint(state-1) >= uint(len(choices)-1) {
			return 0
		}
		if s.class[next]&mark != 0 {
			if end := s.marked(c, state, at, e); end > 0 {
				return end
			}
		}
		choice := &choices[state]
		if !choice.known {
			c.plan.fill(s.engine, state)
		}
		open := choice.open && s.spoken(c, at) && (kinds == digits || s.like(state, at, e))
		if choice.n == 0 && !open {
			return 0
		}
		s.atoms[0] = [2]int{at, e}
		return s.try(c, 1, state, open)
	}
	n, k, only := 0, 0, kinds == digits
	for behind := 1; behind > 0; { // a separator
		s.atoms[n] = [2]int{at, e}
		n++
		state := int(a.atom[behind*a.width+int(a.symbol[kinds<<6|min(e-at, longest)])])
		if uint(state-1) < uint(len(choices)-1) {
			choice := &choices[state]
			if !choice.known {
				c.plan.fill(s.engine, state)
			}
			if (choice.open || choice.n > 0) && k < len(done) {
				done[k] = [2]int{state, n}
				k++
			}
		}
		if state == 0 || n == len(s.atoms) {
			break
		}
		symbol, width := int(s.separators[s.padded[e]]), 1
		if symbol > simple {
			if s.padded[e] == ',' && s.padded[e+1] != ' ' { // mostly
				break
			}
			symbol, width = separatorAt(s.padded[e:])
		}
		at = e + width
		if behind = int(a.separator[state][symbol&(mostSeparators-1)]); behind == 0 || !s.isWord(at) {
			break
		}
		e, kinds = s.wordAt(at)
	}
	spoken := s.spoken(c, s.atoms[0][0])
	whole := n > 1 && k > 0 && done[k-1][1] == n && s.alone(c, n)
	for k--; k >= 0; k-- {
		state, of := done[k][0], done[k][1]
		open := spoken && choices[state].open && (of > 1 || only || s.like(state, s.atoms[0][0], s.atoms[0][1]))
		if open || choices[state].n > 0 {
			if end := s.try(c, of, state, open); end > 0 || s.passed > 0 {
				return end
			}
		}
		if whole {
			s.passed = s.atoms[n-1][1]
			return 0
		}
	}
	return 0
}

// alone reports whether atoms are digits in groups that stand by themselves, of a cell all there is: no group is a code then,
// whether all of them are one or not. Two with a space between them may be two things, and in running text a range of houses.
func (s *scanner) alone(c *Column, n int) bool {
	start, end := s.atoms[0][0], s.atoms[n-1][1]
	if s.kinds(start, end) != digits {
		return false
	}
	if c == s.free {
		return n > 2 && s.form == text && s.glue(start, end, true) == 0
	}
	return (n > 2 || s.text[s.atoms[0][1]] != ' ') && s.form >= jsonText && start <= s.cell+1 && s.class[s.byteAt(end)]&(word|edge) == 0
}

// marked calls the finders of shapes behind which the byte at end must stand.
func (s *scanner) marked(c *Column, state, start, end int) int {
	for _, id := range s.auto.accept[state] {
		sh := &s.shapes[id]
		if sh.behind != s.text[end] || !s.worth(c, sh.detector, start, end, true) {
			continue
		}
		if f := sh.find(s.text, start); f.End > 0 {
			return s.found(c, sh.detector, f, true)
		}
	}
	return 0
}

// like reports whether an atom of letters and digits may be a shape that words around have to name: 538ms is none.
func (s *scanner) like(id, start, end int) bool {
	forms := s.complete[id].named
	if forms == nil || end-start > longest {
		return true
	}
	digits, upper, lower := s.masks(start, end)
	for i := range forms {
		if t := &forms[i]; digits&^t.digits|(upper|lower)&^t.letters == 0 {
			return true
		}
	}
	return false
}

// try tries the shapes that the first n atoms are, which are complete together. open: words around may name more.
func (s *scanner) try(c *Column, n, id int, open bool) (next int) {
	choice := &c.plan.choices[id]
	start, end, glued, noisy := s.atoms[0][0], s.atoms[n-1][1], -1, 0
	if choice.piece {
		if glued = s.glue(start, end, n > 1); glued > 2 {
			return 0
		}
	}
	s.digest, s.counts, s.code = 0, false, nil
	if choice.n == 1 && choice.piece && !open { // mostly, in columns that are known
		sh := &s.shapes[choice.few[0]]
		if fits, folded := s.fill(sh, n); fits {
			return s.check(c, sh, folded, glued, start, end)
		}
		return 0
	}
	certain := false
	for _, id := range s.pick(c, choice, start, end, id, open) {
		sh := &s.shapes[id]
		switch {
		case certain && sh.detector != noise && !c.names.has(sh.detector): // what its column is called, it is
			return next
		case sh.detector == noise:
			noisy = max(noisy, s.noise(start, end))
			continue
		case sh.find != nil:
			if f := sh.find(s.text, start); f.End > 0 {
				next = max(next, s.found(c, sh.detector, f, true))
			}
			continue
		}
		if glued < 0 {
			glued = s.glue(start, end, sh.printed)
		}
		if glued > 2 {
			return noisy
		}
		if fits, folded := s.fill(sh, n); fits {
			e := s.check(c, sh, folded, glued, start, end)
			certain = certain || e > 0 && sh.chance && c.names.has(sh.detector)
			next = max(next, e)
		}
	}
	return max(next, noisy)
}

// pick gives the shapes that are worth trying: they need no words, or the column's name or words around name them.
func (s *scanner) pick(c *Column, choice *choice, start, end, id int, open bool) []uint16 {
	if open {
		all := &s.complete[id]
		if said := all.detectors.less(all.alone).less(c.plan.wanted).and(s.around(c, start, end)); !said.empty() {
			return s.saying(c.plan, id, said)
		}
	}
	if int(choice.n) > len(choice.few) {
		return c.plan.many[id]
	}
	return choice.few[:choice.n]
}

func (s *scanner) check(c *Column, sh *shape, folded bool, glued, start, end int) (next int) {
	k, strength := sh.detector, detectors.Plausible
	if sh.check != nil {
		strength = sh.check(s.value)
	}
	switch {
	case strength == detectors.Broken:
		if s.fresh(c, start, end) {
			c.trials.at(k, sh.printed).tried++
		}
		return 0
	case strength == detectors.Rejected:
		if sh.chance && s.fresh(c, start, end) {
			c.trials.at(k, sh.printed).rejected++
		}
		return 0
	}
	if folded && !sh.lower {
		strength = detectors.Doubtful
	}
	named, against := c.names.has(k), c.names.against()
	if s.spoken(c, start) {
		named, against = s.said(c, k, start, end)
	}
	h := s.hit()
	h.value, h.start, h.end, h.column, h.detector = s.digest, start, end, c.place, int16(k)
	h.strength, h.printed, h.glued, h.named, h.against = int8(strength), sh.printed, int8(glued), named, against
	if !named && sh.chance && s.fresh(c, start, end) {
		n := c.trials.at(k, sh.printed)
		n.tried, n.passed = n.tried+1, n.passed+1
	}
	if named || sh.sure {
		return end
	}
	if sh.printed && glued == 0 && strength >= detectors.Plausible {
		s.passed = end
	}
	return 0
}

// fresh reports whether the code being tried is one more that counts in trials, and remembers the answer.
func (s *scanner) fresh(c *Column, start, end int) bool {
	if s.digest == 0 {
		s.digest = c.tally.digest(s.text[start:end])
		s.counts = c.trials.fresh(s.digest)
	}
	return s.counts
}

// fill compares the first n atoms with a shape and fills the code. Where letters stand in lower case, folded is true.
func (s *scanner) fill(sh *shape, n int) (fits, folded bool) {
	if sh.exact && s.code != nil { // as the one before
		return true, false
	}
	if from, to := s.atoms[0][0], s.atoms[0][1]; n == 1 && sh.exact {
		s.code = s.text[from:to:to]
		return true, false
	}
	size := 0
	for i, a := range s.atoms[:n] {
		from, to := a[0], a[1]
		if size+to-from > len(s.room) {
			return false, false
		}
		if t := &sh.template[i]; !t.exact {
			digits, upper, lower := s.masks(from, to)
			if digits&^t.digits|(upper|lower)&^t.letters != 0 {
				return false, false
			}
			folded = folded || lower != 0
		}
		if n == 1 && !folded {
			s.code = s.text[from:to:to]
			return true, false
		}
		if to-from <= 8 && size+8 <= len(s.room) { // what is too much the next one covers
			binary.LittleEndian.PutUint64(s.room[size:], binary.LittleEndian.Uint64(s.padded[from:]))
			size += to - from
		} else {
			size += copy(s.room[size:], s.text[from:to])
		}
	}
	if folded && !fold(s.room[:size]) {
		return false, false
	}
	s.code = s.room[:size]
	return true, folded
}

// fold makes letters upper case, if they are of ASCII.
func fold(code []byte) bool {
	for k, x := range code {
		if x-'a' < 26 {
			code[k] = x &^ 0x20
		} else if x >= 0x80 {
			return false
		}
	}
	return true
}

// noise gives the end of what is surely no personal data, or 0.
func (s *scanner) noise(start, end int) int {
	t := s.text
	switch n := end - start; {
	case t[start+3] == '-' || t[start+4] == '-' && n < 20 && n != 16 && n != 19 && t[start+3]-'0' > 9:
		digits := 0
		for _, c := range t[start:end] {
			digits += oneIf(c != '-')
		}
		if digits != 13 || string(t[start:start+3]) != "978" && string(t[start:start+3]) != "979" {
			return 0
		}
		return end
	case n == 36:
		return end
	case n == 16 && t[start+10] == ' ' && string(t[start+11:end]) == "00:00": // a date in a column of times
		return 0
	}
	for end < len(t) && end-start < 40 && (s.clock[t[end]] || t[end] == '+' && t[end-1] != '.') {
		end++
	}
	return end
}

// edges are the bytes that may glue something to what they stand beside.
func edges() string { return "./-:@%$#_+~*\\ " }

// glue says on how many sides start..end touches something; 3: it is a piece of something longer.
func (s *scanner) glue(start, end int, spaced bool) (n int) {
	before, behind := s.byteAt(start-1), s.byteAt(end)
	if s.class[before]&edge != 0 {
		n = s.glued(before, s.byteAt(start-2), spaced, true)
	}
	if s.class[behind]&edge != 0 {
		n += s.glued(behind, s.byteAt(end+1), spaced, false)
	}
	return n
}

// glued tells what a byte beside something, and the one beyond it, say.
func (s *scanner) glued(c, beyond byte, spaced, before bool) int {
	next := s.class[beyond] & word
	switch c {
	case '.', '-', '/', ':':
		switch {
		case c == '/' && next == digit: // a path, or a group of something longer
			return 1
		case next == digit:
			return 3
		case next != 0 && (c == '-' || c == '.' && before):
			return 1
		}
		return 0
	case '@', '%', '$':
		return 3
	case ' ':
		return oneIf(spaced && next == digit)
	}
	return 1
}
