package personaldata

import (
	"cmp"
	"slices"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// confidence is how sure a hit is by itself, its words and its column's name.
func (e *engine) confidence(h *hit, foreign bool) float64 {
	if h.prose {
		return e.rate(h, foreign)
	}
	return e.rates[h.detector][ways(h, foreign)&(1<<7-1)]
}

// ways numbers what the confidence of hits of a detector depends on, but for those in running text.
func ways(h *hit, foreign bool) int {
	return oneIf(h.printed || h.strength == int8(detectors.Distinctive)) | oneIf(h.strength == int8(detectors.Doubtful))<<1 | oneIf(h.against)<<2 | oneIf(foreign)<<3 | int(h.glued)<<4 | oneIf(h.named)<<6
}

// rates has the confidence for each of the ways.
type rates [1 << 7]float64

func (e *engine) newRates(detector int) (all rates) {
	for strength := detectors.Doubtful; strength <= detectors.Distinctive; strength++ {
		for k := range 1 << 7 {
			h := hit{detector: int16(detector), strength: int8(strength), printed: k&1 == 1, against: k>>2&1 == 1, glued: int8(k >> 4 & 3), named: k>>6 == 1}
			foreign := k>>3&1 == 1
			all[ways(&h, foreign)] = e.rate(&h, foreign)
		}
	}
	return all
}

// rate works the confidence out.
func (e *engine) rate(h *hit, foreign bool) float64 {
	d := &e.all[h.detector]
	conf := d.Alone
	if h.printed || h.strength == int8(detectors.Distinctive) {
		conf = d.Printed
	}
	if h.prose && h.strength == int8(detectors.Distinctive) {
		conf = d.Prose
	}
	if h.named {
		if h.strength == int8(detectors.Doubtful) {
			return max(conf, d.Named-.1)
		}
		return max(conf, d.Named) - .3*float64(h.glued/2)
	}
	if h.strength == int8(detectors.Doubtful) {
		conf = min(conf, .3)
	}
	if conf >= .9 && h.glued == 0 {
		return conf
	}
	conf -= .35 * float64(h.glued)
	if h.against {
		conf -= .3
	}
	if foreign { // the column is of something else
		conf -= .2
	}
	return rounded(max(conf, 0)) // .7 less .2 is .5
}

// resolve sorts rated hits and marks the best at each place.
func resolve(hits []hit) {
	if len(hits) == 1 {
		hits[0].won = true
		return
	}
	for i := 1; i < len(hits); i++ { // mostly they are in order
		if a, b := &hits[i-1], &hits[i]; b.start < a.start || b.start == a.start && b.end > a.end {
			slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Or(a.start-b.start, b.end-a.end) })
			break
		}
	}
	best := 0
	for i := range hits {
		switch h := &hits[i]; {
		case i == 0 || h.start >= hits[best].end:
			h.won, best = true, i
		case h.confidence > hits[best].confidence:
			hits[best].won = false
			h.won, best = true, i
		default:
			h.won = false
		}
	}
}
