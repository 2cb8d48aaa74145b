package redis

import (
	"bytes"
	"errors"
	"net"
	"strconv"
)

// What a server may answer. The client makes room for as much as a server announces, before it has come.
const (
	longestText   = 32 << 20  // bytes of one text
	longestAnswer = 128 << 20 // bytes between two questions
	longestLine   = 1 << 20
	mostElements  = 100_000 // of one list
	deepest       = 16      // lists in lists
)

var errHostile = errors.New("the server announces more than it was asked for")

// guard is a connection that is cut where a server announces too much (RESP2: redis.io/docs/reference/protocol-spec).
type guard struct {
	net.Conn
	skip  int64   // bytes of a text that are to come
	head  []byte  // of the line that has begun
	lists []int64 // elements that are to come, of each list that is open
	read  int64   // since the last question
}

// Read implements [net.Conn]. Nothing is handed on that was not looked at.
func (g *guard) Read(p []byte) (int, error) {
	n, err := g.Conn.Read(p)
	if bad := g.look(p[:n]); bad != nil {
		return 0, bad
	}
	return n, err
}

// Write implements [net.Conn].
func (g *guard) Write(p []byte) (int, error) {
	g.read = 0
	return g.Conn.Write(p)
}

func (g *guard) look(b []byte) error {
	if g.read += int64(len(b)); g.read > longestAnswer {
		return errHostile
	}
	for len(b) > 0 {
		if g.skip > 0 {
			n := min(g.skip, int64(len(b)))
			g.skip, b = g.skip-n, b[n:]
			continue
		}
		line, rest, ended := bytes.Cut(b, []byte{'\n'})
		if g.head = append(g.head, line...); len(g.head) > longestLine {
			return errHostile
		}
		if b = rest; ended {
			if err := g.line(bytes.TrimSuffix(g.head, []byte{'\r'})); err != nil {
				return err
			}
			g.head = g.head[:0]
		}
	}
	return nil
}

// line takes the head of a text or a list, or a line that is an answer by itself.
func (g *guard) line(l []byte) error {
	if len(l) == 0 {
		return errHostile
	}
	kind, n := l[0], int64(-1)
	if kind == '$' || kind == '*' {
		var err error
		if n, err = strconv.ParseInt(string(l[1:]), 10, 64); err != nil || n < -1 {
			return errHostile
		}
	}
	switch {
	case kind == '$' && n > longestText, kind == '*' && (n > mostElements || len(g.lists) >= deepest):
		return errHostile
	case kind == '$' && n >= 0:
		g.skip = n + 2
	case kind == '*' && n > 0:
		g.lists = append(g.lists, n)
		return nil
	}
	for k := len(g.lists) - 1; k >= 0; k-- { // an element has come, and with it perhaps the last one of its list
		if g.lists[k]--; g.lists[k] > 0 {
			break
		}
		g.lists = g.lists[:k]
	}
	return nil
}
