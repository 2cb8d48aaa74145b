package personaldata

import (
	"bytes"
	"testing"

	"github.com/probity-scan/probity/scanners/personaldata/synthetic"
)

// On made-up files with what only looks like personal data nearly all is found and nearly nothing else, and what is
// reported as sure is right.
func TestAccuracy(t *testing.T) {
	t.Parallel()
	scores := map[string]synthetic.Score{}
	sure := map[string]synthetic.Score{}
	for seed := range uint64(3) {
		for _, f := range synthetic.Corpus(7000+seed, 400_000, 20_000) {
			var found, certain []synthetic.Label
			tally := ready().Fresh()
			if err := tally.Document(f.Name).Spans(bytes.NewReader(f.Text), func(s Span) bool {
				l := synthetic.Label{Start: s.Start, End: s.End, Detector: s.Detector}
				found = append(found, l)
				if s.Confidence >= .9 {
					certain = append(certain, l)
				}
				return true
			}); err != nil {
				t.Fatal(err)
			}
			synthetic.Add(scores, f.Labels, found)
			synthetic.Add(sure, f.Labels, certain)
		}
	}
	for id, s := range scores {
		if s.Found+s.Missed > 0 && s.F1() < .97 {
			t.Errorf("%s: F1 %.3f (%d found, %d missed, %d false)", id, s.F1(), s.Found, s.Missed, s.False)
		}
	}
	for _, d := range ready().scanner.all {
		s, measured := scores[d.ID]
		if measured = measured && s.Found+s.Missed > 10; measured != (d.Recall > 0) || s.Recall() < d.Recall {
			t.Errorf("%s: it states that it finds %.2f of what is there, and %.3f of %d were found", d.ID, d.Recall, s.Recall(), s.Found+s.Missed)
		}
	}
	if all := synthetic.Overall(scores); all.F1() < .99 {
		t.Errorf("F1 %.4f of all: %+v", all.F1(), all)
	}
	if all := synthetic.Overall(sure); all.Precision() < .95 {
		t.Errorf("of what is reported as sure %.3f is right", all.Precision())
	}
}
