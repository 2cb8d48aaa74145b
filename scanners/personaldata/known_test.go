package personaldata

import (
	"testing"

	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

// TestKnown: known test data is found by no detector, however it is printed, and what is beside it still is.
func TestKnown(t *testing.T) {
	t.Parallel()
	key := []byte("installation")
	known, err := detectors.NewKnown([]string{"*@clinic.test", detectors.Digest([]byte("4539 5787-6362 1486"), key), "insulin*"}, key)
	if err != nil {
		t.Fatal(err)
	}
	tally := New(Options{Detectors: known.Leave(detectors.All())})
	for name, c := range map[string]struct {
		column string
		cells  []string
		want   int
	}{
		"mail":              {"email", []string{"anna@clinic.test", "Jan@Clinic.Test"}, 0},
		"another mail":      {"email", []string{"anna@clinic.test", "jan@clinic-berg.de"}, 1},
		"card":              {"card_number", []string{"4539578763621486", "4539 5787 6362 1486"}, 0},
		"another card":      {"card_number", []string{"4539578763621486", "4111119182736450"}, 1},
		"term":              {"medication", []string{"insulin"}, 0},
		"mail within texts": {"", []string{"write to anna@clinic.test, or to jan@clinic-berg.de"}, 1},
	} {
		tally.Clear()
		col := tally.Column(name, c.column)
		for _, cell := range c.cells {
			col.Add([]byte(cell))
		}
		found := 0
		for _, l := range tally.Labels() {
			found = max(found, l.Found)
		}
		if found != c.want {
			t.Errorf("%s: got %d cells that hold it, want %d", name, found, c.want)
		}
	}
	for _, wrong := range []string{"*", "a*b?c", "hmac:xyz", "hmac:"} {
		if _, err := detectors.NewKnown([]string{wrong}, key); err == nil {
			t.Errorf("%q is taken", wrong)
		}
	}
	if detectors.Digest([]byte("4539578763621486"), []byte("another")) == detectors.Digest([]byte("4539578763621486"), key) {
		t.Error("two installations have one digest")
	}
}
