package revision_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity/cmd/internal/revision"
)

// sandbox is a repository of the test's own.
type sandbox struct {
	t   *testing.T
	dir string
}

func newSandbox(t *testing.T) sandbox {
	t.Helper()
	s := sandbox{t, t.TempDir()}
	s.git("init", "-q", "-b", "main")
	return s
}

func (s sandbox) git(args ...string) string {
	s.t.Helper()
	c := exec.CommandContext(s.t.Context(), "git", append([]string{"-C", s.dir}, args...)...)
	c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull, "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.org",
		"GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.org")
	out, err := c.CombinedOutput()
	if err != nil {
		s.t.Fatalf("git %v: %v: %s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func (s sandbox) write(files map[string]string) {
	s.t.Helper()
	for name, text := range files {
		p := filepath.Join(s.dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
			s.t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			s.t.Fatal(err)
		}
	}
}

func (s sandbox) commit(files map[string]string) string {
	s.t.Helper()
	s.write(files)
	s.git("add", "-A")
	s.git("commit", "-q", "-m", "x")
	return s.git("rev-parse", "HEAD")
}

func (s sandbox) open() *revision.Repository {
	s.t.Helper()
	r, err := revision.Open(s.t.Context(), s.dir)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

func TestMergeBaseAndChanges(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	base := s.commit(map[string]string{"a.tf": "1", "gone.tf": "1", "same/b.tf": "1", ".gitignore": "*.log\n"})
	s.git("checkout", "-q", "-b", "change")
	s.commit(map[string]string{"a.tf": "2"})
	s.git("checkout", "-q", "main")
	s.commit(map[string]string{"same/b.tf": "later on main"})
	s.git("checkout", "-q", "change")
	s.write(map[string]string{"new file é.tf": "1", "x.log": "ignored"})
	if err := os.Remove(filepath.Join(s.dir, "gone.tf")); err != nil {
		t.Fatal(err)
	}
	r := s.open()
	got, err := r.MergeBase(t.Context(), "main")
	if err != nil || got != base {
		t.Fatalf("got %s %v, want %s", got, err, base)
	}
	changed, err := r.Changed(t.Context(), base)
	slices.Sort(changed)
	if want := []string{"a.tf", "gone.tf", "new file é.tf"}; err != nil || !slices.Equal(changed, want) {
		t.Errorf("got %q %v, want %q", changed, err, want)
	}
}

func TestMissingBase(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commit(map[string]string{"a.tf": "1"})
	s.commit(map[string]string{"a.tf": "2"})
	clone := sandbox{t, t.TempDir()}
	clone.git("clone", "-q", "--depth", "1", "file://"+filepath.ToSlash(s.dir), ".")
	for _, rev := range []string{"origin/nothing", "HEAD~1", "--help"} {
		_, err := clone.open().MergeBase(t.Context(), rev)
		if err == nil || !strings.Contains(err.Error(), "fetch-depth: 0") || !strings.Contains(err.Error(), "GIT_DEPTH: 0") || !strings.Contains(err.Error(), "shallow") {
			t.Errorf("%s: got %v, want advice", rev, err)
		}
	}
	if _, err := revision.Open(t.Context(), t.TempDir()); err == nil || !strings.Contains(err.Error(), "not in a git repository") {
		t.Errorf("got %v", err)
	}
}

// TestExport: what stands in the commit comes out byte by byte, whatever filters and hooks the repository asks for.
func TestExport(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	files := map[string]string{"main.tf": "resource {}\r\n", "m/deep/er/x.tf": strings.Repeat("x", 100_000), "empty": "", ".gitattributes": "*.tf filter=evil export-ignore text\n"}
	s.write(files)
	if err := os.Symlink("m/deep", filepath.Join(s.dir, "link")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/etc", filepath.Join(s.dir, "out")); err != nil {
		t.Fatal(err)
	}
	s.git("-c", "core.autocrlf=false", "-c", "core.attributesFile="+os.DevNull, "add", "-A")
	s.git("commit", "-q", "-m", "x")
	witness := filepath.Join(t.TempDir(), "ran")
	s.git("config", "filter.evil.smudge", "touch "+witness)
	s.git("config", "core.fsmonitor", "touch "+witness)
	r := s.open()
	to := t.TempDir()
	commit, err := r.Commit(t.Context(), "main")
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Export(t.Context(), commit, to); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Changed(t.Context(), commit); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for name := range files {
		b, err := os.ReadFile(filepath.Join(to, name))
		if err != nil {
			t.Error(err)
		}
		got[name] = string(b)
	}
	want := files
	want["main.tf"] = "resource {}\n" // git stored it so: the attributes say that it is text
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for name, target := range map[string]string{"link": "m/deep", "out": "/etc"} {
		if got, err := os.Readlink(filepath.Join(to, name)); err != nil || got != target {
			t.Errorf("%s: got %q %v, want %q", name, got, err, target)
		}
	}
	if _, err := os.Stat(witness); err == nil {
		t.Error("a program that the repository names was run")
	}
}

func TestBelow(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commit(map[string]string{"infra/prod/main.tf": ""})
	r := s.open()
	if got, err := r.Below(filepath.Join(s.dir, "infra", "prod")); err != nil || got != "infra/prod" {
		t.Errorf("got %q %v", got, err)
	}
	if got, err := r.Below(s.dir); err != nil || got != "." {
		t.Errorf("got %q %v", got, err)
	}
	if _, err := r.Below(t.TempDir()); err == nil {
		t.Error("a folder outside is below")
	}
}

// TestInHook: git hands hooks its own folder, which is not to decide where the work tree begins.
func TestInHook(t *testing.T) {
	s := newSandbox(t)
	s.commit(map[string]string{"infra/main.tf": "# 1"})
	t.Setenv("GIT_DIR", filepath.Join(s.dir, ".git"))
	r, err := revision.Open(t.Context(), filepath.Join(s.dir, "infra"))
	if err != nil {
		t.Fatal(err)
	}
	if want, err := filepath.EvalSymlinks(s.dir); err != nil || r.Top != want {
		t.Errorf("the repository is %q, want %q", r.Top, want)
	}
	if changed, err := r.Changed(t.Context(), "HEAD"); err != nil || len(changed) > 0 {
		t.Errorf("got %v %v, want no change", changed, err)
	}
}
