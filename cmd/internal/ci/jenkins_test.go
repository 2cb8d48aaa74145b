package ci

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// jenkins plays the Jenkinsfile in a checkout, by Groovy itself; changed are values of its environment that a person puts there.
func jenkins(t *testing.T, dir string, env map[string]string, changed ...string) result {
	t.Helper()
	groovy := os.Getenv("PROBITY_GROOVY")
	if groovy == "" {
		t.Fatal("PROBITY_GROOVY names no jar of Groovy: run make test, which fetches it")
	}
	var paths []string
	for _, p := range []string{"cmd/internal/ci/testdata/play.groovy", "deploy/jenkins/Jenkinsfile"} {
		abs, err := filepath.Abs(filepath.Join(root, filepath.FromSlash(p)))
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, abs)
	}
	args := slices.Concat([]string{"-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-cp", groovy, "groovy.ui.GroovyMain"}, paths, changed)
	return run(t, dir, env, "java", args...)
}

func TestJenkins(t *testing.T) {
	t.Parallel()
	releases := t.TempDir()
	sum := release(t, releases, "0.1.0", program(t))
	pinned := []string{"PROBITY_DOWNLOADS=file://" + releases, "PROBITY_VERSION=0.1.0", "PROBITY_SHA256=" + sum}
	of := map[string]string{"CHANGE_TARGET": "main"}
	for name, c := range map[string]struct {
		env     map[string]string
		changed []string
		code    int
		says    []string
		no      string
	}{
		"findings, by a pinned release": {nil, append(pinned, "PROBITY_TARGETS=infra exports"), 1,
			[]string{"stage Install", "stage Scan", "stage Gate", "exit 1: ", "kept junit.xml", "kept report.html", "kept scan.json"}, "kept probity.json"},
		"a change that makes nothing worse": {of, []string{"PROBITY_PATH=" + program(t), "PROBITY_TARGETS=clean"}, 0, []string{"exit 0: no new finding", "kept junit.xml"}, "stage Install"},
		"a change that makes something worse": {of, []string{"PROBITY_PATH=" + program(t), "PROBITY_TARGETS=infra $(touch owned) ;touch owned"}, 1,
			[]string{"exit 1: 1 new finding at or above high", "kept report.html"}, "stage Install"},
		"another archive": {nil, append(slices.Clone(pinned[:2]), "PROBITY_SHA256="+strings.Repeat("0", 64)), 1,
			[]string{"not the one that PROBITY_SHA256 names"}, "stage Scan"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := change(t)
			got := jenkins(t, dir, c.env, c.changed...)
			told := got.stdout + got.stderr
			if got.code != c.code || strings.Contains(told, c.no) {
				t.Errorf("exit %d, want %d and no %q:\n%s", got.code, c.code, c.no, told)
			}
			for _, want := range c.says {
				if !strings.Contains(told, want) {
					t.Errorf("%q is not told:\n%s", want, told)
				}
			}
			if _, err := os.Stat(filepath.Join(dir, "owned")); err == nil {
				t.Error("a value was run")
			}
		})
	}
}
