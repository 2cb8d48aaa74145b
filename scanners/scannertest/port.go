package scannertest

import (
	"math/rand/v2"
	"net"
	"strconv"
	"testing"
)

// FreePort is a port of this machine that nobody listens on. It is drawn from those that the system gives to nobody, so that
// no other test or connection takes it before a server does.
func FreePort(t testing.TB) int {
	t.Helper()
	const first, last, tries = 10000, 32000, 100
	for range tries {
		port := first + rand.IntN(last-first)
		l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err == nil {
			_ = l.Close()
			return port
		}
	}
	t.Fatalf("no port of 127.0.0.1 between %d and %d is free", first, last)
	return 0
}
