package dashboard

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write generated files anew")

const document = "../../docs/openapi.json"

// TestOpenAPIIsGenerated: the document in docs is that of the operations.
func TestOpenAPIIsGenerated(t *testing.T) {
	t.Parallel()
	want, err := OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(document, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if have, err := os.ReadFile(document); err != nil || !bytes.Equal(have, want) {
		t.Errorf("%s is stale, %v: run make generate", document, err)
	}
}

// TestOpenAPIInValidator: the document is one of OpenAPI 3.1, as a validator of others judges it. The Makefile installs it, and sets
// the variable.
func TestOpenAPIInValidator(t *testing.T) {
	t.Parallel()
	python := os.Getenv("PROBITY_VALIDATORS")
	if python == "" {
		t.Fatal("PROBITY_VALIDATORS is not set to a Python that has the validators of formats; run make test, which installs them")
	}
	whole, err := OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	args := []string{filepath.Join("..", "testdata", "validate.py")}
	judged := func(name string, text []byte) {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, "openapi", file)
	}
	judged("whole", whole)
	spoils := map[string][2]string{
		"operation-without-answers": {`"responses": {`, `"answers": {`},
		"parameter-nowhere":         {`"in": "query"`, `"in": "cooking"`},
		"schema-of-no-type":         {`"type": "object"`, `"type": "thing"`},
		"reference-to-nothing":      {`"$ref": "#/components/schemas/FindingsPage"`, `"$ref": "#/components/schemas/None"`},
	}
	for name, change := range spoils {
		spoilt := bytes.Replace(whole, []byte(change[0]), []byte(change[1]), 1)
		if bytes.Equal(spoilt, whole) {
			t.Fatalf("%s: nothing to spoil", name)
		}
		judged(name, spoilt)
	}
	out, err := exec.CommandContext(t.Context(), python, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("running %s: %v\n%.2000s", python, err, out)
	}
	wrong := map[string]int{}
	for line := range strings.Lines(string(out)) {
		_, rest, _ := strings.Cut(line, dir+string(filepath.Separator))
		name, said, _ := strings.Cut(rest, ": ")
		if said != "judged\n" {
			wrong[name]++
		}
	}
	if wrong["whole"] > 0 || wrong[""] > 0 {
		t.Errorf("got %.2000s", out)
	}
	for name := range spoils {
		if wrong[name] == 0 {
			t.Errorf("%s passes", name)
		}
	}
}
