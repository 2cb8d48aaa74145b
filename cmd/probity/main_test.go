package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets scripts, and the program itself for its child process, start this binary as probity.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"probity": main})
}

// TestScripts runs testdata/*.txtar, which specify the command line.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", filepath.Join(e.WorkDir, ".home"))
			e.Setenv("XDG_CONFIG_HOME", filepath.Join(e.WorkDir, ".home"))
			e.Setenv("CI", "")
			repository, err := filepath.Abs(filepath.Join("..", ".."))
			e.Setenv("REPOSITORY", repository)
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "lines": lines, "outcome": outcome, "bad": bad, "lock": lock, "keypair": keypair},
	})
}

// exits runs probity and wants its exit code: exits 3 scan .
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE ARG…")
	}
	err := ts.Exec("probity", args[1:]...)
	code := "0"
	if err != nil {
		code = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if code != args[0] {
		ts.Fatalf("exit code %s, want %s", code, args[0])
	}
}

// lines wants a number of lines on a stream: lines stderr 1
func lines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: lines stdout|stderr N")
	}
	text := ts.ReadFile(args[0])
	if n := strings.Count(text, "\n"); args[1] != strconv.Itoa(n) {
		ts.Fatalf("%s has %d lines, want %s:\n%s", args[0], n, args[1], text)
	}
}

// outcome wants a verdict in a report: outcome scan.json versioning fail aws_s3_bucket.reports
func outcome(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 4 {
		ts.Fatalf("usage: [!] outcome FILE RULE VERDICT ASSET")
	}
	var scan struct {
		Outcomes []struct {
			Rule, Verdict string
			Asset         struct{ ID string }
		}
	}
	if err := json.Unmarshal([]byte(ts.ReadFile(args[0])), &scan); err != nil {
		ts.Fatalf("%s: %v", args[0], err)
	}
	var got []string
	for _, o := range scan.Outcomes {
		if o.Rule == args[1] && o.Asset.ID == args[3] {
			got = append(got, o.Verdict)
		}
	}
	if slices.Contains(got, args[2]) == neg {
		ts.Fatalf("%s of %s: got %v", args[1], args[3], got)
	}
}

func TestHelpNamesTheExitCodes(t *testing.T) {
	t.Parallel()
	var out, err strings.Builder
	if code := run(t.Context(), []string{"--help"}, strings.NewReader(""), &out, &err); code != 0 || err.Len() > 0 {
		t.Fatalf("got exit %d, stderr %q", code, err.String())
	}
	for _, want := range []string{"0 clean", "1 findings", "2 wrong usage", "3 incomplete", "1 wins over 3"} {
		if !strings.Contains(strings.Join(strings.Fields(out.String()), " "), want) {
			t.Errorf("help does not say %q", want)
		}
	}
}
