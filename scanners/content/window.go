package content

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/probity-scan/probity"
)

var (
	errBudget = errors.New("byte budget used up")
	errLong   = errors.New("a record is too long")
)

// window is the part of the input that is in memory: buf[at:end]. It counts lines for messages, which never quote content.
type window struct {
	r    io.Reader
	buf  []byte
	at   int
	end  int
	left int64 // bytes still allowed
	read int64
	line int // of buf[at], 1-based; kept by the parsers
	err  error

	record record  // that is being read
	text   checked // nil: nothing to tell
	packed bool
	from   io.ReaderAt // the object itself; nil: there is but the stream, or it is packed
}

// record is a line, a row or a string: what a stranger's parser would have to hold in memory.
type record struct {
	what string // empty: nothing that may not be long
	line int
	from int64
	most int64
}

const longest = 16 << 20 // of a record

// begin says that a record starts here.
func (w *window) begin(what string) { w.beginShort(what, longest) }

// beginShort says that a record of no more bytes than most starts here.
func (w *window) beginShort(what string, most int64) {
	w.record = record{what, w.line, w.read - int64(w.end-w.at), most}
}

// finish says that what follows the record is none.
func (w *window) finish() {
	if !w.cut() {
		w.record.what = ""
	}
}

// cut reports whether the input stops here because of a bound, and not for its own end.
func (w *window) cut() bool {
	return w.at == w.end && (errors.Is(w.err, errBudget) || errors.Is(w.err, errLong))
}

func newWindow(r io.Reader, budget int64) *window {
	return &window{r: r, buf: make([]byte, sniffed), left: budget, line: 1}
}

// more reads on, keeping what is unread; false at the end of what can be had.
func (w *window) more() bool {
	if w.err != nil {
		return false
	}
	if w.at > 0 {
		copy(w.buf, w.buf[w.at:w.end])
		w.end -= w.at
		w.at = 0
	}
	if w.end == len(w.buf) {
		return false
	}
	if w.record.what != "" && w.read-w.record.from > w.record.most {
		w.err = errLong
		return false
	}
	for range 100 {
		n, err := w.r.Read(w.buf[w.end:])
		if int64(n) > w.left {
			n, err = int(w.left), errBudget
		}
		w.end += n
		w.left -= int64(n)
		w.read += int64(n)
		w.err = err
		if n > 0 {
			return true
		}
		if err != nil {
			return false
		}
	}
	w.err = io.ErrNoProgress
	return false
}

// unread is what is in memory, never empty before the end.
func (w *window) unread() []byte {
	if w.at == w.end {
		w.more()
	}
	return w.buf[w.at:w.end]
}

func (w *window) peek(n int) []byte {
	for w.end-w.at < n && w.more() {
	}
	return w.buf[w.at:min(w.end, w.at+n)]
}

func (w *window) ended() bool { return w.err != nil }

// next gives one byte; ok is false at the end.
func (w *window) next() (c byte, ok bool) {
	if w.at == w.end && !w.more() {
		return 0, false
	}
	c = w.buf[w.at]
	w.at++
	if c == '\n' {
		w.line++
	}
	return c, true
}

// until gives the bytes before the first of the stops, and that stop; without one it gives all in memory and 0.
func (w *window) until(stops string) (b []byte, stop byte, ok bool) {
	b = w.unread()
	if len(b) == 0 {
		return nil, 0, false
	}
	i := indexAny(b, stops)
	if i < 0 && b[len(b)-1] == '\r' && strings.HasSuffix(stops, "\n") {
		// what ends a line together stays together
		if len(b) > 1 {
			w.at = w.end - 1
			w.line += bytes.Count(b, []byte{'\n'})
			return b[:len(b)-1], 0, true
		}
		if w.more() {
			b = w.buf[w.at:w.end]
			i = indexAny(b, stops)
		}
	}
	if i < 0 {
		w.at = w.end
		w.line += bytes.Count(b, []byte{'\n'})
		return b, 0, true
	}
	w.at += i + 1
	w.line += bytes.Count(b[:i+1], []byte{'\n'})
	return b[:i], b[i], true
}

func indexAny(b []byte, stops string) int {
	if len(stops) == 1 {
		return bytes.IndexByte(b, stops[0])
	}
	for i, c := range b {
		for j := 0; j < len(stops); j++ {
			if c == stops[j] {
				return i
			}
		}
	}
	return -1
}

// gap is why the input was not read to its end, and nil where it was. size is that of the object; 0: not known.
func (w *window) gap(size int64) *probity.Gap {
	switch {
	case w.err == nil, errors.Is(w.err, io.EOF):
		return nil
	case errors.Is(w.err, errLong):
		return &probity.Gap{Reason: probity.Unreadable, Because: fmt.Sprintf("%s %d is longer than %s", w.record.what, w.record.line, units(w.record.most)), Needs: "shorter lines, or --exclude"}
	case errors.Is(w.err, errBudget) && size > w.read && !w.packed:
		return &probity.Gap{Reason: probity.Sampled, Because: "first " + units(w.read) + " of " + units(size), Needs: fmt.Sprintf("--bytes %d", size)}
	case errors.Is(w.err, errBudget):
		return &probity.Gap{Reason: probity.Sampled, Because: "first " + units(w.read), Needs: "a larger --bytes"}
	}
	g := Lost(w.err)
	return &g
}

// units writes a number of bytes for people: "500 bytes", "64 MiB", "1.5 GiB".
func units(n int64) string {
	if n < 1<<10 {
		return fmt.Sprintf("%d bytes", n)
	}
	f, i := float64(n), 0
	for f >= 1<<10 && i < 4 {
		f, i = f/(1<<10), i+1
	}
	return strings.Replace(fmt.Sprintf("%.1f %ciB", f, " KMGT"[i]), ".0 ", " ", 1)
}

// Read implements [io.Reader], for libraries.
func (w *window) Read(p []byte) (int, error) {
	b := w.unread()
	if len(b) == 0 {
		return 0, w.err
	}
	n := copy(p, b)
	w.at += n
	w.line += bytes.Count(p[:n], []byte{'\n'})
	return n, nil
}

// ReadByte implements [io.ByteReader], for libraries that then read no further than they have to.
func (w *window) ReadByte() (byte, error) {
	c, ok := w.next()
	if !ok {
		return 0, w.err
	}
	return c, nil
}
