package terraform_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/estate"
	"github.com/probity-scan/probity/scanners/iac/terraform"
)

func text(t testing.TB, f probity.Found) string {
	t.Helper()
	b, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// seeds are the archives' files with a suffix.
func seeds(f *testing.F, suffix string) {
	f.Helper()
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			if filepath.Ext(file.Name) == suffix {
				f.Add(file.Data)
			}
		}
	}
}

// survive: whatever a file holds, each kind is answered, and what is found can be written.
func survive(t *testing.T, u probity.Unit, data []byte) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, u.Part), data, 0o600); err != nil {
		t.Fatal(err)
	}
	u.Target = dir
	if u.Scanner == terraform.Directory {
		u.Part = ""
	}
	answered := 0
	for f, err := range terraform.New().Scan(t.Context(), u) {
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := f.(probity.Coverage); ok {
			answered++
		}
		text(t, f)
	}
	if answered < len(estate.Supplies(estate.Code("."))) {
		t.Errorf("got %d answers, want one a kind", answered)
	}
}

func FuzzDirectory(f *testing.F) {
	seeds(f, ".tf")
	f.Add([]byte("# probity:ignore a,b reason=\"x\" until=2027-01-31\nresource \"aws_s3_bucket\" \"b\" { /* probity:ignore\n * c */ } // probity:ignore d"))
	f.Add([]byte("resource \"aws_s3_bucket\" \"b\" {}\nmoved {\n from = module.m[0].aws_s3_bucket.a[\"k\"]\n to = aws_s3_bucket.b\n}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		survive(t, probity.Unit{Scanner: terraform.Directory, Part: "main.tf"}, data)
	})
}

func FuzzVariables(f *testing.F) {
	f.Add([]byte("encrypted = true"))
	f.Add([]byte("encrypted = [for a in range(9) : a]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		write(t, dir, "main.tf", "variable \"encrypted\" {}\nresource \"aws_ebs_volume\" \"v\" {\n  encrypted = var.encrypted\n}\n")
		write(t, dir, "terraform.tfvars", string(data))
		for found, err := range terraform.New().Scan(t.Context(), probity.Unit{Scanner: terraform.Directory, Target: dir}) {
			if err != nil {
				t.Fatal(err)
			}
			text(t, found)
		}
	})
}

func FuzzJSON(f *testing.F) {
	seeds(f, ".json")
	f.Fuzz(func(t *testing.T, data []byte) {
		survive(t, probity.Unit{Scanner: terraform.Directory, Part: "main.tf.json"}, data)
	})
}

func FuzzPlan(f *testing.F) {
	seeds(f, ".json")
	f.Add([]byte(tinyPlan))
	f.Fuzz(func(t *testing.T, data []byte) {
		survive(t, probity.Unit{Scanner: terraform.PlanFile, Part: "plan.json"}, data)
	})
}

// FuzzSource: whatever the code beside a plan holds, its store is found, and no place is told that is not there.
func FuzzSource(f *testing.F) {
	seeds(f, ".tf")
	f.Add([]byte("resource \"aws_ebs_volume\" \"v\" {\n  encrypted = true\n}\n"))
	f.Add([]byte("resource \"aws_ebs_volume\" \"v\" {\n  dynamic \"encrypted\" {\n    for_each = [1]\n    content {}\n  }\n}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		write(t, dir, "plan.json", tinyPlan)
		write(t, dir, "main.tf", string(data))
		found := 0
		for x, err := range terraform.New().Scan(t.Context(), probity.Unit{Scanner: terraform.PlanFile, Target: dir, Part: "plan.json"}) {
			if err != nil {
				t.Fatal(err)
			}
			a, ok := x.(probity.Asset)
			if !ok || a.ID != "aws_ebs_volume.v" {
				continue
			}
			found++
			for _, o := range []*probity.Origin{a.Origin, a.Encryption.AtRest.From()} {
				switch {
				case o.File == "main.tf" && o.Line >= 1 && o.Line <= 1+bytes.Count(data, []byte("\n")):
				case o.File == "plan.json" && o.Line == 2:
				default:
					t.Errorf("got %v, want a place that is there", o)
				}
			}
		}
		if found != 1 {
			t.Errorf("got the store %d times, want it once", found)
		}
	})
}
