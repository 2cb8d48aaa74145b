package databasetest

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"net"
	"strconv"
	"testing"
)

// Relay stands before a server, and tells each statement that a client says in clear before it hands it on: what the transaction
// holds by the statements before is then still held.
func (s *Server) Relay(t *testing.T, tell func(ctx context.Context, statement string)) (port int) {
	t.Helper()
	return accept(t, func(client net.Conn) {
		server, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(s.Port)))
		if err != nil {
			return
		}
		r, w := io.Pipe()
		done := make(chan struct{})
		go func() {
			defer close(done)
			for first := true; ; first = false {
				message, statement, err := s.frame(client, first)
				if err != nil {
					w.CloseWithError(err)
					return
				}
				if statement != "" {
					tell(t.Context(), statement)
				}
				if _, err := w.Write(message); err != nil {
					return
				}
			}
		}()
		join(r, client, server, server)
		<-done
	})
}

// postgresFrame reads a message of a client of PostgreSQL, and the statement in it. The first has no letter before its length.
func postgresFrame(r io.Reader, first bool) (message []byte, statement string, err error) {
	head := make([]byte, 5)
	if first {
		head = head[:4]
	}
	if _, err = io.ReadFull(r, head); err != nil {
		return nil, "", err
	}
	body := make([]byte, binary.BigEndian.Uint32(head[len(head)-4:])-4)
	if _, err = io.ReadFull(r, body); err != nil {
		return nil, "", err
	}
	switch {
	case first:
	case head[0] == 'Q':
		statement = string(bytes.TrimRight(body, "\x00"))
	case head[0] == 'P':
		_, rest, _ := bytes.Cut(body, []byte{0})
		rest, _, _ = bytes.Cut(rest, []byte{0})
		statement = string(rest)
	}
	return append(head, body...), statement, nil
}

// mysqlFrame reads a packet of a client of MySQL, and the statement in it: those begin a conversation, and have the number 0.
func mysqlFrame(r io.Reader, _ bool) (message []byte, statement string, err error) {
	var all bytes.Buffer
	body, err := packet(io.TeeReader(r, &all))
	if err == nil && all.Bytes()[3] == 0 && len(body) > 0 && body[0] == 3 {
		statement = string(body[1:])
	}
	return all.Bytes(), statement, err
}
