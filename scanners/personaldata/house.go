package personaldata

import "github.com/probity-scan/probity/scanners/personaldata/detectors"

// houseNumber asks the finders of addresses in running text: at a short number, with a letter behind it or not, that a
// word is beside of.
func (s *scanner) houseNumber(c *Column, start, end int) (next int) {
	if c != s.free && start-s.cell <= 2 && s.form != text {
		return 0
	}
	beside := false
	if next := end + 1 + oneIf(s.byteAt(end) == ','); s.byteAt(end) == ' ' || next > end+1 && s.byteAt(end+1) == ' ' {
		class := s.class[s.byteAt(next)]
		beside = class&(upper|letter) != 0 || class == lower && s.ways.at(s.padded[next:], s.wordEnd(next)-next) == 1 // 12 rue
	}
	if !beside && start > 2 && s.text[start-1] == ' ' {
		before := start - 2
		if s.text[before] == '.' || s.text[before] == ',' {
			before--
		}
		beside = s.class[s.text[before]]&(lower|letter) != 0 && s.class[s.text[s.wordStart(before)]]&(upper|letter) != 0
	}
	if !beside {
		return 0
	}
	for _, k := range s.finders[bitOf(detectors.House)] {
		next = max(next, s.within(c, k, start))
	}
	return next
}

// within calls a finder in running text, and gives the end of what it is sure of.
func (s *scanner) within(c *Column, k, at int) int {
	f := s.all[k].Within(s.text, at)
	if f.End == 0 || f.Strength <= detectors.Rejected {
		return 0
	}
	h := hit{start: f.Start, end: f.End, column: c.place, detector: int16(k), strength: int8(f.Strength), prose: true}
	if named := s.add(&h); !named && f.Strength < detectors.Distinctive {
		s.hits = s.hits[:len(s.hits)-1]
		return 0
	}
	return f.End
}
