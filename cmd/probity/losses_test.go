package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
)

// TestLossesAreToldOnce: each once, by its place, and no more of them than somebody reads.
func TestLossesAreToldOnce(t *testing.T) {
	t.Parallel()
	lost := probity.Gap{Reason: probity.Unreadable, Because: "the file is empty"}
	var scan probity.Scan
	scan.Trouble = []probity.Trouble{{What: "rule own", Gap: probity.Gap{Reason: probity.Failed, Because: "looped", Needs: "a mended rule"}}}
	scan.Coverage = func(yield func(probity.Coverage, error) bool) {
		for i := range 50 {
			c := probity.Coverage{Gap: &lost, Origin: &probity.Origin{File: fmt.Sprintf("data/%d.csv", i/2)}}
			if !yield(c, nil) {
				return
			}
		}
		yield(probity.Coverage{Gap: &probity.Gap{Reason: probity.Filtered}}, nil)
	}
	scan.Assets = func(yield func(probity.Asset, error) bool) {
		yield(probity.Asset{Ref: probity.Ref{ID: "files:data"}, Origin: &probity.Origin{File: "data"}, Labels: probity.Open[probity.Label](lost, nil)}, nil)
	}
	var out strings.Builder
	if err := tellLosses(func(line string) { fmt.Fprintln(&out, "probity: "+line) }, scan); err != nil {
		t.Fatal(err)
	}
	got := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(got) != toldLosses+1 {
		t.Fatalf("got %d lines, want %d and one for the rest:\n%s", len(got), toldLosses, &out)
	}
	for i, want := range map[int]string{
		0:          "probity: rule own: looped; needs a mended rule",
		1:          "probity: data/0.csv: the file is empty; needs a mended file, or --exclude to leave it out",
		2:          "probity: data/1.csv: the file is empty; needs a mended file, or --exclude to leave it out",
		toldLosses: "probity: 6 more losses: -o html=FILE shows all",
	} {
		if got[i] != want {
			t.Errorf("line %d: got %q, want %q", i, got[i], want)
		}
	}
}

// TestLossBesideOneOfLongerName: a loss in data is told although one in database was.
func TestLossBesideOneOfLongerName(t *testing.T) {
	t.Parallel()
	lost := probity.Gap{Reason: probity.Unreadable, Because: "the file is empty"}
	var scan probity.Scan
	scan.Coverage = func(yield func(probity.Coverage, error) bool) {
		yield(probity.Coverage{Gap: &lost, Origin: &probity.Origin{File: "database/x.csv"}}, nil)
	}
	scan.Assets = func(yield func(probity.Asset, error) bool) {
		yield(probity.Asset{Ref: probity.Ref{ID: "files:data"}, Origin: &probity.Origin{File: "data"}, Labels: probity.Open[probity.Label](lost, nil)}, nil)
	}
	var got []string
	if err := tellLosses(func(line string) { got = append(got, line) }, scan); err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || !strings.HasPrefix(got[1], "data: ") {
		t.Errorf("got %q, want one line each", got)
	}
}
