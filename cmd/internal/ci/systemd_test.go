package ci

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// units writes what deploy/systemd holds into a folder, with the program and its files where this test has them.
func units(t *testing.T, here *strings.Replacer) string {
	t.Helper()
	dir := t.TempDir()
	files, err := filepath.Glob(filepath.Join(root, "deploy", "systemd", "probity*"))
	if err != nil || len(files) != 3 {
		t.Fatalf("units %v, %v", files, err)
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(f)), []byte(here.Replace(read(t, f))), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestUnits(t *testing.T) {
	t.Parallel()
	dir := units(t, strings.NewReplacer("/usr/bin/probity", program(t)))
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	if got := run(t, dir, nil, "systemd-analyze", append([]string{"verify", "--man=no"}, files...)...); got.code != 0 || got.stderr != "" {
		t.Errorf("systemd-analyze verify: exit %d\n%s%s", got.code, got.stdout, got.stderr)
	}
	for _, f := range files {
		if strings.HasSuffix(f, ".service") { // 0 is shut, 100 open
			if got := run(t, dir, nil, "systemd-analyze", "security", "--offline=yes", "--threshold=15", "--no-pager", f); got.code != 0 {
				t.Errorf("%s is too open:\n%s%s", filepath.Base(f), got.stdout, got.stderr)
			}
		}
	}
}

// The command of the scan's unit does what it is for, with nothing in its folder but what systemd makes.
func TestUnitScans(t *testing.T) {
	t.Parallel()
	repo, state, etc := repository(t), t.TempDir(), t.TempDir()
	for _, f := range []string{"state", "reports"} {
		if err := os.Mkdir(filepath.Join(state, f), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(etc, "probity.yaml"), []byte("fail_on: high\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	text := read(t, filepath.Join(units(t, strings.NewReplacer("/usr/bin/probity", program(t), "/var/lib/probity", state, "/etc/probity", etc)), "probity.service"))
	_, line, _ := strings.Cut(text, "\nExecStart=")
	line, _, _ = strings.Cut(line, "\n")
	words := strings.Fields(strings.ReplaceAll(line, "$PROBITY_TARGETS", filepath.Join(repo, "infra")+" "+filepath.Join(repo, "exports"))) // as systemd splits them
	if got := run(t, state, map[string]string{"XDG_CONFIG_HOME": state}, words[0], words[1:]...); got.code != 1 || !strings.Contains(text, "\nSuccessExitStatus=1\n") {
		t.Errorf("exit %d, want findings, and a unit that takes them for success:\n%s%s", got.code, got.stdout, got.stderr)
	}
	for _, f := range []string{"reports/scan.json", "reports/report.html"} {
		if _, err := os.Stat(filepath.Join(state, f)); err != nil {
			t.Error(err)
		}
	}
}
