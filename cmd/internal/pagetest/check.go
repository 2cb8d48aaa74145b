package pagetest

import (
	"bytes"
	_ "embed" // the script
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

//go:embed check.mjs
var script []byte

// Page is one page to judge.
type Page struct {
	Name   string            `json:"name"`
	HTML   []byte            `json:"-"`                // as it is sent
	URL    string            `json:"url"`              // where the browser opens it; empty: from a file of its own
	Header map[string]string `json:"header,omitempty"` // sent with each request: a token
	Brief  bool              `json:"brief"`            // looked at in one view only: another language of a page that is judged in all
	Before []Step            `json:"before,omitempty"` // what a person does before the page is there: sign in
	After  []Step            `json:"after,omitempty"`  // and after it was judged
}

// Step is something that a person does in the browser, and where it leads.
type Step struct {
	Open  string            `json:"open,omitempty"`  // address
	Type  map[string]string `json:"type,omitempty"`  // text by the selector of a field
	Click string            `json:"click,omitempty"` // selector
	At    string            `json:"at"`              // address where the browser is then, without what follows ?
}

// Problem is what one judge holds against a page.
type Problem struct {
	Page string `json:"page"`
	View string `json:"view"` // "dark 320", "keys"; empty: the text itself
	Tool string `json:"tool"` // axe, pa11y, vnu, keys, reflow, browser, step
	Text string `json:"text"`
}

// Check fails the test for each problem of each page.
func Check(t *testing.T, pages ...Page) {
	t.Helper()
	for _, p := range Problems(t, pages...) {
		t.Errorf("%s %s: %s: %s", p.Page, p.View, p.Tool, p.Text)
	}
}

// Problems are what the judges hold against the pages.
func Problems(t *testing.T, pages ...Page) []Problem {
	t.Helper()
	tools, chromium := judges(t)
	dir := t.TempDir()
	files := map[string]string{}
	for i := range pages {
		p := &pages[i]
		file := filepath.Join(dir, strings.NewReplacer("/", "-", " ", "-").Replace(p.Name)+".html")
		if err := os.WriteFile(file, p.HTML, 0o600); err != nil {
			t.Fatal(err)
		}
		files[file] = p.Name
		if p.URL == "" {
			p.URL = (&url.URL{Scheme: "file", Path: file}).String()
		}
	}
	return append(valid(t, filepath.Join(tools, "node_modules", "vnu-jar", "build", "dist", "vnu.jar"), files), seen(t, dir, tools, chromium, pages)...)
}

// valid asks the Nu HTML checker.
func valid(t *testing.T, jar string, files map[string]string) []Problem {
	t.Helper()
	args := []string{"-Xss4m", "-jar", jar, "--format", "json", "--exit-zero-always", "--stdout"}
	for f := range files {
		args = append(args, f)
	}
	var stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "java", args...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("running the Nu checker: %v\n%s", err, stderr.Bytes())
	}
	var said struct {
		Messages []struct {
			URL, Type, SubType, Message, Extract string
			LastLine                             int
		}
	}
	if err := json.Unmarshal(out, &said); err != nil {
		t.Fatalf("reading what the Nu checker says: %v\n%s%s", err, out, stderr.Bytes())
	}
	var problems []Problem
	for _, m := range said.Messages {
		if m.Type == "info" && m.SubType != "warning" {
			continue
		}
		at, _ := url.Parse(m.URL)
		problems = append(problems, Problem{Page: files[at.Path], Tool: "vnu", Text: m.Message + " near " + m.Extract})
	}
	return problems
}

// seen opens the pages in one browser.
func seen(t *testing.T, dir, tools, chromium string, pages []Page) []Problem {
	t.Helper()
	var said struct {
		Looked   int
		Problems []Problem
	}
	run(t, script, map[string]any{"tools": tools, "chromium": chromium, "profile": filepath.Join(dir, "profile"), "pages": pages}, &said)
	if said.Looked != len(pages) {
		t.Fatalf("%d pages looked at, want %d", said.Looked, len(pages))
	}
	return said.Problems
}
