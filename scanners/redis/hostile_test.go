package redis_test

import (
	"net"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/scannertest"
)

// TestHostile: a server that announces two gigabytes is left with one gap.
func TestHostile(t *testing.T) {
	t.Parallel()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = c.Read(make([]byte, 1<<10))
			_, _ = c.Write([]byte("$2147483647\r\nxxx"))
		}
	}()
	got := visit(t, unit("redis://"+l.Addr().String()+"/0", probity.Budget{}))
	if len(got.assets) > 0 || len(got.cover) == 0 || scannertest.Rest(covered(got.cover[0])) != "unreadable: the server announces more than it was asked for; " {
		t.Errorf("got %q and %+v, want the gap", scannertest.Rest(covered(got.cover[0])), got)
	}
}
