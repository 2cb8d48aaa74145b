//go:build unix

package state

import (
	"os"

	"golang.org/x/sys/unix"
)

func lock(f *os.File) error {
	if unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB) != nil { //nolint:gosec // a descriptor is a small number
		return ErrLocked
	}
	return nil
}
