package database

import (
	"errors"
	"net"
	"testing"
)

// TestAnswers: a server that does not end its answer is left at the limit, and counted anew once it is spoken to.
func TestAnswers(t *testing.T) {
	t.Parallel()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		c, err := l.Accept()
		for piece := make([]byte, 1<<10); err == nil; {
			_, err = c.Write(piece)
		}
	}()
	c, err := answers{limit: 100_000}.dial(t.Context(), "tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	for range 2 {
		if _, err := c.Write([]byte("SELECT 1")); err != nil {
			t.Fatal(err)
		}
		got, b := 0, make([]byte, 4096)
		for {
			n, err := c.Read(b)
			if got += n; err != nil {
				if !errors.Is(err, errLong) || got < 100_000 || got > 100_000+len(b) {
					t.Fatalf("got %d bytes and %v, want the limit", got, err)
				}
				break
			}
		}
	}
}
