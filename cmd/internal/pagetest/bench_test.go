package pagetest_test

import (
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/pagetest"
	"github.com/probity-scan/probity/reports"
)

// BenchmarkReport writes the page of an estate with 120,000 findings and opens it in Chromium: many stores with some findings each,
// many with one, one with all.
func BenchmarkReport(b *testing.B) {
	for _, s := range []struct{ stores, each int }{{20_000, 6}, {120_000, 1}, {1, 120_000}} {
		b.Run(fmt.Sprintf("%d-stores/%d-findings", s.stores, s.stores*s.each), func(b *testing.B) {
			file := filepath.Join(b.TempDir(), "report.html")
			var all []pagetest.Times
			for b.Loop() {
				start := time.Now()
				peak := writePage(b, file, s.stores, s.each)
				b.ReportMetric(time.Since(start).Seconds(), "s-written")
				b.ReportMetric(peak/1e6, "MB-heap-peak")
				all = append(all, pagetest.Measure(b, file)...)
			}
			t := all[len(all)-1]
			info, err := os.Stat(file)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(info.Size())/1e6, "MB")
			b.ReportMetric(t.Paint, "ms-first-paint")
			b.ReportMetric(t.Ready, "ms-ready")
			b.ReportMetric(t.Load, "ms-load")
			b.ReportMetric(t.Computed, "ms-load-computed")
			b.ReportMetric(t.Scroll, "ms-scroll")
			b.ReportMetric(t.Filter, "ms-filter")
			b.ReportMetric(t.Unfold, "ms-unfold")
			b.ReportMetric(t.Jump, "ms-jump")
			b.ReportMetric(float64(t.Nodes), "elements")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// writePage gives the largest heap that was seen.
func writePage(b *testing.B, file string, stores, each int) float64 {
	b.Helper()
	f, err := os.Create(file)
	if err != nil {
		b.Fatal(err)
	}
	w := &heap{File: f}
	if err := reports.HTML(w, broken(stores, each), reports.HTMLOptions{}); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return float64(w.peak)
}

// heap looks at the heap while a file is written.
type heap struct {
	*os.File
	writes int
	peak   uint64
}

func (h *heap) Write(p []byte) (int, error) {
	if h.writes++; h.writes%512 == 0 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		h.peak = max(h.peak, m.HeapAlloc)
	}
	return h.File.Write(p)
}

// broken is a scan in which every rule fails, that nobody holds in memory.
func broken(stores, each int) probity.Scan {
	severities := []probity.Severity{probity.Critical, probity.High, probity.Medium, probity.Low}
	var rules []probity.Rule
	for i := range min(each, 40) {
		rules = append(rules, probity.Rule{ID: fmt.Sprintf("rule-%02d", i), Title: fmt.Sprintf("What rule %d asks of a store holds", i), Severity: severities[i%4],
			Description: "A store that does not hold it exposes what it keeps."})
	}
	ref := func(i int) probity.Ref { return probity.Ref{ID: fmt.Sprintf("arn:aws:s3:::bucket-%06d", i)} }
	return probity.Scan{
		Header: probity.Header{Tool: "probity 0.1.0", Started: time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC), Targets: []string{"aws:"}, Rules: rules},
		Assets: func(yield func(probity.Asset, error) bool) {
			for i := range stores {
				a := probity.Asset{Ref: ref(i), Name: fmt.Sprintf("bucket-%06d", i), Kind: "aws.s3.bucket", Class: probity.Bucket,
					Scope: probity.Scope{Provider: "aws", Account: fmt.Sprintf("%012d", i/1000), Region: "eu-central-1"}}
				if !yield(a, nil) {
					return
				}
			}
		},
		Outcomes: failures(stores, each, rules, ref),
	}
}

func failures(stores, each int, rules []probity.Rule, ref func(int) probity.Ref) iter.Seq2[probity.Outcome, error] {
	return func(yield func(probity.Outcome, error) bool) {
		for i := range stores {
			for j := range rules {
				r := rules[j]
				if each == 1 {
					r = rules[0]
					r.Severity = []probity.Severity{probity.Critical, probity.High, probity.Medium, probity.Low}[i%4]
				}
				o := probity.Outcome{Rule: r.ID, Asset: ref(i), Verdict: probity.Fail}
				for k := range each / len(rules) {
					f := probity.Finding{Asset: o.Asset, Fact: "exposure.public", Message: "the bucket can be read by anybody who knows its name", Risk: probity.Risk{Severity: r.Severity},
						Fingerprint: fmt.Sprintf("%016x%016x", i, j*each+k)}
					if stores == 1 {
						f.Element = fmt.Sprintf("exports/2026/file-%06d.csv:mail", k)
					}
					o.Findings = append(o.Findings, f)
				}
				if !yield(o, nil) {
					return
				}
			}
		}
	}
}
