package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/probity-scan/probity/cmd/internal/pipeline"
)

// progress is one line on a terminal, rewritten at most ten times a second; nowhere else does it say anything.
type progress struct {
	mu   sync.Mutex
	w    io.Writer // nil: silent
	last time.Time
	wide int
	used bool
}

func newProgress(w io.Writer, quiet bool) *progress {
	p := &progress{}
	if _, ok := terminal(w); ok && !quiet && os.Getenv("CI") == "" {
		p.w, p.wide = w, max(width(w), 40)
	}
	return p
}

func (p *progress) show(s pipeline.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.w == nil || time.Since(p.last) < 100*time.Millisecond {
		return
	}
	p.last, p.used = time.Now(), true
	text := fmt.Sprintf("%s %d/%d units, %d stores  %s", s.Phase, s.Done, s.Total, s.Assets, s.At)
	if s.Phase == "judging" {
		text = fmt.Sprintf("judging %d stores: %d verdicts", s.Assets, s.Done)
	}
	r := []rune(printable(text))
	if len(r) >= p.wide {
		r = r[:p.wide-1]
	}
	fmt.Fprintf(p.w, "\r\x1b[K%s", string(r))
}

func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.used {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
