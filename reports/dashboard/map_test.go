package dashboard

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/history"
)

// TestPicture: columns are countries, those of most stores first and what is not known last, and copies of a category are counted over
// all its stores.
func TestPicture(t *testing.T) {
	t.Parallel()
	cells := func(countries int, unknown int64) (out []history.MapCell) {
		for i := range countries {
			out = append(out, history.MapCell{Category: probity.Contact, Country: fmt.Sprintf("%c%c", 'A'+i/26, 'A'+i%26), Stores: int64(i + 1)})
		}
		if unknown > 0 {
			out = append(out, history.MapCell{Category: probity.Contact, Stores: unknown})
		}
		return out
	}
	a := &ask{r: httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/map", http.NoBody)}
	for name, c := range map[string]struct {
		countries int
		unknown   int64
		columns   int
		last      bool // the last column is what is not known
	}{
		"known": {3, 0, 3, false}, "not known": {3, 90, 4, true}, "nothing but unknown": {0, 2, 1, true},
		"as many as fit": {mostCountry, 0, mostCountry, false}, "more than fit": {mostCountry + 3, 0, mostCountry, false}, "more, and not known": {mostCountry + 3, 1, mostCountry, true}, "one too many by it": {mostCountry, 1, mostCountry, true},
	} {
		m := history.DataMap{Cells: cells(c.countries, c.unknown), Totals: []history.MapTotal{{Category: probity.Contact, Stores: 9, Copies: 7, Readers: 3, Unread: 1}}}
		p := a.pictureOf(m)
		if len(p.Columns) != c.columns || (p.Columns[len(p.Columns)-1].Text == "not known") != c.last || p.Nowhere != c.last || len(p.Rows) != 1 || len(p.Rows[0].Discs) != c.columns {
			t.Errorf("%s: got %+v", name, p)
			continue
		}
		if got := p.Rows[0]; got.Copies != "7" || got.Readers != "3+" {
			t.Errorf("%s: got %s copies and %s readers", name, got.Copies, got.Readers)
		}
		for _, d := range p.Rows[0].Discs {
			if d.Nowhere != (c.last && d.X == p.Columns[len(p.Columns)-1].X) {
				t.Errorf("%s: got %+v", name, d)
			}
		}
	}
}

// TestNeed: what would settle an outcome begins as a sentence does, but for names.
func TestNeed(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{"a look at the content": "A look at the content", "who answers for it?": "Who answers for it?", "s3:GetBucketPolicy on the store": "s3:GetBucketPolicy on the store",
		"approved_regions under parameters": "approved_regions under parameters", "var.days": "var.days", "processors": "processors", "": "", "A scan": "A scan", " a space": " a space", "éléments de preuve": "Éléments de preuve"} {
		if got := need(s); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
