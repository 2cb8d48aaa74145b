package gate

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

func baselineOf(t *testing.T, s probity.Scan, kept *Baseline) *Baseline {
	t.Helper()
	s, _ = judged(t, s, Options{})
	es, err := Entries(s, Options{}, kept)
	if err != nil {
		t.Fatal(err)
	}
	return &Baseline{Name: "b", Entries: es}
}

func TestBaseline(t *testing.T) {
	t.Parallel()
	b := baselineOf(t, one(probity.Medium), nil)
	moved := bucket("b", false)
	moved.Former = []probity.Ref{ref("a")}
	central := *b
	central.Central = true
	for name, c := range map[string]struct {
		scan   probity.Scan
		limit  probity.Severity
		b      *Baseline
		says   string
		absent int
	}{
		"unchanged":                    {one(probity.Medium), "", b, "no new finding", 0},
		"changed":                      {scanOf([]probity.Asset{bucket("a", false)}, fail("versioning", "a", probity.Medium, "d2")), "", b, "1 new finding", 0},
		"raised":                       {one(probity.High), "", b, "1 new finding", 0},
		"elsewhere":                    {scanOf([]probity.Asset{bucket("a", false), bucket("b", false)}, fail("versioning", "a", probity.Medium, "d1"), fail("versioning", "b", probity.Medium, "d1")), "", b, "1 new finding", 0},
		"moved":                        {scanOf([]probity.Asset{moved}, fail("versioning", "b", probity.Medium, "d1")), "", b, "no new finding", 0},
		"fixed":                        {scanOf([]probity.Asset{bucket("a", true)}, pass("versioning", "a")), "", b, "no new finding", 1},
		"unknown now":                  {scanOf([]probity.Asset{bucket("a", true)}, unknown("versioning", "a", probity.Computed)), "", b, "no new finding", 0},
		"above the repository's limit": {one(probity.Medium), probity.Low, b, "1 new finding", 0},
		"central":                      {one(probity.Medium), None, &central, "no new finding", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, d := judged(t, c.scan, Options{Baseline: c.b, Limits: Limits{InRepository: c.limit}})
			if d.Reason != c.says || len(s.Base.Absent) != c.absent || len(s.Notices) != c.absent {
				t.Errorf("got %+v, absent %v, notices %q", d, s.Base.Absent, notices(s))
			}
		})
	}
}

// TestEntries: what a scan proves gone is dropped, what it did not see is kept, and what is waived is not written.
func TestEntries(t *testing.T) {
	t.Parallel()
	names := func(b *Baseline) (out []string) {
		for _, e := range b.Entries {
			out = append(out, e.Rule+" "+e.Asset)
		}
		slices.Sort(out)
		return out
	}
	assets := []probity.Asset{bucket("a", false), bucket("b", false), bucket("c", false)}
	first := baselineOf(t, scanOf(assets, fail("versioning", "a", probity.Low, "x"), fail("versioning", "b", probity.Low, "x"), fail("versioning", "c", probity.Low, "x")), nil)
	later := scanOf(assets, pass("versioning", "a"), unknown("versioning", "b", probity.Computed), fail("versioning", "c", probity.Low, "y"))
	if diff := cmp.Diff([]string{"versioning b", "versioning c"}, names(baselineOf(t, later, first))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"versioning c"}, names(baselineOf(t, later, nil))); diff != "" {
		t.Errorf("pruned: %s", diff)
	}
	s, _ := judged(t, one(probity.Low), Options{Waivers: []Waiver{{Waiver: probity.Waiver{Rule: "*", Asset: "*", Until: day(9)}}}})
	if es, err := Entries(s, Options{}, nil); err != nil || len(es) > 0 {
		t.Errorf("got %v, %v, want none of what is waived", es, err)
	}
	gaps := scanOf(assets, unknown("versioning", "a", probity.Computed))
	if es, err := Entries(gaps, Options{Unknown: []probity.Reason{probity.Computed}}, nil); err != nil || len(es) != 1 {
		t.Errorf("got %v, %v, want the unknown one that fails", es, err)
	}
}

func TestBaselineFile(t *testing.T) {
	t.Parallel()
	b := baselineOf(t, one(probity.Medium), nil)
	twice := append(slices.Clone(b.Entries), b.Entries...)
	var w bytes.Buffer
	if err := WriteBaseline(&w, twice); err != nil {
		t.Fatal(err)
	}
	got, err := ReadBaseline(strings.NewReader(w.String() + "\n\n" + w.String()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(twice, got); diff != "" {
		t.Error(diff)
	}
	for _, text := range []string{"{", "<<<<<<< HEAD", `{"rule":"a"}`, "[]", `{"baseline":"2"}`} {
		if _, err := ReadBaseline(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), "line 1") || strings.Contains(err.Error(), text) {
			t.Errorf("%s: got %v, want its line and not its text", text, err)
		}
	}
	for root, want := range map[string]string{"": "_.jsonl", ".": "_root.jsonl", "infra": "infra.jsonl", "a/b": "a/b.jsonl", "../x": "__/x.jsonl", "/etc": "etc.jsonl",
		`a\b`: "a/b.jsonl", "a:b*": "a_b_.jsonl", "a/./b": "a/_/b.jsonl"} {
		if got := BaselineFile(root); got != want {
			t.Errorf("%q: got %s, want %s", root, got, want)
		}
	}
}

func FuzzReadBaseline(f *testing.F) {
	f.Add(heading + "\n" + `{"rule":"a","asset":"b","fact":"c","severity":"low","fingerprint":"d","digest":"e"}`)
	f.Fuzz(func(t *testing.T, text string) {
		es, err := ReadBaseline(strings.NewReader(text))
		if err != nil {
			return
		}
		var w bytes.Buffer
		if err := WriteBaseline(&w, es); err != nil {
			t.Fatal(err)
		}
		if again, err := ReadBaseline(&w); err != nil || len(again) > len(es) {
			t.Errorf("got %v, %v of %v", again, err, es)
		}
	})
}

// BenchmarkJudge is a first day: 3,000 findings in a baseline, 10,000 waivers, a quarter of them patterns, and a base.
func BenchmarkJudge(b *testing.B) {
	var assets []probity.Asset
	var outcomes []probity.Outcome
	for i := range 3000 {
		id := fmt.Sprintf("aws_s3_bucket.b%d", i)
		assets = append(assets, bucket(id, false))
		outcomes = append(outcomes, fail("versioning", id, probity.Medium, "d1"), pass("open", id))
	}
	var ws []Waiver
	for i := range 10000 {
		w := Waiver{Waiver: probity.Waiver{Rule: "versioning", Asset: fmt.Sprintf("aws_s3_bucket.x%d", i), Until: day(90)}}
		if i%4 == 0 {
			w.Rule, w.Asset = "*", fmt.Sprintf("module.m%d.*", i)
		}
		ws = append(ws, w)
	}
	scan := scanOf(assets, outcomes...)
	es, err := Entries(scan, Options{}, nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, _, err := Judge(scan, Options{Now: now(), Waivers: ws, Baseline: &Baseline{Entries: es}, Base: &Base{Scan: scan}}); err != nil {
			b.Fatal(err)
		}
	}
}
