package personaldata

import (
	"cmp"
	"slices"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// confidence is how sure a hit is by itself, its words and its column's name.
func (e *engine) confidence(h *hit, foreign bool) float64 {
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
	return max(rounded(conf), 0) // .7 less .2 is .5
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
