package ci

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// workflow is the part of a workflow that says what it may do.
type workflow struct {
	Permissions map[string]string
	Env         map[string]string
	Jobs        map[string]struct {
		Permissions map[string]string
		Minutes     int `yaml:"timeout-minutes"`
		Environment string
		Steps       []step
	}
}

func workflows(t *testing.T) map[string]workflow {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, ".github", "workflows", "*.yml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d workflows, %v", len(files), err)
	}
	out := map[string]workflow{}
	for _, f := range files {
		var w workflow
		if err := yaml.Unmarshal([]byte(read(t, f)), &w); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		out[filepath.Base(f)] = w
	}
	return out
}

func TestWorkflowsLint(t *testing.T) {
	t.Parallel()
	program := os.Getenv("PROBITY_ACTIONLINT")
	if program == "" {
		t.Fatal("PROBITY_ACTIONLINT is not set: run make test, which installs it")
	}
	if got := run(t, root, nil, program, "-no-color", "-shellcheck", "shellcheck", "-pyflakes", ""); got.code != 0 {
		t.Errorf("%s%s", got.stdout, got.stderr)
	}
}

// A job may do what is named for it, leaves no token behind, and runs nobody's code that is not pinned by its commit.
func TestWorkflowsAreClosed(t *testing.T) {
	t.Parallel()
	pinned := regexp.MustCompile(`^actions/checkout@[0-9a-f]{40}$`)
	readme := read(t, filepath.Join(root, "README.md"))
	for name, w := range workflows(t) {
		if w.Permissions == nil || len(w.Permissions) > 0 {
			t.Errorf("%s has permissions %v for all of its jobs, want {}", name, w.Permissions)
		}
		for id, job := range w.Jobs {
			if job.Permissions["contents"] == "" || job.Minutes == 0 {
				t.Errorf("%s: job %s has permissions %v and %d minutes", name, id, job.Permissions, job.Minutes)
			}
			for permission, may := range job.Permissions {
				if may != "read" && (name != "release.yml" || job.Environment != "release") {
					t.Errorf("%s: job %s writes %s outside of the environment of releases", name, id, permission)
				}
			}
			for _, s := range job.Steps {
				if s.Uses != "" && (!pinned.MatchString(s.Uses) || !strings.Contains(readme, s.Uses) || s.With["persist-credentials"] != "false") {
					t.Errorf("%s: job %s uses %s, want what the README pins, without credentials that stay", name, id, s.Uses)
				}
				if strings.Contains(s.Run, "${{") {
					t.Errorf("%s: job %s has an expression in a script: %s", name, id, s.Run)
				}
			}
		}
	}
}
