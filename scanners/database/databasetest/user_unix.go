//go:build unix

package databasetest

import (
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
	"testing"
)

// account is whom a server runs as.
type account struct{ uid, gid uint32 }

// somebody is the first of the users that there is, where this runs as root; nil otherwise.
func somebody(t *testing.T, names ...string) *account {
	t.Helper()
	if os.Geteuid() != 0 {
		return nil
	}
	for _, name := range names {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err1 == nil && err2 == nil {
			return &account{uint32(uid), uint32(gid)}
		}
	}
	t.Fatalf("none of the users %v is there, and servers refuse to run as root", names)
	return nil
}

func (a *account) own(t *testing.T, path string) {
	t.Helper()
	if a == nil {
		return
	}
	if err := os.Chown(path, int(a.uid), int(a.gid)); err != nil {
		t.Fatal(err)
	}
}

func (a *account) become(cmd *exec.Cmd) {
	if a != nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: a.uid, Gid: a.gid}}
	}
}
