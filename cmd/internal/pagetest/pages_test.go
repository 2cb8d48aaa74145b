package pagetest_test

import (
	"bytes"
	"io"
	"os"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/pagetest"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/language"
	"github.com/probity-scan/probity/reports/privacy"
)

func TestPages(t *testing.T) {
	t.Parallel()
	var pages []pagetest.Page
	add := func(name string, brief bool, write func(io.Writer) error) {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		pages = append(pages, pagetest.Page{Name: name, HTML: b.Bytes(), Brief: brief})
	}
	report := func(name string, s probity.Scan, brief bool) {
		add(name, brief, func(w io.Writer) error { return reports.HTML(w, s, reports.HTMLOptions{}) })
	}
	for _, code := range language.Codes() {
		in, err := language.Of(code)
		if err != nil {
			t.Fatal(err)
		}
		add("report in "+code, true, func(w io.Writer) error { return reports.HTML(w, scan(t, "gated"), reports.HTMLOptions{Language: in}) })
	}
	clinic := scan(t, "clinic")
	clinic.Frameworks[0].Standing = &probity.Standing{Applies: probity.OutOfScope, Because: []string{"nobody here keeps it"}}
	report("report", scan(t, "gated"), false)
	report("report of a clinic", clinic, true)
	report("report of nothing", probity.Scan{}, true)
	german, err := language.Of("de")
	if err != nil {
		t.Fatal(err)
	}
	for name, p := range papers(t, clinic, nil) {
		add(name, name != "breach", p.HTML)
	}
	add("breach in German", true, papers(t, clinic, german)["breach"].HTML)
	pagetest.Check(t, pages...)
}

// scan is one that tests of reports have written.
func scan(t *testing.T, name string) probity.Scan {
	t.Helper()
	b, err := os.ReadFile("../../../reports/testdata/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	s, err := reports.Read(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// papers are those of the privacy office on the scan.
func papers(t *testing.T, s probity.Scan, in *language.Language) map[string]reports.Paper {
	t.Helper()
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	e, err := privacy.Of(s, privacy.Declared{Activities: []probity.Activity{{ID: "care", Role: "controller", Entity: "Example Clinic", Purposes: []string{"treatment"}, Days: probity.Known(3650, nil)}}}, now)
	if err != nil {
		t.Fatal(err)
	}
	gdpr, ok := privacy.FindRegime("GDPR")
	if !ok || len(e.Stores) == 0 {
		t.Fatalf("no regime or no stores to write papers of: %d stores", len(e.Stores))
	}
	return map[string]reports.Paper{
		"record": privacy.RecordOf(e).Paper(in), "transfers": privacy.TransfersOf(e).Paper(in), "retention": privacy.RetentionOf(e).Paper(in),
		"assessment": privacy.AssessmentOf(e, "").Paper(in), "erasure": privacy.ErasureOf(e, privacy.Wanted{}).Paper(in),
		"breach": privacy.BreachOf(e, e.Stores[0], privacy.Incident{Aware: now.Add(-10 * time.Hour), Role: "controller", Regimes: []privacy.Regime{gdpr}}).Paper(in),
	}
}

// Judges that let a bad page pass would prove nothing.
func TestJudgesAreStrict(t *testing.T) {
	t.Parallel()
	bad := []byte(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bad</title>
<style>a{outline:none!important}.faint{color:#bbb;background:#fff}.broad{width:900px}</style></head>
<body><main><h1>Bad</h1><p class="faint">hardly seen</p><p><a href="#x">a link without a ring</a></p><div class="broad" align="left">too broad</div></main></body></html>`)
	refused := map[string]bool{}
	for _, p := range pagetest.Problems(t, pagetest.Page{Name: "bad", HTML: bad}) {
		refused[p.Tool] = true
	}
	for _, tool := range []string{"axe", "pa11y", "vnu", "keys", "reflow"} {
		if !refused[tool] {
			t.Errorf("%s holds nothing against a bad page", tool)
		}
	}
}
