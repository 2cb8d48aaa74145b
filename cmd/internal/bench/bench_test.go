// Package bench measures the program from start to exit, as people wait for it: one small file, and an estate in Terraform
// beside Checkov in the same run. Figures of different machines do not compare; ratios do.
package bench

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const resources = 2000

// run is what one run of a program took.
type run struct {
	wall time.Duration
	peak float64 // MB of memory, at most
}

// measure runs a program to its end; a finding is no failure of it.
func measure(b *testing.B, dir, program string, args ...string) run {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), program, args...)
	cmd.Dir = dir
	var stderr strings.Builder
	cmd.Stderr = &stderr
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 {
		err = nil
	}
	if err != nil {
		b.Fatalf("%s: %v\n%s", filepath.Base(program), err, stderr.String())
	}
	return run{wall, peak(cmd.ProcessState)}
}

// probity is the program to measure: that of make bench, or one built now.
func probity(b *testing.B) string {
	b.Helper()
	if p := os.Getenv("PROBITY_BINARY"); p != "" {
		return p
	}
	p := filepath.Join(b.TempDir(), "probity")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-buildvcs=false", "-o", p, "../../probity").CombinedOutput(); err != nil {
		b.Fatalf("building probity: %v\n%s", err, out)
	}
	return p
}

// BenchmarkSmallFile is a scan of one file from start to exit, beside a start that scans nothing. The aim is 100 ms.
func BenchmarkSmallFile(b *testing.B) {
	program, dir := probity(b), b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(strings.Join(set(0), "")), 0o600); err != nil {
		b.Fatal(err)
	}
	var scans, starts time.Duration
	for b.Loop() {
		scans += measure(b, dir, program, "scan", "-q", "-o", "sarif=out.sarif", "main.tf").wall
		starts += measure(b, dir, program, "version").wall
	}
	b.ReportMetric(float64(scans.Milliseconds())/float64(b.N), "ms/scan")
	b.ReportMetric(float64(scans)/float64(starts), "×start")
}

// BenchmarkEstate is a scan of 2,000 resources with SARIF as output, beside Checkov where there is one.
func BenchmarkEstate(b *testing.B) {
	program, dir := probity(b), corpus(b, resources)
	checkov := os.Getenv("PROBITY_CHECKOV")
	if _, err := os.Stat(checkov); err != nil {
		checkov, _ = exec.LookPath("checkov")
	}
	var ours, theirs run
	for b.Loop() {
		r := measure(b, b.TempDir(), program, "scan", "-q", "-o", "sarif=out.sarif", dir)
		ours.wall, ours.peak = ours.wall+r.wall, max(ours.peak, r.peak)
		if checkov != "" {
			r := measure(b, b.TempDir(), checkov, "-d", dir, "--framework", "terraform", "--quiet", "--compact", "--skip-download", "-o", "sarif", "--output-file-path", ".")
			theirs.wall, theirs.peak = theirs.wall+r.wall, max(theirs.peak, r.peak)
		}
	}
	n := float64(b.N)
	b.ReportMetric(ours.wall.Seconds()/n, "s/scan")
	b.ReportMetric(ours.peak, "MB-peak")
	if checkov == "" {
		b.Log("no Checkov on PATH or in PROBITY_CHECKOV: no ratio")
		return
	}
	b.ReportMetric(theirs.wall.Seconds()/n, "s/checkov")
	b.ReportMetric(theirs.peak, "MB-peak-checkov")
	b.ReportMetric(float64(theirs.wall)/float64(ours.wall), "×faster")
	b.ReportMetric(theirs.peak/ours.peak, "×less-memory")
}

// TestCorpus: the corpus has as many resources as it says, and files that a person could have written.
func TestCorpus(t *testing.T) {
	t.Parallel()
	dir := corpus(t, 250)
	files, err := filepath.Glob(filepath.Join(dir, "*.tf"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		n += strings.Count(string(text), "resource \"")
	}
	if n != 250 || len(files) != 3 {
		t.Errorf("got %d resources in %d files, want 250 in 3", n, len(files))
	}
}
