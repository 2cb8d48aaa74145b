package personaldata

import (
	"sync"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// around are the places where a value can stand in a text; each puts it behind one of the detector's own words.
func around(word, value string) map[string]string {
	return map[string]string{
		"start":  value + " (" + word + ")",
		"middle": "It says here " + word + " " + value + ", which was noted.",
		"end":    "Nothing else to see. " + word + ": " + value,
		"key":    `{"id":1,"` + word + `":"` + value + `"}`,
		"line":   "first line\n" + word + "=" + value + "\nlast line",
	}
}

// ready has the detectors, which take a while to make ready.
var ready = sync.OnceValue(func() *Tally { return New(Options{}) })

func spansOf(text string) (spans []Span) {
	ready().Fresh().Column("", "").Spans([]byte(text), func(s Span) bool { spans = append(spans, s); return true })
	return spans
}

func covers(spans []Span, detector string, from, to int) bool {
	for _, s := range spans {
		if s.Detector == detector && s.Start <= from && s.End >= to {
			return true
		}
	}
	return false
}

// inColumn gives the confidence of a detector's label for a column of one cell; 0 without a label.
func inColumn(name, cell, detector string) float64 {
	tally := ready().Fresh()
	tally.Column("t.csv:"+name, name).Add([]byte(cell))
	for _, l := range tally.Labels() {
		if l.Detector == detector && l.Protection == probity.Clear {
			return l.Confidence
		}
	}
	return 0
}

func TestDetectorsFindTheirExamples(t *testing.T) {
	t.Parallel()
	for _, d := range detectors.All() {
		for i, example := range d.Examples() {
			if d.At&detectors.Cell == 0 {
				for place, text := range around(d.Words[0], example) {
					if d.At == detectors.Naming && place == "start" {
						continue // it needs its word before it
					}
					from := indexOf(text, example)
					if !covers(spansOf(text), d.ID, from, from+len(example)) {
						t.Errorf("%s: example %d at %s: got %v", d.ID, i, place, spansOf(text))
					}
				}
			}
			if got := inColumn(d.Words[0], example, d.ID); got < Reported {
				t.Errorf("%s: example %d in a column %q: got no label", d.ID, i, d.Words[0])
			}
		}
	}
}

func TestDetectorsLeaveTheirCounterexamples(t *testing.T) {
	t.Parallel()
	for _, d := range detectors.All() {
		for i, counter := range d.Counterexamples {
			for place, text := range around(d.Words[0], counter) {
				from := indexOf(text, counter)
				for _, s := range spansOf(text) {
					if s.Detector == d.ID && s.Start >= from && s.End <= from+len(counter) {
						t.Errorf("%s: counterexample %d at %s: got %v", d.ID, i, place, s)
					}
				}
			}
			if got := inColumn(d.Words[0], counter, d.ID); got > 0 {
				t.Errorf("%s: counterexample %d in a column %q: got confidence %v", d.ID, i, d.Words[0], got)
			}
		}
	}
}

func indexOf(text, part string) int {
	for i := range len(text) - len(part) + 1 {
		if text[i:i+len(part)] == part {
			return i
		}
	}
	return -1
}
