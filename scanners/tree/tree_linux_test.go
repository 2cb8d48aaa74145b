package tree

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"

	"github.com/probity-scan/probity"
)

// TestDenied walks as somebody who may not read a folder. Root may read any, so the thread gives that up for the test.
func TestDenied(t *testing.T) {
	dir := lay(t, map[string]string{"a/x.csv": "", "closed/x.csv": "", "z/x.csv": ""})
	closed := filepath.Join(dir, "closed")
	must(t, os.Chmod(closed, 0))
	t.Cleanup(func() { must(t, os.Chmod(closed, 0o755)) })
	must(t, os.Chmod(filepath.Dir(dir), 0o755))
	must(t, os.Chmod(dir, 0o755))
	if os.Geteuid() == 0 {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		must(t, unix.Setfsuid(65534))
		defer func() { must(t, unix.Setfsuid(0)) }()
	}
	got := find(t, probity.Unit{Target: dir, Base: "repo"})
	want := []string{"objects a", "objects z", "denied: permission denied: 1 repo/closed"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("found (-want +got):\n%s", d)
	}
}

// TestPipe would hang if a pipe were opened: nobody writes to it.
func TestPipe(t *testing.T) {
	t.Parallel()
	dir := lay(t, map[string]string{"a.csv": ""})
	must(t, unix.Mkfifo(filepath.Join(dir, "b.csv"), 0o644))
	must(t, unix.Mkfifo(filepath.Join(dir, ".gitignore"), 0o644))
	got := find(t, probity.Unit{Target: dir})
	if d := cmp.Diff([]string{"objects ", "not-applicable: pipes, sockets and devices hold no files: 2"}, got); d != "" {
		t.Errorf("found (-want +got):\n%s", d)
	}
}

// TestNotUTF8: a file is read whatever its name is; what would need a unit of that name is told.
func TestNotUTF8(t *testing.T) {
	t.Parallel()
	dir := lay(t, map[string]string{"x/caf\xe9.csv": "", "caf\xe9/.gitignore": "no.csv", "caf\xe9/no.csv": "", "caf\xe9/ü.csv": "", "caf\xe9.db": "SQLite format 3\x00"})
	got := find(t, probity.Unit{Target: dir, Base: "repo"})
	want := []string{"objects x", "filtered: ignored by git: 1", `unreadable: its name is not UTF-8: 1 repo/caf\xe9.db`, `unreadable: its name is not UTF-8: 1 repo/caf\xe9`}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("found (-want +got):\n%s", d)
	}
}
