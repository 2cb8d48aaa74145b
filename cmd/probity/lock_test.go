//go:build unix

package main

import (
	"io"
	"os"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
)

// lock holds a database as one who writes it does, until the script ends: SQLite's locks lie at its second gigabyte
// (https://sqlite.org/src/file/src/os.h, PENDING_BYTE). lock FILE
func lock(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: lock FILE")
	}
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_RDWR, 0)
	ts.Check(err)
	ts.Defer(func() { _ = f.Close() })
	ts.Check(syscall.FcntlFlock(f.Fd(), syscall.F_SETLK, &syscall.Flock_t{Type: syscall.F_WRLCK, Whence: io.SeekStart, Start: 0x40000000, Len: 512}))
}
