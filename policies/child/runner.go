package child

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/verdict"
)

// Limits bound what a stranger's rule may use; zero fields have the defaults.
type Limits struct {
	Deadline time.Duration // of one rule over one batch of inputs; 10 s
	Memory   int64         // bytes; 512 MiB
	Answer   int64         // bytes that one answer may have, which this process holds; 32 MiB
}

// Batch is how many inputs are judged under one deadline.
const Batch = 500

// Runner asks rules in child processes, one at a time: who asks meanwhile waits.
type Runner struct {
	program string
	job     Job
	limits  Limits

	mu   sync.Mutex
	proc *process
}

type process struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *json.Decoder
	answer *bounded
	stderr *bytes.Buffer
}

// NewRunner runs the rules of a job by the given program, normally the own executable.
func NewRunner(program string, job Job, l Limits) *Runner {
	if l.Deadline <= 0 {
		l.Deadline = 10 * time.Second
	}
	if l.Memory <= 0 {
		l.Memory = 512 << 20
	}
	if l.Answer <= 0 {
		l.Answer = 32 << 20
	}
	job.Memory = l.Memory
	return &Runner{program: program, job: job, limits: l}
}

// Check compiles a rule and gives its reads.
func (r *Runner) Check(ctx context.Context, rule int) ([]probity.Path, error) {
	a, err := r.ask(ctx, ask{Rule: rule})
	if err != nil {
		return nil, err
	}
	return a.Reads, nil
}

// Judge asks a rule about inputs, at most Batch of them. An error is the rule's: it crashed, took too long or too much.
func (r *Runner) Judge(ctx context.Context, rule int, inputs []*verdict.Node) ([]Judged, error) {
	a, err := r.ask(ctx, ask{Rule: rule, Inputs: inputs})
	if err != nil {
		return nil, err
	}
	if len(a.Results) != len(inputs) {
		return nil, fmt.Errorf("answered %d of %d inputs", len(a.Results), len(inputs))
	}
	return a.Results, nil
}

// Trace evaluates a rule over one input, step by step.
func (r *Runner) Trace(ctx context.Context, rule int, input *verdict.Node) (Traced, error) {
	a, err := r.ask(ctx, ask{Rule: rule, Inputs: []*verdict.Node{input}, Trace: true})
	if err != nil {
		return Traced{}, err
	}
	if len(a.Traces) != 1 {
		return Traced{}, errors.New("answered without a trace")
	}
	return a.Traces[0], nil
}

func (r *Runner) ask(ctx context.Context, a ask) (answer, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.proc == nil {
		p, err := r.start(ctx)
		if err != nil {
			return answer{}, err
		}
		r.proc = p
	}
	type reply struct {
		a   answer
		err error
	}
	done := make(chan reply, 1)
	p := r.proc
	p.answer.left = r.limits.Answer
	go func() {
		var rep reply
		if rep.err = json.NewEncoder(p.in).Encode(a); rep.err == nil {
			rep.err = p.out.Decode(&rep.a)
		}
		done <- rep
	}()
	timer := time.NewTimer(r.limits.Deadline)
	defer timer.Stop()
	select {
	case rep := <-done:
		if errors.Is(rep.err, errTooLong) {
			r.kill()
			return answer{}, fmt.Errorf("answered with more than %d MiB and was stopped", r.limits.Answer>>20)
		}
		if rep.err != nil {
			return answer{}, r.died()
		}
		if rep.a.Error != "" {
			return answer{}, errors.New(rep.a.Error)
		}
		return rep.a, nil
	case <-timer.C:
		r.kill()
		<-done
		return answer{}, fmt.Errorf("took longer than %s and was stopped", r.limits.Deadline)
	case <-ctx.Done():
		r.kill()
		<-done
		return answer{}, ctx.Err()
	}
}

func (r *Runner) start(ctx context.Context) (*process, error) {
	cmd := exec.CommandContext(ctx, r.program, Command)
	// A crash must not print what it held, and rules must not tell where they run by its hour.
	cmd.Env = []string{"GOTRACEBACK=none", "TZ=UTC"}
	cmd.Dir = os.TempDir()
	p := &process{cmd: cmd, stderr: &bytes.Buffer{}}
	cmd.Stderr = p.stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("starting the judge of user rules: %w", err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("starting the judge of user rules: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting the judge of user rules: %w", err)
	}
	p.answer = &bounded{r: out}
	p.in, p.out = in, json.NewDecoder(bufio.NewReader(p.answer))
	if err := json.NewEncoder(in).Encode(r.job); err != nil {
		r.proc = p
		return nil, r.died()
	}
	return p, nil
}

var errTooLong = errors.New("the answer is too long")

// bounded reads no more than is left.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLong
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

// died collects a dead child and says why, without anything that it held.
func (r *Runner) died() error {
	p := r.proc
	r.kill()
	switch text := p.stderr.String(); {
	case TooDeep(text):
		return errors.New("recursed too deep and was stopped")
	case OutOfMemory(text):
		return fmt.Errorf("needed more than %d MiB of memory and was stopped", r.limits.Memory>>20)
	}
	return errors.New("crashed")
}

// TooDeep tells from what a Go program said at its end that it recursed without end.
func TooDeep(said string) bool {
	return strings.Contains(said, "goroutine stack exceeds") || strings.Contains(said, "stack overflow")
}

// OutOfMemory tells from what a Go program said at its end that its memory was limited. Where the limit is met decides which
// of these the runtime says (a thread whose stack finds no room is refused by the C library in words of its own); each dump of
// it speaks of a "runtime stack" besides.
func OutOfMemory(said string) bool {
	return slices.ContainsFunc([]string{"out of memory", "cannot allocate", "failed to allocate", "cannot map", "errno=12", "pthread_create failed"}, func(s string) bool { return strings.Contains(said, s) })
}

func (r *Runner) kill() {
	if r.proc == nil {
		return
	}
	_ = r.proc.in.Close()
	_ = r.proc.cmd.Process.Kill()
	_ = r.proc.cmd.Wait()
	r.proc = nil
}

// Close ends the child.
func (r *Runner) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kill()
}
