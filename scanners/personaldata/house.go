package personaldata

import "github.com/probity-scan/probity/scanners/personaldata/detectors"

// houseNumber asks the finders of addresses in running text: at a short number, with a letter behind it or not, that a
// word is beside of.
func (s *scanner) houseNumber(c *Column, start, end int) (next int) {
	if c != s.free && start-s.cell <= 2 && s.form != text {
		return 0
	}
	if s.class[s.text[start]] != digit || end-start > 1 && s.class[s.text[end-1]] != digit && s.class[s.text[end-2]] != digit && !s.ordinal(end) {
		return 0 // 538ms
	}
	beside := false
	if next := end + 1 + oneIf(s.byteAt(end) == ','); s.byteAt(end) == ' ' || next > end+1 && s.byteAt(end+1) == ' ' {
		class := s.class[s.byteAt(next)]
		beside = class&(upper|letter) != 0 || class == lower && s.ways.at(s.padded[next:], s.wordEnd(next)-next) != 0 // 12 rue
	}
	if !beside && start > 2 && s.text[start-1] == ' ' && s.lettered(c, start) {
		beside = s.byteAt(end) == ',' && s.class[s.text[start-2]]&(lower|letter) != 0 || s.wayBefore(start-1)
	}
	if !beside {
		return 0
	}
	for _, k := range s.finders[bitOf(detectors.House)] {
		next = max(next, s.within(c, k, start))
	}
	return next
}

// ordinal: 42nd.
func (s *scanner) ordinal(end int) bool {
	switch string(s.text[end-2 : end]) {
	case "st", "nd", "rd", "th":
		return true
	}
	return false
}

// lettered reports whether letters are near before a place, in its cell.
func (s *scanner) lettered(c *Column, p int) bool {
	b := &s.blocks[p>>6]
	near := (b.upper | b.lower) << (63 - p&63) << 1
	if p > 63 {
		a := &s.blocks[p>>6-1]
		near |= (a.upper | a.lower) >> (p & 63)
	}
	if cell := p - s.cell; c != s.free && cell < 64 {
		near >>= 64 - cell
	}
	return near != 0
}

// wayBefore reports whether one of the few words that end before a place may be a way: Hauptstr. 5, Via Roma 10.
func (s *scanner) wayBefore(p int) bool {
	const most = 4
	for range most {
		if p > 0 && (s.text[p-1] == '.' || s.text[p-1] == ',') {
			p--
		}
		if p < 1 || !s.isWord(p-1) {
			return false
		}
		from := s.wordStart(p - 1)
		if s.ways.at(s.padded[from:], p-from) != 0 || detectors.EndsInWay(s.text[from:p]) {
			return true
		}
		if p = from - 1; p < 1 || s.text[p] != ' ' {
			return false
		}
	}
	return false
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
