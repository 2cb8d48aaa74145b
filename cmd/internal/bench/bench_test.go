// Package bench measures the program from start to exit, as people wait for it: one small file, and estates in Terraform beside
// other scanners in the same run. Figures of different machines do not compare; ratios do.
package bench

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/probity-scan/probity/cmd/internal/corpus"
)

// TestMain lets the benchmark measure the limit as it measures programs: in a process of its own.
func TestMain(m *testing.M) {
	if what := os.Getenv(limitOf); what != "" {
		os.Exit(limit(what))
	}
	os.Exit(m.Run())
}

// BenchmarkSmallFile is a scan of one file from start to exit, beside a start that scans nothing. The aim is 100 ms.
func BenchmarkSmallFile(b *testing.B) {
	program, dir := probity(b), b.TempDir()
	if err := corpus.New(1, 8, "literal").Save(dir); err != nil {
		b.Fatal(err)
	}
	file := filepath.Join(dir, "infra", "stores000.tf")
	var scans, starts []run
	for b.Loop() {
		scans = append(scans, measure(b, dir, program, "scan", "-q", "-o", "sarif=out.sarif", file))
		starts = append(starts, measure(b, dir, program, "version"))
	}
	scan, start := median(scans), median(starts)
	b.ReportMetric(float64(scan.wall.Microseconds())/1e3, "ms/scan")
	b.ReportMetric(ratio(scan.wall, start.wall), "×start")
}
