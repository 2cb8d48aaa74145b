//go:build unix

package bench

import (
	"os"
	"runtime"
	"syscall"
)

// peak is the most memory that a process held, in MB.
func peak(s *os.ProcessState) float64 {
	u, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" { // bytes there, kilobytes elsewhere
		return float64(u.Maxrss) / 1e6
	}
	return float64(u.Maxrss) / 1e3
}
