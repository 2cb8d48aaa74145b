package personaldata

import (
	"hash/maphash"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// Column collects the cells of one column, key path or text. It keeps counts, and hashes under a key that is never stored.
type Column struct {
	tally    *Tally
	on, name string
	names    set  // what the name says
	nameless bool // it is no more than a number: c7, column_3
	cells    int  // added
	filled   int  // not empty
	hopeless set
	tries    [64]int
	counts   [64]*count
	shield   shield
}

// count is what one detector found in a column.
type count struct {
	cells    int      // with a hit
	sure     int      // with a hit in a form that chance rarely makes
	reported int      // with a hit that stands by itself
	most     float64  // the best confidence
	weak     distinct // values of hits that need the column
	strong   distinct // of those that stand by themselves
}

// distinct counts different values, exactly up to its limit and no further.
type distinct map[uint64]struct{}

const mostDistinct = 1 << 14

func (d *distinct) add(h uint64) {
	if *d == nil {
		*d = distinct{}
	}
	if len(*d) < mostDistinct {
		(*d)[h] = struct{}{}
	}
}

// different is how many values there are, those once strong and once weak counted once.
func (n *count) different() int {
	total := len(n.strong)
	for h := range n.weak {
		if _, both := n.strong[h]; !both {
			total++
		}
	}
	return min(total, mostDistinct)
}

// atLeast reports whether there are k different values, at little cost.
func (n *count) atLeast(k int) bool {
	return len(n.strong) >= k || len(n.weak) >= k || n.different() >= k
}

func newColumn(t *Tally, on, name string) *Column {
	c := &Column{tally: t, on: on, name: name}
	if name != "" {
		c.names = t.scanner.meaning(name)
	}
	c.nameless = nameless(name)
	c.shield.named(name)
	return c
}

// nameless: a header that somebody made up because there was none.
func nameless(name string) bool {
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
	c.filled++
	c.shield.add(c, cell)
	s := c.tally.scanner
	s.tries = &c.tries
	s.scan(cell, c.names, c.skipped(cell), c.name != "")
	for i := range s.hits {
		s.hits[i].confidence = s.confidence(s.hits[i], c.names)
	}
	resolve(s.hits)
	var seen set
	for _, h := range s.hits {
		if h.won && h.confidence >= Reported {
			c.record(h, cell, &seen)
		}
	}
	if c.name != "" {
		c.recordWeak(s.hits, cell, seen)
	}
}

// recordWeak counts what no cell can prove but the column may, rivals for one place included.
func (c *Column) recordWeak(hits []hit, cell []byte, seen set) {
	taken := 0
	for _, h := range hits {
		if h.won && h.confidence >= Reported {
			taken = h.end
		} else if h.start >= taken && h.confidence < Reported && !seen.has(h.detector) {
			c.record(h, cell, &seen)
		}
	}
}

// skipped gives the detectors that nothing can prove any more: no cell alone can, the name does not, and few cells agreed
// so far. In longer cells words may still name what they find.
func (c *Column) skipped(cell []byte) set {
	const enough, short = 64, 24
	if c.filled >= enough && c.filled&(c.filled-1) == 0 {
		e := c.tally.scanner.engine
		c.hopeless = 0
		for k, d := range e.all {
			if n := c.counts[k]; max(d.Alone, d.Printed) < Reported+.1 && !c.names.has(k) && (n == nil || n.cells*4 < c.filled) {
				c.hopeless |= one(k)
			}
		}
	}
	if len(cell) > short {
		return c.hopeless & c.tally.scanner.vague
	}
	return c.hopeless
}

// record counts a hit, and its cell once.
func (c *Column) record(h hit, cell []byte, seen *set) {
	n := c.count(h.detector)
	value := maphash.Bytes(c.tally.seed, cell[h.start:h.end])
	n.most = max(n.most, h.confidence)
	if h.confidence >= Reported {
		n.strong.add(value)
	} else {
		n.weak.add(value)
	}
	if !seen.has(h.detector) {
		*seen |= one(h.detector)
		n.cells++
		n.sure += oneIf(h.printed || h.strength >= detectors.Plausible && !h.against)
		n.reported += oneIf(h.confidence >= Reported)
	}
}

func oneIf(ok bool) int {
	if ok {
		return 1
	}
	return 0
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

func (c *Column) count(detector int) *count {
	if c.counts[detector] == nil {
		c.counts[detector] = &count{}
	}
	return c.counts[detector]
}

// proof is the confidence that the column as a whole lends to a detector's hits; chance says that they are one in many
// numbers which pass by chance.
func (c *Column) proof(k int) (conf float64, chance bool) {
	const few, several = 3, 8
	d, n := &c.tally.scanner.all[k], c.counts[k]
	if n == nil || c.name == "" || c.names.has(k) {
		return 0, false
	}
	if d.Proof == detectors.ByChecksum && c.tries[k] >= several && n.cells*2 < c.tries[k] {
		return 0, true
	}
	if c.names.detectors()&^c.tally.scanner.vague != 0 {
		return 0, false
	}
	switch {
	case d.Proof == detectors.ByChecksum && n.atLeast(few) && n.cells*10 >= c.tries[k]*9 && n.cells*2 >= c.filled:
		return .85, false
	case d.Proof == detectors.Nameless && c.nameless && n.atLeast(several) && n.cells*10 >= c.filled*8 && n.sure*10 >= n.cells*9:
		return .6, false
	case d.Proof == detectors.ByForm && n.atLeast(several) && n.cells*10 >= c.filled*6 && n.sure*2 >= n.cells && !c.names.speaksAgainst():
		return .7, false
	}
	return 0, false
}

func (c *Column) labels() (labels []probity.Label) {
	for k := range c.tally.scanner.all {
		if n := c.counts[k]; n != nil {
			found, different, conf := n.reported, len(n.strong), n.most
			if proof, chance := c.proof(k); proof > 0 {
				found, different, conf = n.cells, n.different(), max(conf, proof)
			} else if chance && conf < .9 {
				continue
			}
			if found > 0 && conf >= Reported {
				labels = append(labels, c.label(k, found, different, conf, probity.Clear))
			}
		}
	}
	return append(labels, c.shield.labels(c)...)
}

func (c *Column) label(k, found, different int, conf float64, p probity.Protection) probity.Label {
	d := &c.tally.scanner.all[k]
	return probity.Label{Detector: d.ID, Category: d.Category, On: c.on, Found: found, Distinct: different,
		Sample: probity.Sample{Unit: "cells", Read: c.cells}, Confidence: rounded(conf), Protection: p}
}
