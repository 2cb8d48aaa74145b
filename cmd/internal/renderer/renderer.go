// Package renderer renders charts and kustomizations of strangers in a process of its own: the same binary, without environment
// or network, under a memory limit that it sets itself and a deadline that its parent keeps. One job is one process.
package renderer

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"github.com/probity-scan/probity/policies/child"
	"github.com/probity-scan/probity/scanners/iac/kubernetes/render"
)

// Command is the hidden argument that makes the program a renderer.
const Command = "__render"

// Limits bound what a job may use; zero fields have the defaults.
type Limits struct {
	Deadline time.Duration // 20 s
	Memory   int64         // bytes; 512 MiB
}

// ask is what the process reads.
type ask struct {
	Memory int64      `json:"memory"`
	Job    render.Job `json:"job"`
}

// answer is what it writes.
type answer struct {
	Error  string        `json:"error,omitempty"`
	Result render.Result `json:"result"`
}

// maxAnswer is more than the documents of a job take as JSON.
const maxAnswer = 4 * render.MaxOutput

// New renders by the given program, normally the own executable.
func New(program string, l Limits) render.Func {
	if l.Deadline <= 0 {
		l.Deadline = 20 * time.Second
	}
	if l.Memory <= 0 {
		l.Memory = 512 << 20
	}
	return func(ctx context.Context, job render.Job) (render.Result, error) {
		bounded, cancel := context.WithTimeout(ctx, l.Deadline)
		defer cancel()
		out, err := l.run(bounded, program, job)
		switch {
		case ctx.Err() != nil:
			return render.Result{}, context.Cause(ctx)
		case bounded.Err() != nil:
			return render.Result{}, fmt.Errorf("rendering took longer than %s and was stopped", l.Deadline)
		}
		return out, err
	}
}

func (l Limits) run(ctx context.Context, program string, job render.Job) (render.Result, error) {
	in, err := json.Marshal(ask{Memory: l.Memory, Job: job})
	if err != nil {
		return render.Result{}, fmt.Errorf("asking the renderer: %w", err)
	}
	cmd := exec.CommandContext(ctx, program, Command)
	cmd.Env = []string{"GOTRACEBACK=none"} // a crash must not print what it held; without PATH nothing is found to run
	cmd.Dir = os.TempDir()
	cmd.Stdin = bytes.NewReader(in)
	out, crash := &limited{left: maxAnswer}, &limited{left: 64 << 10}
	cmd.Stdout, cmd.Stderr = out, crash
	if err := cmd.Run(); err != nil {
		return render.Result{}, l.died(out, crash.kept.String())
	}
	var a answer
	if err := json.Unmarshal(out.kept.Bytes(), &a); err != nil {
		return render.Result{}, errors.New("the renderer gave no answer")
	}
	if a.Error != "" {
		return render.Result{}, errors.New(a.Error)
	}
	return a.Result, nil
}

// died says why a renderer is gone, without anything that it held.
func (l Limits) died(out *limited, crash string) error {
	switch {
	case out.full:
		return errors.New("rendering gave too much and was stopped")
	case child.OutOfMemory(crash):
		return fmt.Errorf("rendering needed more than %d MiB of memory and was stopped", l.Memory>>20)
	case child.TooDeep(crash):
		return errors.New("rendering recursed too deep and was stopped")
	}
	return errors.New("the renderer crashed")
}

// limited keeps as much as it may, and then refuses. Nothing but Write may fill it: a buffer's own ReadFrom knows no limit.
type limited struct {
	kept bytes.Buffer
	left int
	full bool
}

// Write implements [io.Writer].
func (l *limited) Write(p []byte) (int, error) {
	if l.left -= len(p); l.left < 0 {
		l.full = true
		return 0, io.ErrShortBuffer
	}
	return l.kept.Write(p)
}
