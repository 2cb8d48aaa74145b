package docs

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// schema is as much of a JSON Schema as policies/schemas uses.
type schema struct {
	Type       string
	Enum       []string
	Properties map[string]schema
	Items      *schema
}

// inputPage lists what rules read, from the schemas that they are checked against.
func inputPage(t *testing.T) string {
	t.Helper()
	const schemas = "../../../policies/schemas"
	var b strings.Builder
	fmt.Fprintf(&b, "# What rules see\n\n%sEverything stands directly below `input`; `[_]` is any element of a list. A fact that is not known is absent, and the verdict says so. "+
		"`links[_].asset` is an asset like this one, without links.\n\n| path | type | values |\n|---|---|---|\n", stamp)
	rows(&b, readSchema(t, filepath.Join(schemas, "asset.json")), "")
	b.WriteString("\n## Settings\n\nWhat only one kind has: a rule that reads them names the kind in its METADATA.\n")
	files, err := filepath.Glob(filepath.Join(schemas, "settings", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		fmt.Fprintf(&b, "\n### %s\n\n| path | type | values |\n|---|---|---|\n", strings.TrimSuffix(filepath.Base(f), ".json"))
		rows(&b, readSchema(t, f), "settings")
	}
	return b.String()
}

func readSchema(t *testing.T, file string) schema {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var s schema
	if err := json.Unmarshal(b, &s); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return s
}

func rows(b *strings.Builder, s schema, at string) {
	if at == "links[_].asset" {
		fmt.Fprintf(b, "| `%s` | asset |  |\n", at)
		return
	}
	switch {
	case len(s.Properties) > 0:
		for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
			rows(b, s.Properties[name], strings.TrimPrefix(at+"."+name, "."))
		}
	case s.Items != nil:
		rows(b, *s.Items, at+"[_]")
	default:
		values := strings.Join(s.Enum, ", ")
		if s.Type == "object" {
			values = "by name"
		}
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", at, s.Type, values)
	}
}
