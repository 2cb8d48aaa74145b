package personaldata

import (
	"math/bits"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// count is what one detector found in a column, by how it was found.
type count struct {
	detector int
	sums
	values [4]distinct // of a kind
}

// sums are what a count has but for the values.
type sums struct {
	now     kinds       // found in the cell being read
	cells   [1 << 4]int // by all kinds found in them
	likely  int         // cells with a hit in a form that chance rarely makes, or that the detector knows to be one
	evident int         // cells whose hit is distinctive
	most    [4]float64  // the best confidence of a kind
	asked   int         // after how many cells, and one, the verdict was
	verdict verdict
}

// kinds is a set of ways to find something.
type kinds uint8

const (
	weak    kinds = 1 << iota // only the column as a whole can prove it
	bare                      // stands by itself
	printed                   // the same, in a form with separators
	named                     // a word or the header names it
	every   = weak | bare | printed | named
)

// kindOf tells how a rated hit was found.
func kindOf(h *hit) kinds {
	switch {
	case h.confidence < Reported:
		return weak
	case h.named:
		return named
	case h.printed:
		return printed
	}
	return bare
}

// record counts a hit; settle counts its cell.
func (n *count) record(h *hit, kind kinds) {
	if n.now == 0 {
		n.likely += oneIf(h.printed || h.strength >= int8(detectors.Plausible) && !h.against)
		n.evident += oneIf(h.strength == int8(detectors.Distinctive))
	}
	n.now |= kind
	i := bits.TrailingZeros8(uint8(kind)) & 3
	n.values[i].add(h.value)
	n.most[i] = max(n.most[i], h.confidence)
}

func (n *count) settle() {
	if n.now != 0 {
		n.cells[n.now]++
		n.now = 0
	}
}

// found is in how many cells something was found in one of the ways.
func (n *count) found(in kinds) (cells int) {
	for k, c := range n.cells {
		if kinds(k)&in != 0 {
			cells += c
		}
	}
	return cells
}

// agreeing is how many cells speak for a proof, none of which needs less than a quarter of them.
func (n *count) agreeing(p detectors.Proof) int {
	switch p {
	case detectors.ByForm:
		return n.likely
	case detectors.ByEvidence:
		return n.evident
	}
	return n.found(every)
}

// best is the best confidence of one of the ways.
func (n *count) best(in kinds) (conf float64) {
	for i, m := range n.most {
		if in>>i&1 == 1 {
			conf = max(conf, m)
		}
	}
	return conf
}

// atLeast reports whether there are so many different values, at little cost.
func (n *count) atLeast(several int) bool {
	for i := range n.values {
		if n.values[i].size() >= several {
			return true
		}
	}
	return n.different(every) >= several
}

// different is how many values were found in one of the ways, those found in several counted once.
func (n *count) different(in kinds) int {
	var all distinct
	for i := range n.values {
		if in>>i&1 == 1 {
			all.join(&n.values[i])
		}
	}
	return all.size()
}

func oneIf(ok bool) int {
	if ok {
		return 1
	}
	return 0
}

// verdict is what a column as a whole says of a detector's hits.
type verdict struct {
	standing kinds
	proof    float64
}

// verdict asks again once the column has other cells.
func (c *Column) verdict(k int) verdict {
	n := c.counted(k)
	if n == nil {
		return verdict{c.standing(k), c.proof(k)}
	}
	if n.asked != c.cells+1 {
		n.asked, n.verdict = c.cells+1, verdict{c.standing(k), c.proof(k)}
	}
	return n.verdict
}
