package databasetest

import (
	"bytes"
	"context"
	"io"
	"net"
	"strconv"
	"sync"
	"testing"
)

// Wire stands before a server, and remembers what it is sent in clear.
type Wire struct {
	Port int

	mu   sync.Mutex
	sent bytes.Buffer
}

// Wire puts one before the server.
func (s *Server) Wire(t *testing.T) *Wire {
	t.Helper()
	w := &Wire{}
	w.Port = accept(t, func(client net.Conn) {
		server, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(s.Port)))
		if err != nil {
			return
		}
		join(io.TeeReader(client, w), client, server, server)
	})
	return w
}

// Write implements [io.Writer].
func (w *Wire) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.sent.Write(b)
}

// Sent is what was sent so far.
func (w *Wire) Sent() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.sent.String()
}

// accept serves connections on a free port until the test ends, and closes each when it is done.
func accept(t *testing.T, serve func(net.Conn)) (port int) {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	t.Cleanup(func() { _ = l.Close(); all.Wait() })
	all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				defer context.AfterFunc(t.Context(), func() { _ = c.Close() })()
				defer func() { _ = c.Close() }()
				serve(c)
			})
		}
	})
	return l.Addr().(*net.TCPAddr).Port
}

// join hands on what each side says until one of them is done.
func join(fromClient io.Reader, client net.Conn, fromServer io.Reader, server net.Conn) {
	done := make(chan struct{})
	go func() {
		_, _ = io.Copy(server, fromClient)
		_ = server.Close()
		close(done)
	}()
	_, _ = io.Copy(client, fromServer)
	_ = client.Close()
	<-done
}
