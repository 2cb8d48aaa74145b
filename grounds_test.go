package probity

import "testing"

// A sentence is known again by its ground, and no ground is taken for another.
func TestGroundOf(t *testing.T) {
	t.Parallel()
	for _, want := range grounds() {
		for _, what := range []string{"aws", "nis2-essential or nis2-important", "DE, FR", "personal", "payment-card or card-track"} {
			sentence := want.Of(what)
			if sentence == string(want) {
				what = ""
			}
			if got, of, ok := GroundOf(sentence); got != want || of != what || !ok {
				t.Errorf("%q: got %q of %q, %v, want %q of %q", sentence, got, of, ok, want, what)
			}
		}
	}
	for _, sentence := range []string{"", "because I say so", "chosen: ", " data was found"} {
		if g, what, ok := GroundOf(sentence); ok {
			t.Errorf("%q: got %q of %q, want none", sentence, g, what)
		}
	}
}

// A question is known again by what it asks, and no question is taken for another.
func TestQuestionOf(t *testing.T) {
	t.Parallel()
	for _, want := range questions() {
		needs, what := want.Of("billing"), "billing"
		if needs == string(want) {
			what = ""
		}
		if got, of, ok := QuestionOf(needs); got != want || of != what || !ok {
			t.Errorf("%q: got %q of %q, %v, want %q of %q", needs, got, of, ok, want, what)
		}
	}
	if q, what, ok := QuestionOf("s3:GetBucketPolicy"); ok {
		t.Errorf("got %q of %q for a permission, want none", q, what)
	}
}
