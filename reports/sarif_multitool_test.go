package reports

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/probity-scan/probity"
)

// Microsoft's validator exits 0 whatever it finds: its own log is read. The Makefile installs it and sets the variable.
func TestSARIFInMultitool(t *testing.T) {
	t.Parallel()
	tool := os.Getenv("PROBITY_SARIF_MULTITOOL")
	if tool == "" {
		t.Fatal("PROBITY_SARIF_MULTITOOL is not set to the path of Sarif.Multitool; run make test, which installs it")
	}
	dir := t.TempDir()
	args := []string{"validate", "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note", "--kind", "Fail",
		"--log", "ForceOverwrite", "-o", filepath.Join(dir, "log")}
	files := map[string][]byte{
		"violations": sarifOf(t, clinic(), SARIFOptions{}), "unknown": sarifOf(t, clinic(), SARIFOptions{Unknown: true}),
		"limited": sarifOf(t, clinic(), SARIFOptions{Max: 2}), "hostile": sarifOf(t, hostile(), SARIFOptions{Unknown: true}),
		"gated": sarifOf(t, gated(), SARIFOptions{}), "github": []byte(formatted(t, "github-sarif", gated())),
		"split": sarifOf(t, gated(), SARIFOptions{Run: 4}), "empty": sarifOf(t, probity.Scan{}, SARIFOptions{}),
		"life":     sarifOf(t, clinic(), SARIFOptions{Life: &Life{Gone: []probity.Gone{{Rule: "versioning", Finding: probity.Finding{Asset: tf("aws_s3_bucket.old"), Fingerprint: "old", Message: "old keeps no versions", Risk: probity.Risk{Severity: probity.Low}}}}}}),
		"shouting": sarifOf(t, shouting(), SARIFOptions{}), "live": sarifOf(t, live(), SARIFOptions{}), "github-hostile": []byte(formatted(t, "github-sarif", hostile())),
	}
	for name, b := range files {
		file := filepath.Join(dir, name+".sarif")
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	cmd := exec.CommandContext(t.Context(), tool, args...)
	cmd.Env = append(os.Environ(), "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("running %s: %v\n%s", tool, err, out)
	}
	noted := map[string]bool{}
	for _, r := range validated(t, filepath.Join(dir, "log")) {
		name := filepath.Base(r.Locations[0].Physical.Artifact.URI)
		noted[name] = true
		if r.Level != "note" { // none told is a warning
			t.Errorf("%s: %s %s: %s %v", name, r.Level, r.RuleID, r.Message.Text, r.Message.Arguments)
		}
	}
	// Offline it has a note on every file: one without was not looked at.
	if len(noted) != len(files) {
		t.Errorf("%d files judged, want %d", len(noted), len(files))
	}
}

type judged struct {
	RuleID, Level string
	Message       struct {
		Text      string
		Arguments []string
	}
	Locations []sarifLocation
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
