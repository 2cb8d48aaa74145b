package personaldata

import "github.com/probity-scan/probity/scanners/personaldata/detectors"

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
	s, kept := c.tally.scanner, c.trials
	c.trials = c.tally.scratch
	c.trials.reset()
	s.scan(cell, c)
	if c.cells > 0 {
		c.trials, c.tally.scratch = kept, c.trials
	} else {
		c.tally.scratch = kept
	}
	for i := range s.hits {
		s.hits[i].confidence = s.confidence(&s.hits[i], c.foreign)
	}
	s.finish(s.hits)
	for i := range s.hits {
		if h := &s.hits[i]; h.won && h.confidence >= Reported && !yield(Span{s.all[h.detector].ID, h.start, h.end, rounded(h.confidence)}) {
			return
		}
	}
}

// finish rates hits by what their columns showed as a whole, and finds the best at each place.
func (s *scanner) finish(hits []hit) {
	for i := range hits {
		h := &hits[i]
		if h.named && h.confidence >= proven {
			continue
		}
		v := s.columns.all[h.column].verdict(int(h.detector))
		if kind := kindOf(h); kind != weak && v.standing&kind == 0 {
			h.confidence = 0
		}
		h.confidence = max(h.confidence, v.proof)
	}
	resolve(hits)
}
