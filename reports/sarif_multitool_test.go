package reports

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/probity-scan/probity"
)

// Microsoft's validator exits 0 whatever it finds: its own log is read. PROBITY_SARIF_MULTITOOL is set by the Makefile.
func TestSARIFInMultitool(t *testing.T) {
	t.Parallel()
	tool := os.Getenv("PROBITY_SARIF_MULTITOOL")
	if tool == "" {
		t.Fatal("PROBITY_SARIF_MULTITOOL is not set to the path of Sarif.Multitool; run make test, which installs it")
	}
	for name, b := range map[string][]byte{
		"violations": sarifOf(t, clinic(), SARIFOptions{}), "unknown": sarifOf(t, clinic(), SARIFOptions{Unknown: true}),
		"limited": sarifOf(t, clinic(), SARIFOptions{Max: 2}), "hostile": sarifOf(t, hostile(), SARIFOptions{Unknown: true}),
		"empty": sarifOf(t, probity.Scan{}, SARIFOptions{}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			in, out := filepath.Join(dir, "scan.sarif"), filepath.Join(dir, "out.sarif")
			if err := os.WriteFile(in, b, 0o600); err != nil {
				t.Fatal(err)
			}
			cmd := exec.CommandContext(t.Context(), tool, "validate", in, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note",
				"--kind", "Fail", "-o", out, "--log", "ForceOverwrite")
			cmd.Env = append(os.Environ(), "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1")
			if b, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("running %s: %v\n%s", tool, err, b)
			}
			notes := map[string]int{}
			for _, r := range validated(t, out) {
				if r.Level == "error" || r.Level == "warning" || r.Level == "" {
					t.Errorf("%s %s: %s %v", r.Level, r.RuleID, r.Message.Text, r.Message.Arguments)
				} else {
					notes[r.RuleID]++
				}
			}
			t.Logf("notes: %v", notes)
		})
	}
}

type judged struct {
	RuleID, Level string
	Message       struct {
		Text, ID  string
		Arguments []string
	}
}

func validated(t *testing.T, file string) []judged {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var log struct{ Runs []struct{ Results []judged } }
	if err := json.Unmarshal(b, &log); err != nil {
		t.Fatal(err)
	}
	if len(log.Runs) != 1 {
		t.Fatalf("%d runs in the validator's log, want 1", len(log.Runs))
	}
	return log.Runs[0].Results
}
