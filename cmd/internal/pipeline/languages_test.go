package pipeline_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/probity-scan/probity/cmd/internal/examples"
)

// TestLanguages: stores that Terraform and CloudFormation declare alike, under one name, are judged alike by all rules.
func TestLanguages(t *testing.T) {
	t.Parallel()
	a, err := txtar.ParseFile("testdata/languages/aws.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range a.Files {
		p := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(p), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	terraform := judged(t, job{dir: filepath.Join(dir, "code"), base: "code"})
	stack := judged(t, job{dir: filepath.Join(dir, "template.yaml"), base: "template.yaml"})
	const least = 300
	if len(terraform) < least || len(terraform) != len(stack) {
		t.Errorf("got %d judgements of Terraform and %d of CloudFormation, want as many, and %d at least", len(terraform), len(stack), least)
	}
	for key, tf := range terraform {
		name := key[1]
		if _, own, ok := strings.Cut(name, "."); ok && own != "" {
			name = own
		}
		if cfn := stack[[2]string{key[0], name}]; cfn.Verdict != tf.Verdict {
			t.Errorf("%s of %s: got %q of CloudFormation, want %q; %s", key[0], name, cfn.Verdict, tf.Verdict, examples.Evidence(cfn))
		}
	}
}
