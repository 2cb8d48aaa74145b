package personaldata

import (
	"math/bits"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// Column collects the cells of one column, key path or text. It keeps counts, and hashes under a key that is never stored.
type Column struct {
	tally    *Tally
	place    int32 // among all of the tally
	on, name string
	next     *Column // what came next last time: in records that is nearly always right
	other    *Column // and before that
	read     bool    // it is a key of JSON that was read
	stops    int     // where in it the scanner stops first, and one; 0: nowhere, or something comes of it
	names    set     // what the name says
	nameless bool    // it is no more than a number: c7, column_3
	cells    int     // added
	filled   int     // not empty
	hints    set     // what the name may say
	ruled    set     // what nothing in a short cell can prove any more
	named    bool    // the name says anything
	foreign  bool    // and something that codes are
	called   bool    // it calls finders of numbers
	wholes   bool    // and of whole cells
	calls    bool    // and of what stands behind words
	behind   set     // those, at the cell's beginning
	plan     *plan   // for what is worth trying though no words around may name it
	trials   trials
	counts   []*count
	latest   *count
	counting *[most]uint8 // the place of a detector in counts, and one; nil for few
	shield   shield
}

func newColumn(t *Tally, on, name string) *Column {
	n := t.naming(on, name)
	c := t.room()
	c.tally, c.on, c.name, c.names, c.hints, c.nameless, c.shield.form = t, on, name, n.names, n.hints, n.nameless, n.form
	e := t.scanner.engine
	c.named, c.foreign = !c.names.detectors().empty(), !c.names.detectors().less(e.vague).empty()
	c.called, c.wholes = c.names.meets(e.calls[bitOf(detectors.Number)]), c.names.meets(e.calls[bitOf(detectors.Cell)])
	c.behind = c.names.and(e.naming).less(e.vague)
	c.calls = !c.behind.empty()
	c.want()
	return c
}

// room gives an empty column, in the room of one that was cleared.
func (t *Tally) room() *Column {
	last := len(t.cleared) - 1
	if last < 0 {
		return new(Column)
	}
	c := t.cleared[last]
	t.cleared = t.cleared[:last]
	c.trials.reset()
	*c = Column{trials: c.trials, counts: c.counts[:0]}
	return c
}

// naming is what a name says.
type naming struct {
	names, hints set
	nameless     bool
	form         probity.Protection
}

// naming remembers names, of which stores have the same ones again and again; by hash, since a key may be data.
func (t *Tally) naming(on, name string) naming {
	const most = 1 << 10
	if name == "" {
		return naming{}
	}
	path := pathOf(on, name)
	id := t.digest([]byte(path)) ^ bits.RotateLeft64(t.digest([]byte(name)), 1)
	n, known := t.scanner.named[id]
	if known {
		return n
	}
	n.form = protects(name)
	if n.nameless = nameless(name); !n.nameless { // "column" speaks of nothing here
		n.hints = t.scanner.hints(path)
		n.names = t.scanner.meaning(path, n.hints)
	}
	if len(t.scanner.named) < most {
		t.scanner.named[id] = n
	}
	return n
}

// want chooses what to try: what the name says, and what the column as a whole may prove.
func (c *Column) want() {
	e := c.tally.scanner.engine
	wanted := c.names.detectors()
	if c.name != "" && wanted.less(e.vague).empty() {
		wanted = wanted.or(e.provable.less(c.ruled))
	}
	c.plan = c.tally.scanner.plan(wanted)
}

// nameless: a header that somebody made up because there was none.
func nameless(name string) bool {
	if name == "" || strings.IndexByte(" _-0123456789", name[len(name)-1]) < 0 {
		return false
	}
	low := strings.TrimLeft(strings.ToLower(name), " _")
	word := strings.TrimRight(low, " _-0123456789")
	return len(word) < len(low) && strings.Contains(" c col column f fld field v val value var x attr attribute unnamed: key cell spalte feld colonne champ columna campo colonna kolom veld kolumna pole ", " "+word+" ")
}

// Add reads one cell: a CSV field, a JSON string or number, a database value, or a piece of free text. Nothing of it is kept.
func (c *Column) Add(cell []byte) {
	c.cells++
	cell = trim(cell)
	if len(cell) == 0 {
		return
	}
	c.fill()
	c.shield.add(c, cell)
	s := c.tally.scanner
	s.scan(cell, c)
	s.take(c, s.hits, cell)
}

// takeOne takes the only hit of a cell, and reports whether anything can prove it still.
func (s *scanner) takeOne(c *Column, h *hit) bool {
	k := int(h.detector)
	h.confidence, h.won = s.confidence(h, c.foreign), true
	sure := h.confidence >= Reported
	if !sure && !c.plan.wanted.has(k) {
		return false
	}
	if sure || c.name != "" {
		if h.value == 0 {
			h.value = c.tally.digest(s.text[h.start:h.end])
		}
		n := c.count(k)
		n.record(h, kindOf(h))
		n.settle()
	}
	return true
}

// take rates the hits of a cell and counts them: those that stand, and those that the column may prove, rivals for one
// place included.
func (s *scanner) take(c *Column, hits []hit, text []byte) {
	for i := range hits {
		hits[i].confidence = s.confidence(&hits[i], c.foreign)
	}
	resolve(hits)
	taken := 0
	s.counted = s.counted[:0]
	for i := range hits {
		h := &hits[i]
		switch {
		case h.won && h.confidence >= Reported:
			taken = h.end
		case c.name == "" || h.start < taken || h.confidence >= Reported || !c.plan.wanted.has(int(h.detector)):
			continue
		}
		if h.value == 0 {
			h.value = c.tally.digest(text[h.start:h.end])
		}
		n := c.count(int(h.detector))
		n.record(h, kindOf(h))
		s.counted = append(s.counted, n)
	}
	for _, n := range s.counted {
		n.settle()
	}
}

// short is how long a cell may be in which words around name nothing.
const short = 24

// fill counts a cell, and now and then rules out what nothing can prove any more.
func (c *Column) fill() {
	const first = 16
	if c.filled++; c.filled >= first && c.filled&(c.filled-1) == 0 {
		c.rule()
	}
}

// rule rules detectors out: no cell alone proves them, the name does not, and few cells agreed so far.
func (c *Column) rule() {
	e := c.tally.scanner.engine
	c.ruled = e.provable
	for _, n := range c.counts {
		if n.agreeing(e.all[n.detector].Proof)*4 >= c.filled {
			c.ruled = c.ruled.less(one(n.detector))
		}
	}
	c.want()
}

func trim(b []byte) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\t' || b[0] == '\r' || b[0] == '\n') {
		b = b[1:]
	}
	for len(b) > 0 && (b[len(b)-1] == ' ' || b[len(b)-1] == '\t' || b[len(b)-1] == '\r' || b[len(b)-1] == '\n' || b[len(b)-1] == 0) {
		b = b[:len(b)-1]
	}
	return b
}

// counted gives what a detector found, or nil.
func (c *Column) counted(detector int) *count {
	if c.counting != nil {
		if i := c.counting[detector]; i > 0 {
			return c.counts[i-1]
		}
		return nil
	}
	for _, n := range c.counts {
		if n.detector == detector {
			return n
		}
	}
	return nil
}

// count gives what a detector found, which is mostly the one that found something last.
func (c *Column) count(detector int) *count {
	if c.latest != nil && c.latest.detector == detector {
		return c.latest
	}
	n := c.counted(detector)
	if n == nil {
		const few = 4
		n = c.another()
		n.detector = detector
		if c.counting == nil && len(c.counts) > few {
			c.counting = new([most]uint8)
			for i, n := range c.counts {
				c.counting[n.detector] = uint8(i + 1)
			}
		} else if c.counting != nil {
			c.counting[detector] = uint8(len(c.counts))
		}
	}
	c.latest = n
	return n
}

// another gives an empty count, in the room of one that was cleared.
func (c *Column) another() *count {
	k := len(c.counts)
	if k == cap(c.counts) || c.counts[:k+1][k] == nil {
		c.counts = append(c.counts, new(count))
		return c.counts[k]
	}
	c.counts = c.counts[:k+1]
	n := c.counts[k]
	n.sums = sums{}
	for i := range n.values {
		n.values[i].reset()
	}
	return n
}

// several different values are what no repeated placeholder makes.
const several = 8

// proven is the most that a column can show.
const proven = .85

// proof is the confidence that the column as a whole lends to a detector's hits.
func (c *Column) proof(k int) float64 {
	d, n := &c.tally.scanner.all[k], c.counted(k)
	if n == nil || c.name == "" || c.names.has(k) || c.foreign {
		return 0
	}
	cells := n.found(every)
	filled := max(c.filled, cells) // of lists only the first one counts as filled
	switch d.Proof {
	case detectors.ByChecksum:
		if cells*2 >= filled && c.trials.proves(k, d.Chance) {
			return proven
		}
	case detectors.ByForm:
		if cells*10 >= filled*6 && n.likely*2 >= cells && !c.names.against() && n.atLeast(several) {
			return .7
		}
	case detectors.ByEvidence:
		return c.evidence(k, n, filled)
	}
	return 0
}

// evidence: a header that may name it needs a quarter of the cells to be one beyond doubt, a column without a header the
// same and several different ones, any other half of them.
func (c *Column) evidence(k int, n *count, filled int) float64 {
	cells := n.found(every)
	switch {
	case c.names.against():
	case c.hints.has(k) && n.evident*4 >= filled && cells*2 >= filled:
		return .8
	case c.nameless && n.evident*4 >= filled && cells*10 >= filled*6 && n.atLeast(several):
		return .6
	case n.evident*2 >= filled && cells*10 >= filled*6 && n.atLeast(several):
		return .6
	}
	return 0
}

// standing gives the kinds of a detector's hits that chance does not explain.
func (c *Column) standing(k int) kinds {
	ok := named
	chance := c.tally.scanner.all[k].Chance
	if chance == 0 || !c.trials.explains(k, false, chance) {
		ok |= bare
	}
	if chance == 0 || !c.trials.explains(k, true, chance) {
		ok |= printed
	}
	return ok
}

func (c *Column) labels() (labels []probity.Label) {
	for _, n := range c.counts {
		k := n.detector
		kinds, proof := c.standing(k), c.proof(k)
		if proof > 0 {
			kinds = every
		}
		if found, conf := n.found(kinds), max(n.best(kinds), proof); found > 0 && conf >= Reported {
			labels = append(labels, c.label(k, found, n.different(kinds), conf, probity.Clear))
		}
	}
	return append(labels, c.shield.labels(c)...)
}

func (c *Column) label(k, found, different int, conf float64, p probity.Protection) probity.Label {
	d := &c.tally.scanner.all[k]
	return probity.Label{Detector: d.ID, Category: d.Category, On: c.on, Found: found, Distinct: different,
		Sample: probity.Sample{Unit: "cells", Read: c.cells}, Confidence: rounded(conf), Recall: d.Recall, Protection: p}
}
