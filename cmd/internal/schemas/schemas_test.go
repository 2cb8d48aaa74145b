// Package schemas holds the generated schemas of policies against the Go types they come from.
package schemas

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/scanners/kinds"
)

var update = flag.Bool("update", false, "write generated files anew")

const folder = "../../../policies/schemas"

// TestSchemas: what rules may read is what the vocabulary and the kinds hold, no more and no less.
func TestSchemas(t *testing.T) {
	t.Parallel()
	want := map[string]any{"asset.json": policies.Schema(reflect.TypeFor[probity.Asset]())}
	for _, k := range kinds.All() {
		own := reflect.TypeFor[struct{}]() // a rule may name a kind that has no settings
		if k.Settings != nil {
			own = reflect.TypeOf(k.Settings)
		}
		want[filepath.Join("settings", string(k.Kind)+".json")] = policies.Schema(own)
	}
	for file, schema := range want {
		b, err := json.MarshalIndent(schema, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		b = append(b, '\n')
		path := filepath.Join(folder, file)
		if *update {
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, b, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("%s: %v: run make generate", file, err)
			continue
		}
		if !bytes.Equal(got, b) {
			t.Errorf("policies/schemas/%s is stale: run make generate", file)
		}
	}
	files, err := filepath.Glob(folder + "/settings/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if rel, _ := filepath.Rel(folder, f); want[rel] == nil {
			t.Errorf("policies/schemas/%s is of no kind: remove it", rel)
		}
	}
}
