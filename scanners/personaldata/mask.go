package personaldata

import (
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// Mask replaces personal data within a name (an object key, a column, a tag, an ARN) by what it is: "users/‹email›.json".
// For many names make a [Masker] once.
func Mask(name string) (masked string, found bool) {
	if !maskable(name) {
		return name, false
	}
	return NewMasker().Mask(name)
}

// Masker masks names. It is not for concurrent use.
type Masker struct{ column *Column }

// NewMasker makes the detectors ready, which costs as much as some hundred names.
func NewMasker() *Masker {
	c := New(Options{}).Column("", "")
	c.plan = c.tally.scanner.plan(c.tally.scanner.provable) // in a name no words are around
	return &Masker{c}
}

// Mask is [Mask]. It takes only what it is sure of: account numbers, UUIDs, dates, versions and IP addresses stay.
func (m *Masker) Mask(name string) (masked string, found bool) {
	if !maskable(name) {
		return name, false
	}
	s := m.column.tally.scanner
	s.scan([]byte(name), m.column)
	m.column.trials.reset()
	for i := range s.hits {
		s.hits[i].confidence = s.inName(name, s.hits[i])
	}
	resolve(s.hits)
	var out strings.Builder
	last := 0
	for _, h := range s.hits {
		if h.won && h.confidence >= Reported {
			out.WriteString(name[last:h.start])
			out.WriteString("‹" + s.all[h.detector].ID + "›")
			last = h.end
		}
	}
	if last == 0 {
		return name, false
	}
	return out.String() + name[last:], true
}

// maskable is false for nearly all names, at little cost.
func maskable(name string) bool {
	digits := 0
	for i := range len(name) {
		if c := name[i]; c == '@' {
			return true
		} else if c-'0' < 10 {
			digits++
		}
	}
	return digits >= 7 || strings.Contains(name, "eyJ") || strings.Contains(name, "%40")
}

// inName is the confidence of a hit in a name, where dashes and underscores around it mean nothing.
func (s *scanner) inName(name string, h hit) float64 {
	const likely = .45
	d := &s.all[h.detector]
	account := h.end-h.start == 12 && strings.HasPrefix(name, "arn:")
	h.glued, h.against = 0, false
	switch conf := s.confidence(&h, false); {
	case account, d.Category == probity.Online, d.Category == probity.Health && d.Proof != detectors.ByChecksum:
		return 0
	case d.At&detectors.Opening != 0 && name[h.start] != '+':
		return 0
	case h.strength == int8(detectors.Distinctive), h.printed && conf >= .6:
		return max(conf, Reported)
	case d.Proof == detectors.ByChecksum && (conf >= likely || h.named):
		return max(conf, Reported)
	case h.named && d.Check != nil:
		return conf
	}
	return 0
}
