package docs

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDecisions: each decision has a number of its own, and the list of them names each, by its title.
func TestDecisions(t *testing.T) {
	t.Parallel()
	dir := filepath.Join("..", "..", "..", "docs", "adr")
	pages, err := filepath.Glob(filepath.Join(dir, "[0-9]*.md"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("got %d pages in %s, %v", len(pages), dir, err)
	}
	read := func(name string) string {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	var listed []string
	for line := range strings.Lines(read(filepath.Join(dir, "README.md"))) {
		if _, link, ok := strings.Cut(line, ". ["); ok {
			listed = append(listed, strings.TrimSpace(link))
		}
	}
	if len(listed) != len(pages) {
		t.Errorf("docs/adr/README.md lists %d decisions, and the folder has %d", len(listed), len(pages))
	}
	for i, page := range pages {
		name := filepath.Base(page)
		if want := fmt.Sprintf("%04d-", i+1); !strings.HasPrefix(name, want) {
			t.Errorf("%s: want a name that begins with %s: take the next free number", name, want)
		}
		heading, _, _ := strings.Cut(read(page), "\n")
		_, title, _ := strings.Cut(heading, ". ")
		if i < len(listed) && listed[i] != fmt.Sprintf("%s](%s)", title, name) {
			t.Errorf("%s is titled %q, and listed as [%s", name, title, listed[i])
		}
	}
}
