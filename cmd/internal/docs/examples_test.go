package docs

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/policies/child/childtest"
)

func TestMain(m *testing.M) { childtest.Main(m) }

// TestConfigurationExample: the example is taken as it stands, and every key is told.
func TestConfigurationExample(t *testing.T) {
	t.Parallel()
	page := read(t, "configuration.md")
	file := filepath.Join(t.TempDir(), config.Name)
	if err := os.WriteFile(file, []byte(block(t, page, "yaml")), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := config.Load(file, false)
	if err != nil {
		t.Fatal(err)
	}
	if len(l.Trouble) > 0 {
		t.Errorf("got %q, want no trouble", l.Trouble)
	}
	if len(l.File.Activities)*len(l.File.Labels)*len(l.File.Waivers) == 0 {
		t.Errorf("got %+v, want an example of each declaration", l.File)
	}
	for _, key := range keys(reflect.TypeFor[config.File]()) {
		if !regexp.MustCompile("(?m)^\\| `" + key + "` \\|").MatchString(page) {
			t.Errorf("docs/configuration.md has no row for key %s", key)
		}
	}
	example := block(t, page, "yaml")
	for _, part := range []reflect.Type{reflect.TypeFor[config.Activity](), reflect.TypeFor[config.Label](), reflect.TypeFor[config.Waiver]()} {
		for _, key := range keys(part) {
			if !strings.Contains(example, key+":") {
				t.Errorf("docs/configuration.md: the example of a %s has no %s", part.Name(), key)
			}
		}
	}
}

// TestRuleExample: the example is a rule of a user that loads and reads what it says.
func TestRuleExample(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "rule.rego"), []byte(block(t, read(t, "writing-rules.md"), "rego")), 0o600); err != nil {
		t.Fatal(err)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	corpus, err := policies.Load(t.Context(), policies.Options{Dirs: []string{dir}, Rules: []string{"month-of-backups"}, Program: program, Trust: true})
	if err != nil {
		t.Fatal(err)
	}
	defer corpus.Close()
	if len(corpus.Trouble) > 0 {
		t.Fatalf("got trouble %+v, want none", corpus.Trouble)
	}
	if got, want := fmt.Sprint(corpus.Rules[0].Reads), "[resilience.backup_days]"; got != want {
		t.Errorf("got reads %s, want %s", got, want)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// block is the first fenced block of a language.
func block(t *testing.T, page, language string) string {
	t.Helper()
	m := regexp.MustCompile("(?s)```" + language + "\n(.*?)```").FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("got no block of %s, want one", language)
	}
	return m[1]
}

// keys are the names of a struct's fields in YAML.
func keys(t reflect.Type) []string {
	var out []string
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		out = append(out, name)
	}
	return out
}
