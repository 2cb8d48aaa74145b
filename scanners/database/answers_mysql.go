package database

import (
	"context"
	"errors"
	"net"
)

// longestAnswer are bytes that a server of MySQL may send before it is spoken to again. The driver puts a row together from as many pieces
// as the server sends, and would make room for all of them.
const longestAnswer = 1 << 30

var errLong = errors.New("the server sends more bytes than an answer may have")

// answers bounds what a server sends at a time.
type answers struct{ limit int }

func (a answers) dial(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &answering{Conn: c, limit: a.limit}, nil
}

// answering is a connection that counts what came since something was said last.
type answering struct {
	net.Conn
	limit, got int
}

func (c *answering) Write(b []byte) (int, error) {
	c.got = 0
	return c.Conn.Write(b)
}

func (c *answering) Read(b []byte) (int, error) {
	if c.got >= c.limit {
		return 0, errLong
	}
	n, err := c.Conn.Read(b)
	c.got += n
	return n, err
}
