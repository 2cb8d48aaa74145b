package personaldata

import "github.com/probity-scan/probity/scanners/personaldata/detectors"

// plan is what is worth trying in the columns that want the same, so that no place asks again.
type plan struct {
	wanted set
	shapes [][]uint16 // by state of the automaton, once it was reached: those wanted, then those that need no words
	cells  []int      // finders of whole cells
}

// plan gives that of a set. They are few, since names are; where they are not, older ones are forgotten.
func (s *scanner) plan(wanted set) *plan {
	const most = 256
	p := s.plans[wanted]
	if p == nil {
		if len(s.plans) >= most {
			clear(s.plans)
		}
		p = &plan{wanted: wanted, shapes: make([][]uint16, len(s.accepted))}
		for _, k := range s.finders[bitOf(detectors.Cell)] {
			if wanted.has(k) {
				p.cells = append(p.cells, k)
			}
		}
		s.plans[wanted] = p
	}
	return p
}

// of gives the shapes of a state that are worth trying where no words around name any.
func (p *plan) of(e *engine, state int) []uint16 {
	if p.shapes[state] == nil {
		wanted := e.accepted[state].and(p.wanted)
		p.shapes[state] = e.among(make([]uint16, 0, 4), state, wanted, e.alone[state].less(wanted))
	}
	return p.shapes[state]
}

// among gives the shapes of a state that are of the first detectors, then those of the others, then noise.
func (e *engine) among(shapes []uint16, state int, first, then set) []uint16 {
	for round := range 3 {
		for _, id := range e.auto.accept[state] {
			k := e.shapes[id].detector
			if k == noise && round == 2 || k != noise && (round == 0 && first.has(k) || round == 1 && then.has(k)) {
				shapes = append(shapes, id)
			}
		}
	}
	return shapes
}
