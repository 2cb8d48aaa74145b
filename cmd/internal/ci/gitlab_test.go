package ci

import (
	"encoding/json"
	"encoding/xml"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// gitlabJob is the part of a job that a runner of GitLab reads.
type gitlabJob struct {
	Extends   string
	Variables map[string]string
	Before    []string `yaml:"before_script"`
	Script    []string
	Needs     []string
	Artifacts struct {
		When    string
		Access  string
		Paths   []string
		Reports map[string]string
	}
}

func template(t *testing.T) (variables map[string]string, jobs map[string]gitlabJob) {
	t.Helper()
	var v struct{ Variables map[string]string }
	parse(t, "deploy/gitlab/probity.yml", &v)
	parse(t, "deploy/gitlab/probity.yml", &jobs)
	delete(jobs, "variables")
	return v.Variables, jobs
}

// work runs a job: what it extends, then itself, in one shell. A job's own variables win over a project's.
func work(t *testing.T, name, dir string, project map[string]string) result {
	t.Helper()
	env, jobs := template(t)
	job := jobs[name]
	base := jobs[job.Extends]
	maps.Copy(env, project)
	maps.Copy(env, base.Variables)
	maps.Copy(env, job.Variables)
	env["GITLAB_CI"], env["CI_PROJECT_DIR"] = "true", dir
	script := strings.Join(append(slices.Clone(base.Before), job.Script...), "\n")
	return run(t, dir, env, "bash", "-c", "set -eo pipefail\n"+script)
}

func TestGitLab(t *testing.T) {
	t.Parallel()
	releases := t.TempDir()
	sum := release(t, releases, "0.1.0", program(t))
	for name, c := range map[string]struct {
		project    map[string]string
		scan, gate int
		says       string
	}{
		"findings":            {map[string]string{"PROBITY_TARGETS": "infra", "PROBITY_FAIL_ON": "high"}, 0, 1, "exit 1"},
		"below the threshold": {map[string]string{"PROBITY_TARGETS": "infra", "PROBITY_FAIL_ON": "none"}, 0, 0, "exit 0"},
		"all":                 {nil, 0, 1, "exit 1"},
		"incomplete":          {map[string]string{"PROBITY_TARGETS": "clean nowhere", "PROBITY_FAIL_ON": "none"}, 0, 3, "exit 3"},
		"a pinned release":    {map[string]string{"PROBITY_PATH": "", "PROBITY_DOWNLOADS": "file://" + releases, "PROBITY_VERSION": "0.1.0", "PROBITY_SHA256": sum}, 0, 1, "exit 1"},
		"a value is no code":  {map[string]string{"PROBITY_TARGETS": "infra $(touch owned) ;touch owned", "PROBITY_FAIL_ON": "none"}, 0, 3, "exit 3"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := repository(t)
			project := map[string]string{"PROBITY_PATH": program(t)}
			maps.Copy(project, c.project)
			if got := work(t, "probity", dir, project); got.code != c.scan {
				t.Fatalf("the scan exits %d, and GitLab takes reports of 0 only:\n%s", got.code, got.stderr)
			}
			_, jobs := template(t)
			reports := jobs["probity"].Artifacts
			if reports.When != "always" || reports.Access != "developer" {
				t.Errorf("artifacts %+v", reports)
			}
			for kind, file := range reports.Reports {
				text := read(t, filepath.Join(dir, file))
				if err := wellFormed(kind, text); err != nil {
					t.Errorf("%s: %v", file, err)
				}
				if strings.Contains(strings.ToLower(text), "card-number") {
					t.Errorf("%s names a category", file)
				}
			}
			got := work(t, "probity-gate", dir, project)
			if got.code != c.gate || !strings.Contains(got.stdout+got.stderr, c.says) {
				t.Errorf("the gate exits %d, want %d:\n%s%s", got.code, c.gate, got.stdout, got.stderr)
			}
			if _, err := os.Stat(filepath.Join(dir, "owned")); err == nil {
				t.Error("a variable was run")
			}
		})
	}
}

// In the pipeline of a merge request both jobs judge the change, by the configuration of its target branch.
func TestGitLabOnAChange(t *testing.T) {
	t.Parallel()
	merge := map[string]string{"CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
	for name, c := range map[string]struct {
		project map[string]string
		gate    int
		says    string
	}{
		"worse":            {map[string]string{"PROBITY_TARGETS": "infra exports", "PROBITY_FAIL_ON": "high"}, 1, "exit 1: 1 new finding at or above high"},
		"nothing of it":    {map[string]string{"PROBITY_TARGETS": "clean"}, 0, "exit 0: no new finding"},
		"not as a change":  {map[string]string{"PROBITY_TARGETS": "infra", "PROBITY_SINCE": "none", "PROBITY_FAIL_ON": "high"}, 1, "findings at or above high"},
		"a base by itself": {map[string]string{"PROBITY_TARGETS": "infra", "PROBITY_SINCE": "HEAD~1", "PROBITY_FAIL_ON": "high"}, 1, "exit 1: 1 new finding at or above high"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := change(t)
			project := map[string]string{"PROBITY_PATH": program(t)}
			maps.Copy(project, merge)
			maps.Copy(project, c.project)
			if got := work(t, "probity", dir, project); got.code != 0 {
				t.Fatalf("the scan exits %d:\n%s", got.code, got.stderr)
			}
			if quality := read(t, filepath.Join(dir, "probity-reports", "quality.json")); c.project["PROBITY_TARGETS"] == "infra exports" && !strings.Contains(quality, "exports/") {
				t.Error("what the change does not touch is missing for GitLab, which would call it mended")
			}
			got := work(t, "probity-gate", dir, project)
			if told := got.stdout + got.stderr; got.code != c.gate || !strings.Contains(told, c.says) {
				t.Errorf("the gate exits %d, want %d and %q:\n%s", got.code, c.gate, c.says, told)
			}
		})
	}
	_, jobs := template(t)
	if depth := jobs[".probity"].Variables["GIT_DEPTH"]; depth != "0" {
		t.Errorf("GIT_DEPTH %q, want all of the history", depth)
	}
}

func wellFormed(kind, text string) error {
	var v any
	if kind == "junit" {
		var suites struct {
			XMLName xml.Name `xml:"testsuites"`
		}
		return xml.Unmarshal([]byte(text), &suites)
	}
	return json.Unmarshal([]byte(text), &v)
}

func TestGitLabRefusesAnotherArchive(t *testing.T) {
	t.Parallel()
	releases := t.TempDir()
	release(t, releases, "0.1.0", program(t))
	for says, sum := range map[string]string{"not the one that PROBITY_SHA256 names": strings.Repeat("0", 64), "checksum of the archive": ""} {
		got := work(t, "probity", repository(t), map[string]string{"PROBITY_DOWNLOADS": "file://" + releases, "PROBITY_VERSION": "0.1.0", "PROBITY_SHA256": sum})
		if got.code == 0 || !strings.Contains(got.stderr, says) {
			t.Errorf("exit %d, want it refused: %s", got.code, got.stderr)
		}
	}
}
