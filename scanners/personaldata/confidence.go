package personaldata

import (
	"slices"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// confidence is how sure a hit is by itself, its words and its column's name.
func (e *engine) confidence(h hit, names set) float64 {
	d := &e.all[h.detector]
	conf := d.Alone
	if h.printed || h.strength == detectors.Distinctive {
		conf = d.Printed
	}
	if h.named {
		if h.strength == detectors.Doubtful {
			return max(conf, d.Named-.1)
		}
		return max(conf, d.Named) - .3*float64(h.glued/2)
	}
	if h.strength == detectors.Doubtful {
		conf = min(conf, .3)
	}
	if conf >= .9 && h.glued == 0 {
		return conf
	}
	conf -= .35 * float64(h.glued)
	if h.against {
		conf -= .3
	}
	if names.detectors()&^e.vague != 0 { // the column is of something else
		conf -= .2
	}
	return max(rounded(conf), 0) // .7 less .2 is .5
}

// resolve gives each place of a text to its best hit. Doubtful rivals are kept only where nothing better stands.
func resolve(hits []hit, conf func(hit) float64, yield func(hit, float64) bool) {
	slices.SortStableFunc(hits, func(a, b hit) int { return cmpOr(a.start-b.start, b.end-a.end) })
	var best hit
	var most float64
	have := false
	for _, h := range hits {
		c := conf(h)
		if have && h.start >= best.end {
			if !yield(best, most) {
				return
			}
			have = false
		}
		if !have || c > most {
			best, most, have = h, c, true
		}
	}
	if have {
		yield(best, most)
	}
}
