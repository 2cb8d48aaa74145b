package reports

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

func TestLocated(t *testing.T) {
	t.Parallel()
	folder, table, live, gone := probity.Ref{ID: "files:out"}, probity.Ref{ID: "sqlite:app.db/people"}, probity.Ref{ID: "postgres://db/people"}, probity.Ref{ID: "sqlite:gone.db"}
	named := func(on string, line int) probity.Label {
		return probity.Label{Detector: "email", On: on, Origin: pos("out/letters.json", line, 0)}
	}
	assets := []probity.Asset{
		{Ref: folder, Origin: pos("out", 0, 0), Labels: probity.Whole(nil, named("letters.json:a", 4), named("letters.json:b", 9))},
		{Ref: live},
		{Ref: table, Links: probity.Whole(nil, probity.Link{Kind: probity.ContainedIn, To: probity.Ref{ID: "sqlite:app.db"}})},
	}
	for name, test := range map[string]struct {
		asset   probity.Ref
		element string
		place   *probity.Origin
		want    string
	}{
		"a label's line":              {folder, "letters.json:b", pos("out", 0, 0), "out/letters.json:9:1"},
		"an object of several labels": {folder, "letters.json", pos("out", 0, 0), "out/letters.json"},
		"an element that is no label": {folder, "row", pos("out", 0, 0), "out"},
		"no place at all":             {folder, "", nil, "out"},
		"a line that is known":        {folder, "letters.json:b", pos("main.tf", 3, 1), "main.tf:3:1"},
		"a table in a file":           {table, "email", nil, "app.db"},
		"a live store":                {live, "email", nil, ""},
		"a file without its asset":    {gone, "", nil, "gone.db"},
	} {
		o := failing("r", test.asset, probity.High, "x", ev(test.asset, "labels", nil, test.place))
		o.Findings[0].Element = test.element
		scan, err := located(probity.Scan{Assets: over(assets), Outcomes: over([]probity.Outcome{o})}, false)
		if err != nil {
			t.Fatal(err)
		}
		for got, err := range scan.Outcomes {
			if p := got.Findings[0].Place.String(); err != nil || p != test.want {
				t.Errorf("%s: got %q, want %q (%v)", name, p, test.want, err)
			}
		}
		if d := cmp.Diff(test.place, o.Findings[0].Place); d != "" {
			t.Errorf("%s: the scan itself was changed:\n%s", name, d)
		}
	}
}

// Several findings of one rule in a file without lines share a place, and stay several.
func TestSARIFKeepsFindingsOfOneFileApart(t *testing.T) {
	t.Parallel()
	results := parsed(t, sarifOf(t, clinic(), SARIFOptions{})).Runs[0].Results
	n, prints := 0, map[string]bool{}
	for _, r := range results {
		if r.RuleID == "special-category-in-clear" && r.Locations[0].Physical.Artifact.URI == dbFile {
			n++
			prints[r.Fingerprints["primaryLocationLineHash"]] = true
		}
	}
	if n != 2 || len(prints) != 2 {
		t.Errorf("%d results in %s with %d fingerprints, want 2 of each", n, dbFile, len(prints))
	}
}
