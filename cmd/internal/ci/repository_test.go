// Package ci runs what continuous integration runs: the steps of the GitHub Action, the jobs of the GitLab template and the
// pre-commit hook, on a repository that has findings, as their runners run them.
package ci

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"go.yaml.in/yaml/v3"
)

const root = "../../.."

// program is probity, built once.
func program(t *testing.T) string {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

var built = sync.OnceValues(func() (string, error) {
	path := filepath.Join(folder, "probity")
	out, err := exec.Command("go", "build", "-buildvcs=false", "-o", path, root+"/cmd/probity").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("building probity: %w\n%s", err, out)
	}
	return path, nil
})

var folder string

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "probity-ci"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

// repository is a checkout with findings in code and in data, whose names speak to runners.
func repository(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"infra/main.tf": `resource "aws_db_instance" "records" {
  storage_encrypted = false
}

resource "aws_s3_bucket" "open" {
  bucket = "open"
}

resource "aws_s3_bucket_acl" "open" {
  bucket = aws_s3_bucket.open.id
  acl    = "public-read"
}
`,
		"clean/main.tf":              "locals {\n  nothing = true\n}\n\nresource \"aws_kms_key\" \"own\" {\n  enable_key_rotation = true\n}\n",
		"exports/::warning::boo.csv": "number,amount\n4111111111111111,1\n5555555555554444,2\n4012888888881881,3\n",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// change is a checkout with its history, as a pull request to main has it: it adds a queue in the clear, a waiver for that and
// thresholds of its own to what repository holds.
func change(t *testing.T) string {
	t.Helper()
	dir := repository(t)
	git := func(args ...string) {
		t.Helper()
		args = append([]string{"-c", "user.name=a", "-c", "user.email=a@example.org"}, args...)
		if got := run(t, dir, nil, "git", args...); got.code != 0 {
			t.Fatalf("git %v: %s", args, got.stderr)
		}
	}
	git("init", "-q", "-b", "main")
	git("add", "-A")
	git("commit", "-q", "-m", "base")
	git("update-ref", "refs/remotes/origin/main", "HEAD")
	git("checkout", "-q", "-b", "change")
	for name, text := range map[string]string{
		"infra/queue.tf": "resource \"aws_sqs_queue\" \"mail\" {\n  sqs_managed_sse_enabled = false\n}\n",
		"probity.yaml":   "fail_on: none\nwaivers:\n  - {rule: encryption-at-rest, asset: aws_sqs_queue.mail, reason: later, owner: me, until: 2099-01-01}\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	git("add", "-A")
	git("commit", "-q", "-m", "change")
	return dir
}

// parse reads a YAML file of the repository.
func parse(t *testing.T, name string, into any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(b, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// result is what a script left.
type result struct {
	code           int
	stdout, stderr string
}

// run runs a command in dir with no environment but PATH, HOME and what is given.
func run(t *testing.T, dir string, env map[string]string, name string, args ...string) result {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + folder, "CI=true", "GOCACHE=" + goEnv(t, "GOCACHE"), "GOMODCACHE=" + goEnv(t, "GOMODCACHE")}
	for k, v := range env {
		cmd.Env = append(cmd.Env, k+"="+v)
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return result{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// read is a file's text.
func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
