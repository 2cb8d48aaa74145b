package reports

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

// Never a silent pass: "none found" is said only where all was read.
func TestDataWords(t *testing.T) {
	t.Parallel()
	mail := label("email", probity.Contact, "mail", 1, 1, 1)
	told := mail
	told.Sample.Method = "declared"
	open := func(r probity.Reason, l ...probity.Label) probity.Asset {
		return probity.Asset{Class: probity.Bucket, Labels: probity.Open(probity.Gap{Reason: r}, nil, l...)}
	}
	for want, assets := range map[string][]probity.Asset{
		"found":                       {{Labels: probity.Whole(nil, mail)}},
		"none found":                  {{Labels: probity.Whole[probity.Label](nil)}},
		"not looked at":               {{Class: probity.Bucket}, open(probity.NotCollected)},
		"read in part":                {open(probity.Sampled)},
		"could not be read":           {open(probity.Denied), open(probity.Unreadable), {Class: probity.Key, Labels: open(probity.Denied).Labels}},
		"left out on request":         {open(probity.Filtered)},
		"found, and not all read":     {open(probity.Sampled, mail), open(probity.Unreadable, mail), open(probity.NotCollected, mail, told)},
		"declared, and not looked at": {open(probity.NotCollected, told)},
		"no store of data":            {{Class: probity.Key}, {Class: probity.Network}, {Class: probity.Account}},
	} {
		for _, a := range assets {
			if got := dataWords(nil, a); got != want {
				t.Errorf("%s with %+v: got %q, want %q", a.Class, a.Labels, got, want)
			}
		}
	}
	for _, r := range probity.Reasons() {
		if got := dataWords(nil, open(r)); strings.Contains(got, "found") {
			t.Errorf("with the gap %s: got %q", r, got)
		}
	}
}

func TestLooked(t *testing.T) {
	t.Parallel()
	var n Looked
	for a, err := range clinic().Assets {
		if err != nil {
			t.Fatal(err)
		}
		n.look(a)
	}
	if d := cmp.Diff(Looked{Holders: 3, Unread: 5, Guards: 1}, n); d != "" {
		t.Errorf("(- want, + got):\n%s", d)
	}
	n.Clean, n.Partly = 1, 2
	if got, want := n.Rest(nil), "1 read whole, none found; 2 read in part; 5 not looked into; 1 no store of data"; got != want || n.Others() != 9 {
		t.Errorf("got %q of %d, want %q of 9", got, n.Others(), want)
	}
}

func TestHTMLCountsWhatWasLookedInto(t *testing.T) {
	t.Parallel()
	got := htmlOf(t, clinic(), HTMLOptions{})
	for _, want := range []string{"Personal data <span class=\"n\">3 assets</span>", "Of the other 6: 5 not looked into; 1 no store of data", "8 places in 3 assets",
		"not looked at", "found, and not all read", `<code class="kind">aws<wbr>.s3<wbr>.bucket</code>`} {
		if !strings.Contains(got, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(got, "muted\">none found") { // every table of the clinic holds something
		t.Error("the page says that nothing was found in stores that nobody read")
	}
}

func TestHeldLine(t *testing.T) {
	t.Parallel()
	c := &counter{Counts: &Counts{Detectors: map[string]int{}}}
	c.holds(nil)
	if got := heldLine(c.Counts); got != "" {
		t.Errorf("got %q of nothing", got)
	}
	copied := label("iban", probity.Financial, "n", 1, 1, 1)
	copied.Inherited = &probity.Ref{ID: "elsewhere"}
	c.holds([]probity.Label{copied})
	mail := label("email", probity.Contact, "a", 1, 1, 1)
	c.holds([]probity.Label{mail, mail, copied})
	many := []probity.Label{mail}
	for i := range 14 {
		many = append(many, label("kind-"+string(rune('a'+i)), probity.Contact, "a", 1, 1, 1))
	}
	c.holds(many)
	got := heldLine(c.Counts)
	if want := "personal data in 2 stores: email 2, kind-a 1, "; !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "kind-k 1, 3 more kinds") {
		t.Errorf("got %q, want it to begin with %q and to tell of 3 more", got, want)
	}
}
