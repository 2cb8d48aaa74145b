package content

import (
	"bytes"
	"io"
)

// mbox reads the messages of a mailbox. Each begins with a line "From " behind an empty one.
func (p *parser) mbox() error {
	if p.deep > nesting {
		return p.tooDeep()
	}
	n := p.nested()
	for len(p.in.unread()) > 0 {
		p.in.begin("the header at line")
		l := &letter{in: p.in}
		if err := n.message(l, p.in.finish); err != nil {
			return n.done(err)
		}
		if _, err := io.Copy(io.Discard, l); err != nil {
			break // the window tells why
		}
	}
	return n.done(nil)
}

// letter reads one message of a mailbox, without its first line.
type letter struct {
	in      *window
	rest    []byte
	inside  bool // a line that has begun
	blank   bool // the line before is empty
	started bool
}

func (l *letter) Read(p []byte) (int, error) {
	for len(l.rest) == 0 {
		if !l.inside && l.blank && bytes.HasPrefix(l.in.peek(5), []byte("From ")) {
			return 0, io.EOF
		}
		b, stop, ok := l.in.until("\n")
		if !ok {
			return 0, l.in.err
		}
		first := !l.started
		l.started = l.started || stop != 0
		if first {
			continue
		}
		l.blank = !l.inside && stop != 0 && len(bytes.TrimSuffix(b, []byte{'\r'})) == 0
		l.inside = stop == 0
		l.rest = append(l.rest[:0], b...)
		if stop != 0 {
			l.rest = append(l.rest, '\n')
		}
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}
