package personaldata

import (
	"strings"
	"testing"
)

func TestWordsThatMatter(t *testing.T) {
	t.Parallel()
	a := newAnchors()
	a.learn("zoe", begins)
	a.learn("número", speaks)
	a.learn("henkilötunnus", speaks)
	a.prefix("AKIA")
	for word, want := range map[string]uint64{
		"Zoë": begins, "ZOE": begins, "zoo": 0, "zo": 0,
		"numero": speaks, "Número": speaks, "numeros": 0,
		"henkilotunnus": speaks, "HENKILÖTUNNUS": speaks,
		"AKIA" + "ABCDEFGHIJKLMNOP": begins, "AKIABCD": 0,
	} {
		if got := a.at(append([]byte(word), make([]byte, 8)...), len(word)); got != want {
			t.Errorf("%q: got %b, want %b", word, got, want)
		}
	}
}

// TestWordsAnywhere puts words at each place of a block.
func TestWordsAnywhere(t *testing.T) {
	t.Parallel()
	tally := ready().Fresh()
	for _, text := range []string{"Ask Zoë Mustermann about it.", "The npi is 1234567893, as noted.", "Date of birth: 1978-05-04."} {
		for n := range 130 {
			found := 0
			tally.Clear()
			tally.Column("", "").Spans([]byte(strings.Repeat("- ", n/2)+strings.Repeat("-", n&1)+"\n"+text), func(Span) bool {
				found++
				return true
			})
			if found != 1 {
				t.Errorf("%q behind %d bytes: got %d findings, want 1", text, n, found)
			}
		}
	}
}
