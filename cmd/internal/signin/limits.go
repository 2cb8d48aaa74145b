package signin

import (
	"hash/maphash"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limits bound how often one address may try. They take the same room however many addresses there are: two may share one.
type limits struct {
	now   func() time.Time
	seed  maphash.Seed
	mu    sync.Mutex
	of    [4096]*rate.Limiter
	burst int
	every time.Duration
}

func newLimits(now func() time.Time, burst int, every time.Duration) *limits {
	return &limits{now: now, seed: maphash.MakeSeed(), burst: burst, every: every}
}

func (l *limits) allow(r *http.Request) bool {
	i := maphash.String(l.seed, neighbourhood(from(r))) % uint64(len(l.of))
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.of[i] == nil {
		l.of[i] = rate.NewLimiter(rate.Every(l.every), l.burst)
	}
	return l.of[i].AllowN(l.now(), 1)
}

// neighbourhood is what one sender has of addresses: of IPv6 a whole /64.
func neighbourhood(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil || a.Unmap().Is4() {
		return address
	}
	p, err := a.WithZone("").Prefix(64)
	if err != nil {
		return address
	}
	return p.String()
}
