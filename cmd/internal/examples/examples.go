// Package examples reads the examples that lie beside rules, and compares what the real scanners and rules say of them with what
// is expected. An archive holds files "<case>/<source>/<path>"; "<case>/<source>/expect" has lines "<verdict> <asset>".
package examples

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/probity-scan/probity"
)

// Config is the file of a case that declares what people said.
const Config = "probity.yaml"

// Example is one case.
type Example struct {
	Name   string
	Files  map[string][]byte // by their path in the case: "terraform/main.tf"
	Expect []Expectation
}

// Expectation is what a rule has to say of an asset.
type Expectation struct {
	Source  string // the folder that says so: "terraform"
	Verdict probity.Verdict
	Asset   string // its ID
}

// File reads an archive of examples.
func File(name string) ([]*Example, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("reading examples: %w", err)
	}
	return Read(name, b)
}

// Read takes an archive apart, in the order of its cases.
func Read(name string, archive []byte) ([]*Example, error) {
	var out []*Example
	for _, f := range txtar.Parse(archive).Files {
		inCase, rest, ok := strings.Cut(f.Name, "/")
		if !ok || !filepath.IsLocal(filepath.FromSlash(f.Name)) {
			return nil, fmt.Errorf("%s: file %s is in no case: call it <case>/<source>/<file>", name, f.Name)
		}
		i := slices.IndexFunc(out, func(e *Example) bool { return e.Name == inCase })
		if i < 0 {
			i, out = len(out), append(out, &Example{Name: inCase, Files: map[string][]byte{}})
		}
		if err := out[i].add(rest, f.Data); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", name, f.Name, err)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: holds no examples", name)
	}
	return out, nil
}

func (e *Example) add(file string, text []byte) error {
	if path.Base(file) != "expect" {
		// What looks like a key of AWS is put together here, so that no search for secrets meets one in a repository.
		e.Files[file] = bytes.ReplaceAll(text, []byte("ACCESS-KEY"), []byte("AKI"+"A"+"QWERTZ2345NMKLPO"))
		return nil
	}
	source, _, _ := strings.Cut(file, "/")
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		verdict, asset, ok := strings.Cut(line, " ")
		if !ok || !slices.Contains(probity.Verdict("").Values(), verdict) {
			return fmt.Errorf("want <verdict> <asset> with a verdict of %s, got %q", strings.Join(probity.Verdict("").Values(), ", "), line)
		}
		e.Expect = append(e.Expect, Expectation{source, probity.Verdict(verdict), asset})
	}
	return nil
}

// Of are the expectations of some folders.
func (e *Example) Of(folders ...string) []Expectation {
	var out []Expectation
	for _, x := range e.Expect {
		if slices.Contains(folders, x.Source) {
			out = append(out, x)
		}
	}
	return out
}

// Written are the folders of a case that are scanned as they lie on disk.
func (e *Example) Written() []string {
	return slices.DeleteFunc([]string{"terraform", "plan", "cloudformation", "kubernetes", "files"}, func(folder string) bool { return !e.Has(folder) })
}

// Has reports whether a folder holds more than what is expected.
func (e *Example) Has(folder string) bool {
	for name := range e.Files {
		if strings.HasPrefix(name, folder+"/") {
			return true
		}
	}
	return false
}

// Planned is what is expected of the plan that code would make: what plan/expect says where no plan is written, else as of the code
// itself. Where code leaves something unknown a plan may know it.
func (e *Example) Planned() []Expectation {
	if e.Has("plan") || !e.Has("terraform") {
		return nil
	}
	if said := e.Of("plan"); len(said) > 0 {
		return said
	}
	return slices.DeleteFunc(e.Of("terraform"), func(x Expectation) bool { return x.Verdict == probity.Unknown || x.Asset == "terraform" })
}

// Source is what METADATA calls the source of a folder of examples.
func Source(folder string) probity.Source {
	if slices.Contains([]string{"postgres", "mysql", "sqlite", "redis", "opensearch", "postgres-other", "mysql-other", "opensearch-open"}, folder) {
		return probity.Source("database")
	}
	return probity.Source(folder)
}

// Save writes the folders that are scanned as they are, and what was declared; it gives the file of declarations, if there is one.
func (e *Example) Save(dir string, folders ...string) (config string, err error) {
	for name, b := range e.Files {
		folder, _, _ := strings.Cut(name, "/")
		if name != Config && !slices.Contains(folders, folder) {
			continue
		}
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o750); err != nil {
			return "", fmt.Errorf("writing examples: %w", err)
		}
		if err := os.WriteFile(p, b, 0o600); err != nil {
			return "", fmt.Errorf("writing examples: %w", err)
		}
		if name == Config {
			config = p
		}
	}
	return config, nil
}
