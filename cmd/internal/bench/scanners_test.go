package bench

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	root "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/corpus"
	"github.com/probity-scan/probity/reports"
)

// scanner is a program of this kind: ours, or another on this machine.
type scanner struct {
	name    string
	command []string
	args    func(target string) []string
	// failed says of what the program wrote into a folder which stores it complains of, by rule and address. Nil: unknown.
	failed func(b *testing.B, dir, target string) map[[2]string]bool
	rule   func(corpus.Store) string
}

// others are the scanners that are installed: Checkov by PROBITY_CHECKOV or on PATH, KICS by PROBITY_KICS, which may hold
// arguments such as where its queries are, or on PATH.
func others() []scanner {
	var out []scanner
	if c := installed("PROBITY_CHECKOV", "checkov"); c != nil {
		out = append(out, scanner{name: "checkov", command: c, args: checkovArgs, failed: checkovFailed, rule: func(s corpus.Store) string { return s.Checkov }})
	}
	if c := installed("PROBITY_KICS", "kics"); c != nil {
		out = append(out, scanner{name: "kics", command: c, args: func(target string) []string {
			return []string{"scan", "--path", target, "--type", "Terraform", "--output-path", ".", "--report-formats", "sarif", "--ignore-on-exit", "results", "--silent", "--no-progress"}
		}})
	}
	return out
}

func installed(variable, name string) []string {
	if c := strings.Fields(os.Getenv(variable)); len(c) > 0 {
		if _, err := exec.LookPath(c[0]); err == nil {
			return c
		}
	}
	if p, err := exec.LookPath(name); err == nil {
		return []string{p}
	}
	return nil
}

func ours(b *testing.B) scanner {
	program := probity(b)
	return scanner{name: "probity", command: []string{program},
		args: func(target string) []string { return []string{"scan", "-q", "-o", "sarif=out.sarif", target} },
		rule: func(s corpus.Store) string { return s.Rule },
		failed: func(b *testing.B, dir, target string) map[[2]string]bool {
			measure(b, dir, program, "scan", "-q", "-o", "json=out.json", target)
			return probityFailed(b, filepath.Join(dir, "out.json"))
		}}
}

func probityFailed(b *testing.B, file string) map[[2]string]bool {
	b.Helper()
	f, err := os.Open(file)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	scan, err := reports.Read(f, info.Size())
	if err != nil {
		b.Fatal(err)
	}
	out := map[[2]string]bool{}
	for o, err := range scan.Outcomes {
		if err != nil {
			b.Fatal(err)
		}
		if o.Verdict == root.Fail {
			out[[2]string{o.Rule, o.Asset.ID}] = true
		}
	}
	return out
}

func checkovArgs(target string) []string {
	args := []string{"--directory", target, "--framework", "terraform"}
	if filepath.Ext(target) == ".json" {
		args = []string{"--file", target, "--framework", "terraform_plan"}
	}
	return append(args, "--quiet", "--compact", "--skip-download", "--output", "json", "--output-file-path", ".")
}

func checkovFailed(b *testing.B, dir, _ string) map[[2]string]bool {
	b.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "results_json.json"))
	if err != nil {
		b.Fatal(err)
	}
	var report struct {
		Results struct {
			Failed []struct {
				Check    string `json:"check_id"`
				Resource string `json:"resource"`
			} `json:"failed_checks"`
		} `json:"results"`
	}
	if err := json.Unmarshal(text, &report); err != nil {
		b.Fatalf("reading what Checkov wrote: %v", err)
	}
	out := map[[2]string]bool{}
	for _, f := range report.Results.Failed {
		out[[2]string{f.Check, f.Resource}] = true
	}
	return out
}
