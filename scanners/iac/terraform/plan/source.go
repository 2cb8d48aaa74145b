package plan

import (
	"errors"
	"io"
)

// source hands a plan to the decoder, which keeps each token whole: it cuts texts that nobody could want, leaves out space
// between tokens, and counts lines while the decoder reads ahead.
type source struct {
	src     io.Reader
	in      [32 << 10]byte
	out     []byte
	given   int64 // bytes handed out or ready in out
	quoted  bool
	escape  int // bytes left of an escape sequence
	token   int // length of the text, number or name under way
	cut     bool
	space   bool
	bounded bool // the decoder keeps what it reads now
	budget  int
	lines   int
	pending []newline
}

// newline stands for lines that end before the byte at an offset of what was handed out.
type newline struct {
	at int64
	n  int
}

const (
	maxString = 1 << 20
	maxWord   = 1 << 10 // of a number or a name such as true
	maxValue  = 8 << 20 // of a resource, a variable or an expression
)

// cutMark ends a text that was cut: a private character, so that no text ends so by itself.
const cutMark = "\ue001"

var errLarge = errors.New("a part of the plan is too large to read")

// Read implements io.Reader.
func (s *source) Read(p []byte) (int, error) {
	for len(s.out) == 0 {
		n, err := s.src.Read(s.in[:])
		for _, c := range s.in[:n] {
			if !s.quoted && s.token > maxWord {
				return 0, errLarge
			}
			s.take(c)
		}
		if err != nil && len(s.out) == 0 {
			return 0, err
		}
	}
	n := copy(p, s.out)
	s.out = append(s.out[:0], s.out[n:]...)
	if s.budget -= n; s.bounded && s.budget < 0 {
		return 0, errLarge
	}
	return n, nil
}

func (s *source) take(c byte) {
	switch {
	case s.quoted:
		s.text(c)
		return
	case c == '\n':
		if last := len(s.pending) - 1; last >= 0 && s.pending[last].at == s.given {
			s.pending[last].n++
		} else {
			s.pending = append(s.pending, newline{at: s.given, n: 1})
		}
		s.space = true
		return
	case c == ' ' || c == '\t' || c == '\r':
		s.space = true
		return
	}
	if s.space {
		s.give(' ')
		s.space, s.token = false, 0
	}
	switch c {
	case '{', '}', '[', ']', ',', ':':
		s.token = 0
	case '"':
		s.quoted, s.cut, s.escape, s.token = true, false, 0, 0
	default:
		s.token++
	}
	s.give(c)
}

// text passes a text on up to its limit. It is cut between characters only, or it would not be valid any more.
func (s *source) text(c byte) {
	s.token++
	whole := s.escape == 0 && c&0xc0 != 0x80
	switch {
	case s.escape == 1 && c == 'u':
		s.escape = 4
	case s.escape > 0:
		s.escape--
	case c == '\\':
		s.escape = 1
	case c == '"':
		s.quoted, s.token = false, 0
		s.give(c)
		return
	}
	if s.token > maxString && !s.cut && (whole || s.token > maxString+16) {
		s.cut = true
		s.give([]byte(cutMark)...)
	}
	if !s.cut || c < ' ' { // a control character, which is not valid JSON, is for the decoder to find
		s.give(c)
	}
}

func (s *source) give(c ...byte) {
	s.out = append(s.out, c...)
	s.given += int64(len(c))
}

// at is the 1-based line of an offset; offsets must not fall.
func (s *source) at(offset int64) int {
	n := 0
	for ; n < len(s.pending) && s.pending[n].at < offset; n++ {
		s.lines += s.pending[n].n
	}
	s.pending = append(s.pending[:0], s.pending[n:]...)
	return s.lines + 1
}
