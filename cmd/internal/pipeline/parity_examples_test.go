package pipeline_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/probity-scan/probity"
)

// TestParityExamples: plans as terraform and the provider write them, and the code in env that they were made from. All
// rules say the same of both, at the same line.
func TestParityExamples(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/parity/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("got %d examples, %v; want some", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			for _, f := range a.Files {
				p := filepath.Join(dir, filepath.FromSlash(f.Name))
				if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(p, f.Data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			code := judged(t, job{dir: filepath.Join(dir, "env"), base: "env"})
			plan := judged(t, job{dir: filepath.Join(dir, "plan.json"), base: "plan.json", code: probity.Code{Source: filepath.Join(dir, "env")}})
			alike(t, code, plan)
			failed := 0
			for key, c := range code {
				if p := plan[key]; c.Verdict == probity.Fail && p.Verdict == probity.Fail {
					failed++
					if got, want := place(p), place(c); got != want {
						t.Errorf("%s of %s: got it at %s in the plan, want %s", key[0], key[1], got, want)
					}
				}
			}
			if failed == 0 {
				t.Error("got no failure, want some to compare")
			}
		})
	}
}
