package pipeline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestBehaviour: a rule whose verdict on the frozen corpus changes says so by a new behaviour; -update writes no other change.
func TestBehaviour(t *testing.T) {
	t.Parallel()
	const golden = "testdata/releases/verdicts"
	dir := t.TempDir()
	archive, err := txtar.ParseFile("testdata/releases/0.1.0.txtar")
	if err != nil {
		t.Fatal(err)
	}
	fsys, err := txtar.FS(archive)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, fsys); err != nil {
		t.Fatal(err)
	}
	scan := job{dir: dir, base: "release", config: filepath.Join(dir, "probity.yaml")}.run(t)
	behaviours := map[string]string{}
	for _, r := range scan.Rules {
		behaviours[r.ID] = fmt.Sprint(r.Behaviour)
	}
	var lines []string
	now := map[string]string{} // verdicts by rule, behaviour and asset
	for o, err := range scan.Outcomes {
		if err != nil {
			t.Fatal(err)
		}
		key := o.Rule + " " + behaviours[o.Rule] + " " + o.Asset.Root + " " + o.Asset.ID
		now[key] = string(o.Verdict)
		lines = append(lines, key+" "+string(o.Verdict))
	}
	text, err := os.ReadFile(golden)
	if err != nil && !*update {
		t.Fatal(err)
	}
	was := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		at := strings.LastIndex(line, " ")
		key, verdict := line[:at], line[at+1:]
		was[key] = true
		rule, rest, _ := strings.Cut(key, " ")
		behaviour, _, _ := strings.Cut(rest, " ")
		switch got, there := now[key]; {
		case there && got != verdict:
			t.Errorf("%s: got %s, and it was %s: raise the rule's behaviour, and tell of it in the changelog", key, got, verdict)
		case !there && behaviours[rule] == behaviour:
			t.Errorf("%s: no outcome, and it was %s: raise the rule's behaviour, and tell of it in the changelog", key, verdict)
		}
	}
	if t.Failed() {
		return
	}
	if *update {
		if err := os.WriteFile(golden, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for key, verdict := range now {
		if !was[key] {
			t.Errorf("%s %s is not in %s: go test ./cmd/internal/pipeline -run TestBehaviour -update", key, verdict, golden)
		}
	}
}
