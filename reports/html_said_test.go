package reports

import (
	"maps"
	"slices"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language/languagetest"
)

// namesIn are what people, providers and tools called things in the scan, which no language says otherwise.
func namesIn(t *testing.T, s probity.Scan) []string {
	t.Helper()
	names := append([]string{"Probity", "UTC", "aws", "files", "sqlite", "sql", "terraform", "payment-card", s.Tool}, s.Targets...)
	names = append(names, slices.Collect(maps.Keys(s.Inputs))...)
	for a, err := range s.Assets {
		if err != nil {
			t.Fatal(err)
		}
		region, _ := a.Location.Region.Get()
		country, _ := a.Location.Country.Get()
		names = append(names, a.ID, a.Name, string(a.Kind), region, country, a.Origin.String())
	}
	for v, err := range s.Coverage {
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, v.On.ID, v.Origin.String())
	}
	for _, r := range s.Rules {
		names = append(append(names, r.ID), r.References...)
	}
	for _, f := range s.Frameworks {
		names = append(names, f.Title)
		if f.Standing != nil {
			names = append(names, f.Standing.Because...)
		}
		for _, c := range f.Controls {
			names = append(names, f.ID+" "+c.ID, c.ID)
		}
	}
	for o, err := range s.Outcomes {
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, o.Asset.ID)
		for _, f := range o.Findings {
			names = append(names, place(f))
			if w := f.Waiver; w != nil { // what a person wrote
				names = append(names, w.Reason, w.Owner, w.Approver)
			}
		}
	}
	if s.Base != nil {
		names = append(names, s.Base.Name)
		for _, g := range s.Base.Absent {
			names = append(names, place(g.Finding))
		}
	}
	return names
}

// All that the page says of its own it says by the catalogue: who adds a language need not read the code.
func TestHTMLSaysAllByTheCatalogue(t *testing.T) {
	t.Parallel()
	in := languagetest.Marked(t, "language")
	read := clinic()
	read.Reads = []probity.Read{{Identity: "reader", Store: tf("aws_db_instance.patients"), Purpose: "sample for personal data", Objects: 2, Bytes: 5000, Unchanged: 1}}
	read.Calls = []probity.Calls{{Service: "s3", Operation: "ListBuckets", Made: 3, Throttled: 1, Denied: 1}}
	for name, s := range map[string]probity.Scan{"clinic": read, "gated": gated(), "nothing": {Coverage: over[probity.Coverage](nil), Assets: over[probity.Asset](nil), Outcomes: over[probity.Outcome](nil)}} {
		for _, text := range languagetest.Unsaid(t, []byte(htmlOf(t, s, HTMLOptions{Language: in})), namesIn(t, s)...) {
			t.Errorf("%s says past the catalogue: %q", name, text)
		}
	}
}
