package pagetest

import (
	"bytes"
	_ "embed" // the script
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

//go:embed measure.mjs
var measuring []byte

// Times is how long a page took in Chromium, in milliseconds: to its first paint, until its text was read, until it was loaded, of
// which its thread computed; then each until the next frame: to scroll to its end, to use its filter, to open a fold of the register, to follow a link to a store.
type Times struct {
	Paint, Ready, Load, Computed float64
	Scroll, Filter, Unfold, Jump float64
	Nodes                        int
}

// Measure opens each file in one browser, one after the other.
func Measure(t testing.TB, files ...string) []Times {
	t.Helper()
	tools, chromium := judges(t)
	dir := t.TempDir()
	var urls []string
	for _, f := range files {
		urls = append(urls, (&url.URL{Scheme: "file", Path: f}).String())
	}
	var times []Times
	run(t, measuring, map[string]any{"tools": tools, "chromium": chromium, "profile": filepath.Join(dir, "profile"), "urls": urls}, &times)
	return times
}

// judges are the folder of what judges pages, and Chromium. make test installs them and sets the variables.
func judges(t testing.TB) (tools, chromium string) {
	t.Helper()
	tools, chromium = os.Getenv("PROBITY_PAGE_TOOLS"), os.Getenv("PROBITY_CHROMIUM")
	if tools == "" || chromium == "" {
		t.Fatal("PROBITY_PAGE_TOOLS and PROBITY_CHROMIUM are not set to the folder of the pages' judges and to Chromium; run make test, which installs them")
	}
	return tools, chromium
}

// run gives a script its task and reads what it says.
func run(t testing.TB, script []byte, task, said any) {
	t.Helper()
	todo, err := json.Marshal(task)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "script.mjs")
	if err := os.WriteFile(file, script, 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "node", file)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(todo), &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("looking at pages in Chromium: %v\n%s", err, stderr.Bytes())
	}
	if err := json.Unmarshal(out, said); err != nil {
		t.Fatalf("reading what was seen: %v\n%s", err, out)
	}
}
