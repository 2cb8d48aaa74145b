package terraform_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/terraform"
)

// A pipe, which nobody writes to, keeps no scan waiting, wherever it lies.
func TestPipes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		pipe string
		unit probity.Unit
	}{
		"configuration":    {"a.tf", probity.Unit{}},
		"below a base":     {"a.tf", probity.Unit{Base: "elsewhere"}},
		"variables":        {"terraform.tfvars", probity.Unit{}},
		"more variables":   {"x.auto.tfvars.json", probity.Unit{}},
		"read by function": {"text.json", probity.Unit{}},
		"list of modules":  {".terraform/modules/modules.json", probity.Unit{}},
		"plan":             {"plan.json", probity.Unit{Scanner: terraform.PlanFile, Part: "plan.json"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, dir, "main.tf", "resource \"aws_s3_bucket\" \"b\" { policy = file(\"text.json\") }\nresource \"aws_kms_key\" \"k\" { policy = templatefile(\"text.json\", {}) }\n")
			path := filepath.Join(dir, filepath.FromSlash(c.pipe))
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := unix.Mkfifo(path, 0o600); err != nil {
				t.Fatal(err)
			}
			c.unit.Target = dir
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			done := make(chan error, 1)
			go func() {
				var last error
				for _, err := range terraform.New().Scan(ctx, c.unit) {
					last = err
				}
				done <- last
			}()
			select {
			case err := <-done:
				if err != nil && !strings.Contains(err.Error(), "not a regular file") { // a plan is the unit itself
					t.Errorf("got %v, want the pipe left alone", err)
				}
			case <-ctx.Done():
				t.Error("got no end, want the pipe left alone")
			}
		})
	}
}

// A plan that is a link out of the tree is not read.
func TestPlanOutside(t *testing.T) {
	t.Parallel()
	out, dir := t.TempDir(), t.TempDir()
	write(t, out, "plan.json", tinyPlan)
	if err := os.Symlink(filepath.Join(out, "plan.json"), filepath.Join(dir, "plan.json")); err != nil {
		t.Fatal(err)
	}
	for f, err := range terraform.New().Scan(t.Context(), probity.Unit{Scanner: terraform.PlanFile, Target: dir, Part: "plan.json"}) {
		if err == nil {
			t.Errorf("got %v, want an error", f)
		}
	}
}
