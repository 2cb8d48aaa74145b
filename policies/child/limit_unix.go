//go:build unix

package child

import (
	"fmt"
	"syscall"
)

// Limited says whether a child's memory can be limited here.
const Limited = true

// LimitMemory bounds the heap of this process. RLIMIT_AS would count what Go's runtime only reserves.
func LimitMemory(bytes int64) error {
	if bytes <= 0 {
		return nil
	}
	lim := syscall.Rlimit{Cur: uint64(bytes), Max: uint64(bytes)}
	if err := syscall.Setrlimit(syscall.RLIMIT_DATA, &lim); err != nil {
		return fmt.Errorf("limiting memory: %w", err)
	}
	return nil
}
