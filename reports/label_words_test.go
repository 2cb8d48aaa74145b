package reports

import (
	"testing"
	"time"

	"github.com/probity-scan/probity"
)

// TestLabelWords: a label says what its sample tells of the rest, and no more.
func TestLabelWords(t *testing.T) {
	t.Parallel()
	scanned := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	frame := func(unit string, upper probity.Fact[float64]) *probity.Frame {
		return &probity.Frame{Name: "the table", Unit: unit, Read: 59, Found: 0, Total: probity.Known(4000, nil), Upper: upper}
	}
	rows := func(method string, f *probity.Frame) probity.Sample {
		return probity.Sample{Unit: "rows", Read: 1000, Method: method, Frame: f}
	}
	whole := rows("all", nil)
	whole.Total = probity.Known(1200, nil)
	for name, c := range map[string]struct {
		label probity.Label
		want  string
	}{
		"whole":            {probity.Label{Category: probity.Contact, Found: 900, Distinct: 600, Sample: whole, AsOf: scanned}, "About 600 different values in what was read."},
		"each another":     {probity.Label{Category: probity.Contact, Found: 900, Distinct: 900, Sample: whole}, ""},
		"head":             {probity.Label{Sample: rows("first", nil)}, "The first rows were read: that tells nothing of the others."},
		"spread":           {probity.Label{Sample: rows("spread", nil)}, "The rows read are spread evenly, not drawn by chance: how many of the others hold it is not known."},
		"random":           {probity.Label{Sample: rows("random", frame("rows", probity.Known(.0521, nil)))}, "59 of 4,000 rows drawn at random from the table: with 95 % confidence no more than 5.2 % of them all hold it."},
		"all of them":      {probity.Label{Sample: rows("blocks", frame("blocks", probity.Known(1., nil)))}, "59 of 4,000 blocks drawn at random from the table: any of the others may hold it."},
		"nobody measured":  {probity.Label{Sample: rows("random", frame("rows", probity.Missing[float64](probity.Gap{Because: "nobody measured it"}, nil)))}, "59 of 4,000 rows drawn at random from the table: no bound on the others, since nobody measured it."},
		"read before":      {probity.Label{AsOf: scanned.AddDate(0, 0, -9)}, "Read on 2026-11-15."},
		"somebody decided": {probity.Label{Review: &probity.Review{Verdict: probity.LabelRejected, By: "dpo", At: scanned, Until: scanned.AddDate(1, 0, 1), Reason: "order numbers"}}, "Rejected by dpo on 2026-11-24, until 2027-11-24: order numbers."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := about(nil, c.label, scanned); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	counts := probity.Label{Category: probity.Contact, Sample: whole}
	for name, c := range map[string]struct {
		labels []probity.Label
		want   string
	}{
		"rows":      {[]probity.Label{counts}, "concerns at most 1,200 people, as many as there are rows"},
		"a comment": {[]probity.Label{counts, {Category: probity.Contact, Sample: probity.Sample{Unit: "comments", Read: 1, Total: probity.Known(1, nil)}}}, "concerns at most 1,200 people, as many as there are rows"},
		"uncounted": {[]probity.Label{counts, {Category: probity.Contact, Sample: rows("random", nil)}}, ""},
		"nobody's":  {[]probity.Label{{Category: probity.Credential, Sample: whole}}, ""},
	} {
		if got := people(nil, labelled{Asset: probity.Asset{Labels: probity.Whole(nil, c.labels...)}}); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	if got := counted(nil, probity.Label{Sample: probity.Sample{Method: "declared"}}); got != "declared, not looked for" {
		t.Errorf("got %q of a declared label", got)
	}
}
