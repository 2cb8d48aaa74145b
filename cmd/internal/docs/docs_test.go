// Package docs holds the generated pages of docs against the rules, frameworks and detectors that they list.
package docs

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/scanners/personaldata/detectors"
)

var update = flag.Bool("update", false, "write generated files anew")

const folder = "../../../docs"

// TestPages: what people read of rules, frameworks and detectors is what the program has.
func TestPages(t *testing.T) {
	t.Parallel()
	corpus, err := policies.Load(t.Context(), policies.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer corpus.Close()
	catalogue, err := policies.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{
		"rules.md":             rulesPage(corpus),
		"frameworks/README.md": frameworksIndex(corpus),
		"checks.md":            checksPage(catalogue, corpus.Rules),
		"detectors.md":         detectorsPage(detectors.All()),
		"input.md":             inputPage(t),
		"aws.md":               awsPage(t),
	}
	for _, f := range corpus.Frameworks {
		pages["frameworks/"+f.ID+".md"] = frameworkPage(f, corpus.Rules)
	}
	for file, page := range pages {
		path := filepath.Join(folder, file)
		if *update {
			if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("%v: run make generate", err)
			continue
		}
		if !bytes.Equal(got, []byte(page)) {
			t.Errorf("docs/%s is stale: run make generate", file)
		}
	}
}

// TestLinks: links between pages, and from them into the tree, lead somewhere.
func TestLinks(t *testing.T) {
	t.Parallel()
	var pages []string
	for _, pattern := range []string{"*.md", "*/*.md", "../*.md"} {
		found, err := filepath.Glob(filepath.Join(folder, pattern))
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, found...)
	}
	if len(pages) < 5 {
		t.Fatalf("got %d pages, want those of docs", len(pages))
	}
	for _, p := range pages {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range links(string(b)) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(p), l)); err != nil {
				t.Errorf("%s: the link %s leads nowhere", strings.TrimPrefix(p, "../../../"), l)
			}
		}
	}
}

func TestRelativeLinks(t *testing.T) {
	t.Parallel()
	text := "See [a](a.md#part), [b](https://example.org/b), ![c](d/c.png) and [here](#here).\n```\n[x](not-a-link)\n```\n"
	if got, want := strings.Join(links(text), " "), "a.md d/c.png"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCell(t *testing.T) {
	t.Parallel()
	if got, want := cell("a|b\n c <d>"), `a\|b c &lt;d&gt;`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
