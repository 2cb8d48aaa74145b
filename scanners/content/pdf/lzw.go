package pdf

import (
	"bufio"
	"errors"
	"io"
)

// lzw reads LZWDecode (ISO 32000-1, 7.4.4.2). The standard library's grows its codes one code later than most files do.
type lzw struct {
	r    io.Reader
	late bool

	in     *bufio.Reader
	bits   uint
	n      uint
	width  uint
	last   int // the code before; negative: none
	prefix []uint16
	suffix []byte
	rest   []byte
	buf    []byte
}

const (
	lzwClear = 256
	lzwEnd   = 257
	lzwFirst = 258
	lzwCodes = 4096
)

var errLZW = errors.New("LZW stream is damaged")

func (l *lzw) Read(p []byte) (int, error) {
	if l.in == nil {
		l.in = bufio.NewReader(l.r)
		l.reset()
	}
	for len(l.rest) == 0 {
		if err := l.next(); err != nil {
			return 0, err
		}
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

func (l *lzw) reset() {
	l.width, l.last, l.prefix, l.suffix = 9, -1, l.prefix[:0], l.suffix[:0]
}

func (l *lzw) next() error {
	for l.n < l.width {
		c, err := l.in.ReadByte()
		if err != nil {
			return err
		}
		l.bits, l.n = l.bits<<8|uint(c), l.n+8
	}
	l.n -= l.width
	code := int(l.bits >> l.n & (1<<l.width - 1))
	switch {
	case code == lzwClear:
		l.reset()
		return nil
	case code == lzwEnd:
		return io.EOF
	case code > lzwFirst+len(l.prefix) || code == lzwFirst+len(l.prefix) && l.last < 0:
		return errLZW
	}
	if l.last >= 0 && lzwFirst+len(l.prefix) < lzwCodes {
		first := l.last
		if code < lzwFirst+len(l.prefix) {
			first = code
		}
		for first >= lzwFirst {
			first = int(l.prefix[first-lzwFirst])
		}
		l.prefix, l.suffix = append(l.prefix, uint16(l.last)), append(l.suffix, byte(first))
	} else if code >= lzwFirst+len(l.prefix) {
		return errLZW
	}
	l.expand(code)
	l.last = code
	early := 1
	if l.late {
		early = 0
	}
	for l.width < 12 && lzwFirst+len(l.prefix)+early >= 1<<l.width {
		l.width++
	}
	return nil
}

// expand writes what a code stands for, from its end.
func (l *lzw) expand(code int) {
	if l.buf == nil {
		l.buf = make([]byte, lzwCodes)
	}
	i := len(l.buf)
	for code >= lzwFirst {
		i--
		l.buf[i] = l.suffix[code-lzwFirst]
		code = int(l.prefix[code-lzwFirst])
	}
	i--
	l.buf[i] = byte(code)
	l.rest = l.buf[i:]
}
