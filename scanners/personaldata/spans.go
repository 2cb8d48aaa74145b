package personaldata

import (
	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// Span is where something was found in a text, in bytes. It has no value; who holds the text can cut it out.
type Span struct {
	Detector   string
	Start, End int
	Confidence float64
}

// Spans finds personal data in free text, in order, until yield says stop.
func Spans(text []byte, yield func(Span) bool) {
	New(Options{Detectors: detectors.All()}).Column("", "").Spans(text, yield)
}

// Spans finds again what is in a cell, with what the column showed as a whole: call it after all cells were added. Of a
// column without cells the text itself is the whole.
func (c *Column) Spans(cell []byte, yield func(Span) bool) {
	s := c.tally.scanner
	s.trials = nil
	if c.cells == 0 {
		c.trials = trials{seed: c.tally.seed}
		s.trials = &c.trials
	}
	s.scan(cell, c.names, 0, c.name != "")
	for i := range s.hits {
		h := &s.hits[i]
		h.confidence = s.confidence(*h, c.names)
		if kind := kindOf(*h); kind != weak && c.standing(h.detector)&kind == 0 {
			h.confidence = 0
		}
		h.confidence = max(h.confidence, c.proof(h.detector))
	}
	resolve(s.hits)
	for _, h := range s.hits {
		if h.won && h.confidence >= Reported && !yield(Span{Detector: s.all[h.detector].ID, Start: h.start, End: h.end, Confidence: rounded(h.confidence)}) {
			return
		}
	}
}
