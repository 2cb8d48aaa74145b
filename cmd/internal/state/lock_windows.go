package state

import (
	"os"

	"golang.org/x/sys/windows"
)

func lock(f *os.File) error {
	if windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &windows.Overlapped{}) != nil {
		return ErrLocked
	}
	return nil
}
