package content

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/probity-scan/probity"
)

const (
	least = 4 << 10 // bytes of one fetch, or a 64th of the budget, up to usual; fetches that follow each other grow, up to most
	usual = 64 << 10
	most  = 1 << 20
	keeps = 4 << 20 // bytes of the last fetches that are held
)

// ranged reads anywhere in an object: what has its directory at its end is read through it. Where the object lies in a file or
// behind requests for ranges, what is fetched of it is taken from the budget of bytes and little of it is held; else all is.
// It serves one goroutine.
type ranged struct {
	ctx  context.Context
	in   *window
	from io.ReaderAt
	size int64
	held []fetched // the last used comes last
	next int64     // where a fetch would follow the last one
	part int64     // where what is being read ends; 0: nowhere
	few  int64     // bytes of a fetch that follows none
	step int64
	err  error // the first that a fetch ended with; libraries make others of it
}

type fetched struct {
	at int64
	b  []byte
}

// ranged gives the object that the input is the beginning of, and nil where it cannot be had: the report then says why.
func (p *parser) ranged(what string) *ranged {
	r := &ranged{ctx: p.ctx, in: p.in, from: p.in.from, size: p.opts.Size, next: -1}
	if r.from == nil || r.size <= 0 {
		b := p.whole(what)
		if b == nil {
			return nil
		}
		r.from, r.size, r.in = bytes.NewReader(b), int64(len(b)), nil
		return r
	}
	p.rep.Ranged = true
	r.few = max(least, min(usual, p.opts.Bytes/64))
	if p.in.at == 0 && int64(p.in.end) == p.in.read { // nothing of it was dropped
		r.hold(fetched{0, bytes.Clone(p.in.buf[:p.in.end])})
	}
	return r
}

// ReadAt implements [io.ReaderAt].
func (r *ranged) ReadAt(p []byte, at int64) (int, error) {
	if r.in == nil {
		return r.from.ReadAt(p, at)
	}
	n := 0
	for n < len(p) {
		b, err := r.bytes(at+int64(n), int64(len(p)-n))
		if err != nil {
			return n, err
		}
		n += copy(p[n:], b)
	}
	return n, nil
}

// bytes gives some at a place, fetching about as many as are wanted where none are held.
func (r *ranged) bytes(at, want int64) ([]byte, error) {
	if at < 0 || at >= r.size {
		return nil, io.EOF
	}
	for i := len(r.held) - 1; i >= 0; i-- {
		h := r.held[i]
		if at >= h.at && at < h.at+int64(len(h.b)) {
			r.held = append(append(r.held[:i], r.held[i+1:]...), h)
			return h.b[at-h.at:], nil
		}
	}
	if r.err != nil {
		return nil, r.err
	}
	h, err := r.fetch(at, want)
	if err != nil {
		r.err = err
		return nil, err
	}
	return h.b[at-h.at:], nil
}

func (r *ranged) fetch(at, want int64) (fetched, error) {
	if err := r.ctx.Err(); err != nil {
		return fetched{}, err
	}
	if r.step = min(2*r.step, most); at != r.next {
		r.step = r.few
	}
	h := fetched{at: at}
	if tail := max(0, r.size-r.few); at > tail && len(r.held) < 2 { // a directory is read from the end backwards
		h.at = tail
	}
	n := min(max(r.step, min(want, most)), r.end(at)-h.at)
	if n > r.in.left {
		h.at, n = at, min(n, r.in.left, r.end(at)-at)
	}
	if n <= 0 {
		return fetched{}, errBudget
	}
	h.b = make([]byte, n)
	got, err := r.from.ReadAt(h.b, h.at)
	r.in.left, r.in.read = r.in.left-int64(got), r.in.read+int64(got)
	if int64(got) < n {
		if err == nil || errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF // shorter than its store says
		}
		return fetched{}, fmt.Errorf("reading %d bytes at %d: %w", n, h.at, err)
	}
	r.next = h.at + n
	r.hold(h)
	return h, nil
}

// end is where a fetch at a place ends at the latest: nothing is fetched ahead of its part, nor twice.
func (r *ranged) end(at int64) int64 {
	end := r.size
	if r.part > at {
		end = r.part
	}
	for _, h := range r.held {
		if h.at > at {
			end = min(end, h.at)
		}
	}
	return end
}

// hold keeps what was fetched, and lets go of what was not used for longest, but for the beginning of the object.
func (r *ranged) hold(h fetched) {
	r.held = append(r.held, h)
	n := 0
	for _, h := range r.held {
		n += len(h.b)
	}
	r.held = slices.DeleteFunc(r.held, func(f fetched) bool {
		if n <= keeps || f.at == 0 || f.at == h.at {
			return false
		}
		n -= len(f.b)
		return true
	})
}

// left is how many bytes may still be fetched.
func (r *ranged) left() int64 {
	if r.in == nil {
		return math.MaxInt64
	}
	return r.in.left
}

// unopened says why not even the directory of the object could be read; nil: no fetch failed.
func (r *ranged) unopened(what string) *probity.Gap {
	switch {
	case r.err == nil:
		return nil
	case errors.Is(r.err, errBudget):
		return &probity.Gap{Reason: probity.Unreadable, Because: what + " takes more than " + units(r.in.read) + " to be opened", Needs: "a larger --bytes"}
	case errors.Is(r.err, io.ErrUnexpectedEOF):
		return &probity.Gap{Reason: probity.Unreadable, Because: what + " was cut short while it was read"}
	}
	g := Lost(r.err)
	return &g
}

// whole holds the rest of the input in memory, and gives nil where it is longer than the budget.
func (p *parser) whole(what string) []byte {
	var b bytes.Buffer
	if s := min(p.opts.Size, p.opts.Bytes); s > 0 && !p.in.packed {
		b.Grow(int(s) + bytes.MinRead)
	}
	if _, err := b.ReadFrom(p.in); err != nil {
		if errors.Is(err, errBudget) {
			p.rep.Gap = &probity.Gap{Reason: probity.Unreadable, Because: what + " is larger than " + units(p.opts.Bytes), Needs: "a larger --bytes"}
			p.begun = b.Bytes()
		}
		return nil
	}
	return b.Bytes()
}
