package serve

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// TestSlowReader: who takes nothing of an answer is given up.
func TestSlowReader(t *testing.T) {
	t.Parallel()
	gave := make(chan error, 1)
	srv := httptest.NewServer(paced(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		var err error
		for piece := make([]byte, 64<<10); err == nil; {
			_, err = w.Write(piece)
		}
		gave <- err
	}), pace{slack: 50 * time.Millisecond, rate: 1 << 30}))
	t.Cleanup(srv.Close)
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if _, err := fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: example.com\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	<-gave // for ever, if nobody ended it
}

// TestLongAnswer: an answer that takes long to make, and is long, comes whole to whoever reads it, and the connection goes on.
func TestLongAnswer(t *testing.T) {
	t.Parallel()
	const pieces, slack = 8, 400 * time.Millisecond
	piece := bytes.Repeat([]byte("0123456789abcdef"), 64<<10)
	for name, second := range map[string]bool{"HTTP/1.1": false, "HTTP/2.0": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewUnstartedServer(paced(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				for i := range pieces {
					if i%4 == 3 {
						time.Sleep(slack + slack/4) // it is made: longer than anybody may let it wait
					}
					if _, err := w.Write(piece); err != nil {
						t.Errorf("piece %d: %v", i, err)
						return
					}
				}
			}), pace{slack: slack, rate: 1 << 10}))
			srv.EnableHTTP2 = second
			if second {
				srv.StartTLS()
			} else {
				srv.Start()
			}
			t.Cleanup(srv.Close)
			for range 2 {
				res, err := srv.Client().Get(srv.URL) //nolint:noctx // of the test's own server
				if err != nil {
					t.Fatal(err)
				}
				n, err := io.Copy(io.Discard, res.Body)
				if err != nil || n != pieces*int64(len(piece)) || res.Proto != name {
					t.Errorf("got %d bytes by %s, %v", n, res.Proto, err)
				}
				_ = res.Body.Close()
			}
		})
	}
}
