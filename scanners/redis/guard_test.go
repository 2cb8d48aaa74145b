package redis

import (
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"testing/iotest"
)

// heard is a connection on which a server says something.
type heard struct {
	net.Conn
	io.Reader
}

func (h heard) Read(p []byte) (int, error)  { return h.Reader.Read(p) }
func (h heard) Write(p []byte) (int, error) { return len(p), nil }

// TestGuard: what a server that keeps to the protocol says passes as it is, in pieces of any size, and what no client should make room
// for does not pass.
func TestGuard(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		says string
		bad  bool
	}{
		"answers":        {"+OK\r\n:17\r\n-ERR no\r\n$5\r\na\r\nbc\r\n$0\r\n\r\n$-1\r\n*-1\r\n*0\r\n", false},
		"lists in lists": {strings.Repeat("*2\r\n$1\r\n0\r\n*2\r\n*2\r\n$1\r\na\r\n$-1\r\n*0\r\n", 50), false},
		"many lists":     {strings.Repeat("*1\r\n:1\r\n", 1000), false},
		"a long text":    {fmt.Sprintf("$%d\r\n", int64(longestText)+1), true},
		"no length":      {"$x\r\n", true},
		"below nothing":  {"*-2\r\n", true},
		"a long list":    {"*1000000000\r\n", true},
		"deep lists":     {strings.Repeat("*1\r\n", deepest+1), true},
		"a long line":    {"+" + strings.Repeat("x", longestLine+1), true},
		"an empty line":  {"\r\n", true},
	} {
		for size, r := range map[string]io.Reader{"whole": strings.NewReader(c.says), "in bytes": iotest.OneByteReader(strings.NewReader(c.says))} {
			g := &guard{Conn: heard{Reader: r}}
			got, err := io.ReadAll(g)
			if bad := errors.Is(err, errHostile); bad != c.bad || !bad && (err != nil || string(got) != c.says || len(g.lists) > 0) {
				t.Errorf("%s, %s: got %v, %d of %d bytes and %d open lists", name, size, err, len(got), len(c.says), len(g.lists))
			}
		}
	}
}

// TestGuardCounts what comes between two questions, and not what comes in all.
func TestGuardCounts(t *testing.T) {
	t.Parallel()
	text := fmt.Sprintf("$%d\r\n", longestText) + strings.Repeat("x", longestText) + "\r\n"
	for _, asks := range []bool{true, false} {
		var err error
		g := &guard{}
		for range longestAnswer/longestText + 1 {
			g.Conn = heard{Reader: strings.NewReader(text)}
			if asks {
				_, _ = g.Write([]byte("*1\r\n"))
			}
			if _, err = io.Copy(io.Discard, g); err != nil {
				break
			}
		}
		if errors.Is(err, errHostile) == asks {
			t.Errorf("asked in between: %v, got %v", asks, err)
		}
	}
}
