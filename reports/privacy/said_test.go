package privacy

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/language"
	"github.com/probity-scan/probity/reports/language/languagetest"
)

// All that papers say of their own they say by the catalogue: what is left are names, and what people declared.
func TestPapersSayAllByTheCatalogue(t *testing.T) {
	t.Parallel()
	e := estate(t, shop(), declarations()...)
	names := append([]string{"Probity", e.Scan.Tool, "email", "national-id", "icd10", "mail", "ssn", "2026/visits.csv:code", "arn:aws:iam::999999999999:root", "123456789012", "aws.rds.instance", "gdpr",
		"US", "DE", "IN", "arn:aws:rds:snapshot", "Example Ltd", "1 Example Street, 10115 Berlin; privacy@example.org", "dpo@example.org", "Client Ltd", "Host Inc", "SCC 2021/914 module 3, contract 17",
		"training once a year", "ordered_at", "DPIA-1"}, e.Scan.Targets...)
	for _, s := range e.Stores {
		names = append(names, s.ID)
	}
	for _, a := range e.Activities {
		names = append(append(append(append(names, a.ID), a.Purposes...), a.Subjects...), a.Recipients...)
	}
	in := languagetest.Marked(t, "../language")
	all := papers(t, e)
	store, err := e.Find(bucket)
	if err != nil {
		t.Fatal(err)
	}
	all["breach under each law"] = BreachOf(e, store, Incident{Aware: now().Add(-10 * time.Hour), Regimes: Regimes()})
	all["breach of which nobody said more"] = BreachOf(e, store, Incident{})
	nothing := estate(t, probity.Scan{Coverage: over[probity.Coverage](), Assets: over[probity.Asset](), Outcomes: over[probity.Outcome]()})
	all["record of nothing"], all["assessment of nothing"], all["trail of nothing"] = RecordOf(nothing), AssessmentOf(nothing, ""), ErasureOf(nothing, Wanted{})
	for _, r := range Regimes() {
		names = append(names, r.ID)
	}
	for name, p := range all {
		var html bytes.Buffer
		if err := p.Paper(in).HTML(&html); err != nil {
			t.Fatal(err)
		}
		for _, text := range languagetest.Unsaid(t, html.Bytes(), names...) {
			t.Errorf("%s says past the catalogue: %q", name, text)
		}
	}
}

// What scanners say of a gap stands in English in each language: a page marks it as such, and a text or a table has no mark of it.
func TestPapersMarkWhatScannersSay(t *testing.T) {
	t.Parallel()
	e := estate(t, shop(), declarations()...)
	in, err := language.Of("de")
	if err != nil {
		t.Fatal(err)
	}
	p := breach(t, e).Paper(in)
	for form, want := range map[string]string{"html": `<span lang="en">iam:ListRoles</span>`, "markdown": " iam:ListRoles", "csv": " iam:ListRoles"} {
		var b bytes.Buffer
		if err := map[string]func() error{"html": func() error { return p.HTML(&b) }, "markdown": func() error { return p.Markdown(&b) }, "csv": func() error { return p.CSV(&b) }}[form](); err != nil {
			t.Fatal(err)
		}
		got := b.String()
		if form == "markdown" {
			got = strings.ReplaceAll(got, `\`, "")
		}
		if !strings.Contains(got, want) || strings.ContainsAny(got, "\x02\x03") || strings.Contains(got, `x02`) {
			t.Errorf("%s does not say %s, or has marks in it", form, want)
		}
	}
}

// papers are all of them, over one estate.
func papers(t *testing.T, e *Estate) map[string]interface {
	Paper(in *language.Language) reports.Paper
} {
	t.Helper()
	return map[string]interface {
		Paper(in *language.Language) reports.Paper
	}{"record": RecordOf(e), "transfers": TransfersOf(e), "retention": RetentionOf(e), "dpia": AssessmentOf(e, ""), "erasure": ErasureOf(e, Wanted{}), "breach": breach(t, e)}
}
