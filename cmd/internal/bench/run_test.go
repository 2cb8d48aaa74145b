package bench

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// run is what one run of a program took.
type run struct {
	wall time.Duration
	cpu  time.Duration // of all processors together
	peak float64       // MB of memory, at most
}

// measure runs a program to its end; a finding or a loss is no failure of it.
func measure(b *testing.B, dir, program string, args ...string) run {
	b.Helper()
	return measured(b, command(b.Context(), dir, program, args...))
}

func command(ctx context.Context, dir, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = dir
	return cmd
}

func measured(b *testing.B, cmd *exec.Cmd) run {
	b.Helper()
	var stderr strings.Builder
	cmd.Stderr = &stderr
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	var exit *exec.ExitError
	if errors.As(err, &exit) && (exit.ExitCode() == 1 || exit.ExitCode() == 3) {
		err = nil
	}
	if err != nil {
		b.Fatalf("%s: %v\n%s", filepath.Base(cmd.Path), err, stderr.String())
	}
	s := cmd.ProcessState
	return run{wall: wall, cpu: s.UserTime() + s.SystemTime(), peak: peak(s)}
}

// median is that of each figure, for a machine that others use now and then.
func median(runs []run) run {
	return run{wall: middle(runs, func(r run) time.Duration { return r.wall }), cpu: middle(runs, func(r run) time.Duration { return r.cpu }), peak: middle(runs, func(r run) float64 { return r.peak })}
}

func middle[T cmp.Ordered](runs []run, of func(run) T) T {
	var all []T
	for _, r := range runs {
		all = append(all, of(r))
	}
	slices.Sort(all)
	return all[len(all)/2]
}

func ratio[T ~int64 | ~float64](a, b T) float64 { return float64(a) / float64(b) }

// probity is the program to measure: that of make, or one built now. It is copied as one that is installed is: of a file that
// the linker has just written the system maps much more than the program touches.
func probity(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	built := os.Getenv("PROBITY_BINARY")
	if built == "" {
		built = filepath.Join(dir, "built")
		if out, err := exec.CommandContext(b.Context(), "go", "build", "-buildvcs=false", "-o", built, "../../probity").CombinedOutput(); err != nil {
			b.Fatalf("building probity: %v\n%s", err, out)
		}
	}
	from, err := os.Open(built)
	if err != nil {
		b.Fatal(err)
	}
	defer from.Close()
	p := filepath.Join(dir, "probity")
	to, err := os.OpenFile(p, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := io.Copy(to, from); err != nil {
		b.Fatal(err)
	}
	if err := to.Close(); err != nil {
		b.Fatal(err)
	}
	return p
}

// score reports how much of what was planted was told of, and of how much that is as it should be.
func score[T any](b *testing.B, stores []T, of func(T) (bad, told bool)) {
	b.Helper()
	planted, found, wrong := 0, 0, 0
	for _, s := range stores {
		switch bad, told := of(s); {
		case bad && told:
			planted, found = planted+1, found+1
		case bad:
			planted++
		case told:
			wrong++
		}
	}
	b.ReportMetric(float64(found)/float64(planted), "recall")
	b.ReportMetric(float64(wrong), "false")
}
