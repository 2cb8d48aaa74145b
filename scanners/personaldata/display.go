package personaldata

import "github.com/probity-scan/probity/scanners/personaldata/detectors"

// display reads the name before an address in angle brackets, as mail has it: Anna Kowalska <anna@example.org>. Open is
// where the bracket is.
func (s *scanner) display(c *Column, open int) {
	const longest, most, apart = 64, 4, 32 // of lists, that have them in columns
	end := open
	for end > 0 && s.text[end-1] == ' ' && open-end < apart {
		end--
	}
	if end == open || end == 0 || s.class[s.text[end-1]]&(word|stop) == 0 {
		return
	}
	starts, n := [most]int{}, 0
	for i := end; n < most && end-i < longest; {
		from := i
		for from > 0 && (s.class[s.text[from-1]]&(word&^digit) != 0 || s.text[from-1] == '.' || s.text[from-1] == '-' || s.text[from-1] == '\'') {
			from--
		}
		if from == i || s.class[s.text[from]]&(upper|letter) == 0 {
			break
		}
		starts[n] = from
		n++
		if i = from - 1; i < 1 || s.text[i] != ' ' {
			break
		}
	}
	for n--; n > 0; n-- { // two words at least
		for _, k := range s.finders[bitOf(detectors.Given)] {
			if f := s.all[k].Within(s.text[:end], starts[n]); f.End == end && f.Strength > detectors.Rejected {
				s.hits = append(s.hits, hit{start: f.Start, end: f.End, column: c.place, detector: int16(k), strength: int8(f.Strength), prose: true, named: true})
				return
			}
		}
	}
}
