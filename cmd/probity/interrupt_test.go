//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestInterrupt: a person who stops a long scan gets what was found, what was not looked at, and exit code 3.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one := filepath.Join(dir, "people.csv")
	row := "1,anna.test1@example.org,+49 30 23125 001,some words that say nothing at all\n"
	if err := os.WriteFile(one, []byte("id,email,phone,words\n"+strings.Repeat(row, 30000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for i := range 400 { // the same file in many folders: a gigabyte to read
		folder := filepath.Join(dir, "tree", fmt.Sprintf("exports%03d", i))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Link(one, filepath.Join(folder, "people.csv")); err != nil {
			t.Fatal(err)
		}
	}
	probity, err := exec.LookPath("probity") // this binary: see TestMain
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), probity, "scan", "--log-level", "debug", "-o", "json=scan.json", "tree")
	cmd.Dir = dir
	var stdout bytes.Buffer
	stderr := &watched{want: "unit scanned", seen: make(chan struct{})}
	cmd.Stdout, cmd.Stderr = &stdout, stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-stderr.seen: // it is under way
	case <-time.After(time.Minute):
		t.Fatal("the scan did not begin")
	}
	began := time.Now()
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	err = cmd.Wait()
	if took := time.Since(began); took > 20*time.Second { // about a second on a machine that does nothing else
		t.Errorf("it took %s to stop", took)
	}
	var code *exec.ExitError
	if !errors.As(err, &code) || code.ExitCode() != 3 {
		t.Errorf("got %v, want exit code 3", err)
	}
	for _, want := range []string{"of 401 units: the scan was stopped before them; needs a scan that is left to end", "judging: stopped before rules were asked"} {
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("stderr does not say %q:\n%s", want, stderr)
		}
	}
	if !strings.Contains(stdout.String(), "The scan is incomplete") {
		t.Errorf("summary:\n%s", &stdout)
	}
	b, err := os.ReadFile(filepath.Join(dir, "scan.json"))
	if err != nil || !bytes.Contains(b, []byte(`"reason":"timeout"`)) {
		t.Errorf("the report does not tell of what was stopped (%v)", err)
	}
}

// watched closes seen once what is wanted was written.
type watched struct {
	text strings.Builder
	want string
	seen chan struct{}
	done bool
}

func (w *watched) Write(b []byte) (int, error) {
	n, err := w.text.Write(b)
	if !w.done && strings.Contains(w.text.String(), w.want) {
		w.done = true
		close(w.seen)
	}
	return n, err
}

func (w *watched) String() string { return w.text.String() }
