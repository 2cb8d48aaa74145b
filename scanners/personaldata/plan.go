package personaldata

import "github.com/probity-scan/probity/scanners/personaldata/detectors"

// plan is what is worth trying in the columns that want the same, so that no place asks again.
type plan struct {
	wanted  set
	choices []choice // as complete of the engine
	cells   []int    // finders of whole cells
}

// choice is what to try where shapes are complete.
type choice struct {
	shapes []uint16 // those of detectors that are wanted, then those that need no words, then noise
	rest   set      // detectors of the others, which words around may name
	known  bool     // the others are filled in
	open   bool     // there is a rest
	piece  bool     // within something longer nothing comes of it
}

// plan gives that of a set. They are few, since names are; where they are not, older ones are forgotten.
func (s *scanner) plan(wanted set) *plan {
	const most = 256
	p := s.plans[wanted]
	if p == nil {
		if len(s.plans) >= most {
			clear(s.plans)
		}
		p = &plan{wanted: wanted, choices: make([]choice, len(s.complete))}
		for _, k := range s.finders[bitOf(detectors.Cell)] {
			if wanted.has(k) {
				p.cells = append(p.cells, k)
			}
		}
		s.plans[wanted] = p
	}
	return p
}

// fill makes a choice known.
func (p *plan) fill(e *engine, id int) {
	c := &e.complete[id]
	wanted := c.detectors.and(p.wanted)
	rest := c.detectors.less(c.alone).less(wanted)
	p.choices[id] = choice{shapes: e.among(make([]uint16, 0, 4), id, wanted, c.alone.less(wanted)), rest: rest, known: true, open: !rest.empty(), piece: c.piece}
}

// among gives the shapes that are of the first detectors, then those of the others, then noise.
func (e *engine) among(shapes []uint16, id int, first, then set) []uint16 {
	for round := range 3 {
		for _, id := range e.auto.accept[id] {
			k := e.shapes[id].detector
			if k == noise && round == 2 || k != noise && (round == 0 && first.has(k) || round == 1 && then.has(k)) {
				shapes = append(shapes, id)
			}
		}
	}
	return shapes
}
