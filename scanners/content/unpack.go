package content

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"

	"github.com/probity-scan/probity"
)

const (
	nesting = 3       // gzip in gzip in gzip; archives in archives
	grace   = 1 << 20 // bytes unpacked before the ratio counts
)

var (
	errNested = errors.New("packed more than 3 times over")
	errDeep   = errors.New("archives in archives, more than 3 deep")
	errBomb   = errors.New("unpacks to far more than its size")
)

// open unpacks, bounds and decodes; trail is the name without what was unpacked.
func open(ctx context.Context, name string, r io.Reader, o Options) (in *window, trail string) {
	packed := &counter{ctx: ctx, r: r}
	var src io.Reader = packed
	trail = strings.ToLower(name)
	for depth := 0; ; depth++ {
		b := bufio.NewReaderSize(src, sniffed)
		head, _ := b.Peek(10)
		c := packing(head)
		if c == nil {
			in, text := decode(b, trail)
			w := newWindow(in, o.Bytes)
			w.text, w.packed = text, depth > 0
			if !w.packed {
				w.from = o.At
			}
			return w, trail
		}
		if depth == nesting {
			return newWindow(broken{errNested}, o.Bytes), trail
		}
		z, err := c.open(b)
		if err != nil {
			return newWindow(broken{c.told(err)}, o.Bytes), trail
		}
		src = &ratio{r: stream{z, c}, packed: packed, max: o.Ratio}
		trail = unpacked(trail)
	}
}

type counter struct {
	ctx context.Context
	r   io.Reader
	n   int64
}

func (c *counter) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

type ratio struct {
	r      io.Reader
	packed *counter
	n, max int64
}

func (r *ratio) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	r.n += int64(n)
	if r.n > grace && r.n > r.max*max(r.packed.n, 1) {
		return 0, errBomb
	}
	return n, err
}

type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }

// Lost is the gap of an object that could not be opened or read on. The texts are ours: a library's might quote what it read.
func Lost(err error) probity.Gap {
	g := probity.Gap{Reason: probity.Unreadable, Because: "reading it failed"}
	var pe *fs.PathError
	var se *streamError
	switch {
	case errors.Is(err, fs.ErrPermission):
		g.Reason, g.Because, g.Needs = probity.Denied, "permission denied", "read permission on the file"
	case errors.Is(err, errNested), errors.Is(err, errDeep), errors.Is(err, errBomb):
		for e := err; e != nil; e = errors.Unwrap(e) {
			g.Because = e.Error()
		}
	case errors.As(err, &pe):
		g.Because = pe.Err.Error()
	case errors.As(err, &se):
		g.Because = se.because()
	case errors.Is(err, io.ErrUnexpectedEOF):
		g.Because = "unexpected end of gzip stream"
	case errors.Is(err, gzip.ErrChecksum):
		g.Because = "gzip checksum does not match"
	case errors.Is(err, gzip.ErrHeader):
		g.Because = "gzip header is damaged"
	default:
		var corrupt interface{ Error() string }
		if errors.As(err, &corrupt) && strings.HasPrefix(corrupt.Error(), "flate: corrupt input") {
			g.Because = "gzip stream is damaged"
		}
	}
	return g
}
