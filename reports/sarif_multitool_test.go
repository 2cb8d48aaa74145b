package reports

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Microsoft's validator exits 0 whatever it finds: its own log is read. PROBITY_SARIF_MULTITOOL is set by the Makefile.
func TestSARIFInMultitool(t *testing.T) {
	t.Parallel()
	tool := os.Getenv("PROBITY_SARIF_MULTITOOL")
	if tool == "" {
		t.Fatal("PROBITY_SARIF_MULTITOOL is not set to the path of Sarif.Multitool; run make test, which installs it")
	}
	for name, o := range map[string]SARIFOptions{"violations": {}, "unknown": {Unknown: true}, "limited": {Max: 2}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			in, out := filepath.Join(dir, "scan.sarif"), filepath.Join(dir, "out.sarif")
			if err := os.WriteFile(in, sarifOf(t, clinic(), o), 0o600); err != nil {
				t.Fatal(err)
			}
			cmd := exec.CommandContext(t.Context(), tool, "validate", in, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note",
				"--kind", "Fail", "-o", out, "--log", "ForceOverwrite")
			cmd.Env = append(os.Environ(), "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1")
			if b, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("running %s: %v\n%s", tool, err, b)
			}
			for _, r := range validated(t, out) {
				if r.Level == "error" || r.Level == "warning" || r.Level == "" {
					t.Errorf("%s %s: %s %v", r.Level, r.RuleID, r.Message.Text, r.Message.Arguments)
				} else {
					t.Logf("%s %s: %s %v", r.Level, r.RuleID, r.Message.ID, r.Message.Arguments)
				}
			}
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
