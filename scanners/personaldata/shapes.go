package personaldata

import "github.com/probity-scan/probity/scanners/personaldata/detectors"

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
		if d.Check != nil {
			strength = d.Check(s.value)
		}
		switch {
		case strength == detectors.Broken:
			s.trials.add(sh.detector, sh.printed, false, s.code[:s.size])
			continue
		case strength == detectors.Rejected && d.Chance > 0:
			s.trials.reject(sh.detector, sh.printed)
			continue
		case strength == detectors.Rejected:
			continue
		}
		if folded {
			strength = detectors.Doubtful
		}
		if !s.add(hit{start: start, end: e, detector: sh.detector, strength: strength, printed: sh.printed, glued: glued}) && d.Chance > 0 {
			s.trials.add(sh.detector, sh.printed, true, s.code[:s.size])
		}
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
			switch {
			case c[0] == '/' && next == digit: // a path, or a group of something longer
				n++
			case c[0] != ',' && next == digit:
				return 3
			case next&word != 0 && (c[0] == '-' || c[0] == '.' && side == 0):
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
