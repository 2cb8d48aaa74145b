package database_test

import (
	"fmt"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// TestHostile: a server whose message is to be as long as two gigabytes is left with one gap.
func TestHostile(t *testing.T) {
	t.Setenv("PGPASSWORD", databasetest.Password)
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
			_, _ = c.Write([]byte("R\x7f\xff\xff\xffxxx"))
			_, _ = io.Copy(io.Discard, c) // it would send the rest some day
		}
	}()
	got := visit(t, serverUnit(fmt.Sprintf("postgres://probity@%s/clinic?sslmode=disable", l.Addr()), 10))
	if len(got.assets) > 0 || !strings.HasPrefix(got.gapOf(probity.Database), "could not be reached") {
		t.Errorf("got %v and %q, want the gap", got.assets, got.gapOf(probity.Database))
	}
}
