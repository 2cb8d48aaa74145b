package personaldata

import "github.com/probity-scan/probity/scanners/personaldata/detectors"

// plan is what is worth trying in the columns that want the same, so that no place asks again.
type plan struct {
	wanted  set
	choices []choice // by state, as complete of the engine
	many    map[int][]uint16
	cells   []int // finders of whole cells
	numbers bool  // finders of numbers are wanted
}

// choice is what to try where shapes are complete: those of detectors that are wanted, then those that need no words, then
// noise. It is small, since each place asks for one.
type choice struct {
	few   [5]uint16
	n     uint16 // if it is more than few, they are with the plan
	known bool   // the others are filled in
	open  bool   // words around may name more
	piece bool   // within something longer nothing comes of it
}

// plan gives that of a set. They are few, since names are; where they are not, older ones are forgotten.
func (s *scanner) plan(wanted set) *plan {
	const most = 256
	p := s.plans[wanted]
	if p == nil {
		if len(s.plans) >= most {
			clear(s.plans)
		}
		p = &plan{wanted: wanted, choices: make([]choice, len(s.complete)), many: map[int][]uint16{}, numbers: wanted.meets(s.calls[bitOf(detectors.Number)])}
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
	all, c := &e.complete[id], &p.choices[id]
	wanted := all.detectors.and(p.wanted)
	shapes := e.among(nil, id, wanted, all.alone.less(wanted))
	*c = choice{n: uint16(len(shapes)), known: true, open: !all.detectors.less(all.alone).less(wanted).empty(), piece: all.piece}
	if copy(c.few[:], shapes) < len(shapes) {
		p.many[id] = shapes
	}
}

// spoken is a choice that words around made.
type spoken struct {
	plan   *plan
	id     int
	said   set
	shapes []uint16
}

// saying gives the shapes of detectors that words around name first. It remembers a few choices, since texts repeat theirs.
func (s *scanner) saying(p *plan, id int, said set) []uint16 {
	h := (said.a ^ said.b*3 ^ said.c*5 ^ said.d*7 ^ uint64(id)) * prime
	o := &s.spoke[h>>(64-spokenBits)]
	if o.id != id || o.plan != p || o.said != said {
		all := &s.complete[id]
		*o = spoken{p, id, said, s.among(o.shapes[:0], id, said, all.alone.or(all.detectors.and(p.wanted)))}
	}
	return o.shapes
}

const spokenBits = 8

// among gives the shapes that are of the first detectors, then those of the others, then noise.
func (e *engine) among(shapes []uint16, id int, first, then set) []uint16 {
	for round := range 3 {
		for _, id := range e.auto.accept[id] {
			k := e.shapes[id].detector
			if e.shapes[id].behind != 0 {
				continue
			}
			if k == noise && round == 2 || k != noise && (round == 0 && first.has(k) || round == 1 && then.has(k)) {
				shapes = append(shapes, id)
			}
		}
	}
	return shapes
}
