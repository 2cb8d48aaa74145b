package serve

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"
)

// TestSlowReader: who takes nothing of an answer is given up.
func TestSlowReader(t *testing.T) {
	t.Parallel()
	gave := make(chan error, 1)
	srv := httptest.NewServer(paced(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		var err error
		for some := make([]byte, 64<<10); err == nil; {
			_, err = w.Write(some)
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
	if err := <-gave; err == nil { // for ever, if nobody ended it
		t.Error("an answer that never ends did")
	}
}

// TestLongAnswer: an answer that takes long to make, and is long, comes whole to whoever reads it, and the connection goes on.
func TestLongAnswer(t *testing.T) {
	t.Parallel()
	const pieces, slack = 8, 400 * time.Millisecond
	some := bytes.Repeat([]byte("0123456789abcdef"), 64<<10)
	for name, second := range map[string]bool{"HTTP/1.1": false, "HTTP/2.0": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewUnstartedServer(paced(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				for i := range pieces {
					if i%4 == 3 {
						time.Sleep(slack + slack/4) // it is made: longer than anybody may let it wait
					}
					if _, err := w.Write(some); err != nil {
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
				res, err := srv.Client().Get(srv.URL)
				if err != nil {
					t.Fatal(err)
				}
				n, err := io.Copy(io.Discard, res.Body)
				if err != nil || n != pieces*int64(len(some)) || res.Proto != name {
					t.Errorf("got %d bytes by %s, %v", n, res.Proto, err)
				}
				_ = res.Body.Close()
			}
		})
	}
}

// sizes notes how much is written at once.
type sizes struct {
	*httptest.ResponseRecorder
	of []int
}

func (s *sizes) Write(b []byte) (int, error) {
	s.of = append(s.of, len(b))
	return s.ResponseRecorder.Write(b)
}

// TestLongWrite: a page that is written at once goes out in pieces, each of which a reader has time for.
func TestLongWrite(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		bytes int
		want  []int
	}{
		"nothing":   {0, []int{0}},
		"a piece":   {piece, []int{piece}},
		"a bit too": {2*piece + 1, []int{piece, piece, 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, page := &sizes{ResponseRecorder: httptest.NewRecorder()}, bytes.Repeat([]byte("0123456789abcdef!"), c.bytes/17+1)[:c.bytes]
			paced(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if n, err := w.Write(page); n != c.bytes || err != nil {
					t.Errorf("got %d, %v, want %d", n, err, c.bytes)
				}
			}), reading()).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil))
			if !slices.Equal(w.of, c.want) || !bytes.Equal(w.Body.Bytes(), page) {
				t.Errorf("got pieces of %v, want %v", w.of, c.want)
			}
		})
	}
}
