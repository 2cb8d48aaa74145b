package serve

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/past"
	"github.com/probity-scan/probity/cmd/internal/signin"
	"github.com/probity-scan/probity/cmd/internal/traces"
	"github.com/probity-scan/probity/reports/dashboard"
	"github.com/probity-scan/probity/reports/history"
)

// hands are a clock that a test sets.
type hands struct {
	mu    sync.Mutex
	at    time.Time
	wakes map[chan time.Time]time.Time
	loops int // that sleep by it
}

func clockAt(s string) *hands {
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return &hands{at: at, wakes: map[chan time.Time]time.Time{}}
}

func (h *hands) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at
}

func (h *hands) After(d time.Duration) <-chan time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	c := make(chan time.Time, 1)
	h.wakes[c] = h.at.Add(d)
	return c
}

// settled waits until all loops sleep: who is set forward between a look at the clock and the sleep would sleep too long.
func (h *hands) settled(t *testing.T, more int) {
	t.Helper()
	h.mu.Lock()
	h.loops += more
	h.mu.Unlock()
	awaits(t, "loops that sleep", func() bool {
		h.mu.Lock()
		defer h.mu.Unlock()
		return len(h.wakes) >= h.loops
	})
}

// forward sets the clock, and wakes who waited.
func (h *hands) forward(t *testing.T, d time.Duration) {
	t.Helper()
	h.settled(t, 0)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(d)
	for c, at := range h.wakes {
		if !at.After(h.at) {
			c <- h.at
			delete(h.wakes, c)
		}
	}
}

// live is a server in this process.
type live struct {
	*Server
	open  atomic.Value // parts besides p5 that are not encrypted, apart by spaces
	store *past.Past
	stop  func()
}

func start(t *testing.T, where string, clock *hands, c config.Serve, hangs string) *live {
	t.Helper()
	return startAt(t, where, clock, c, hangs, 0)
}

// startAt is start with another beat; 0: the default.
func startAt(t *testing.T, where string, clock *hands, c config.Serve, hangs string, beat time.Duration) *live {
	t.Helper()
	return startTraced(t, where, clock, c, hangs, beat, nil)
}

func startTraced(t *testing.T, where string, clock *hands, c config.Serve, hangs string, beat time.Duration, traced *traces.Traces) *live {
	t.Helper()
	store, err := past.Open(t.Context(), where, history.Options{Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	log := logrus.New()
	log.SetOutput(io.Discard)
	l := &live{store: store}
	l.open.Store("")
	s, err := New(t.Context(), Options{Tool: "test", Config: c, Store: store.Store, Plan: planOf(&estate{out: &lines{w: io.Discard}, hangs: hangs, open: func() string { return l.open.Load().(string) }}), Send: sends, Traces: traced, Log: log, Clock: clock,
		Limits: Limits{Poll: 20 * time.Millisecond, Soft: 100 * time.Millisecond, Retry: 50 * time.Microsecond, Beat: beat}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	l.Server, l.stop = s, sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the server ended: %v", err)
		}
		clock.settled(t, -2)
		_ = store.Close()
	})
	t.Cleanup(l.stop)
	clock.settled(t, 2)
	return l
}

// awaits polls until something is so: other goroutines and processes bring it about, and tell nobody.
func awaits(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !so(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

func (l *live) scans(t *testing.T) []history.Record {
	t.Helper()
	all, err := l.store.Scans(t.Context(), history.ScansQuery{})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func hourly(more func(*config.Schedule)) config.Serve {
	x := config.Schedule{Name: "hourly", Cron: "0 * * * *", Targets: []string{"fake:"}}
	if more != nil {
		more(&x)
	}
	return config.Serve{Parallel: 2, Schedules: []config.Schedule{x}}
}

// TestTicks: two servers on one database run each tick once, and scans of a schedule are one series.
func TestTicks(t *testing.T) {
	t.Parallel()
	where, clock := postgres(t), clockAt("2026-11-28T12:59:30Z")
	one, two := start(t, where, clock, hourly(nil), ""), start(t, where, clock, hourly(nil), "")
	for n := 1; n <= 2; n++ {
		clock.forward(t, map[int]time.Duration{1: 30 * time.Second, 2: time.Hour}[n])
		awaits(t, "a scan of the tick", func() bool {
			all := one.scans(t)
			return len(all) == n && all[0].State == history.Complete
		})
	}
	two.stop()
	one.stop()
	all, err := look(t, where).Scans(t.Context(), history.ScansQuery{})
	if err != nil || len(all) != 2 || all[0].Started.Hour() != 14 || all[1].Started.Hour() != 13 || all[0].Version <= all[1].Version {
		t.Errorf("got %+v, %v, want one scan of each tick", all, err)
	}
}

// TestOverlap: a tick during a scan is left out, or waits.
func TestOverlap(t *testing.T) {
	t.Parallel()
	clock := clockAt("2026-11-28T12:59:30Z")
	l := start(t, t.TempDir(), clock, hourly(func(x *config.Schedule) { x.Limit = "9h" }), "p7")
	clock.forward(t, 30*time.Second)
	awaits(t, "the first scan", func() bool { return len(l.scans(t)) == 1 })
	clock.forward(t, time.Hour)
	awaits(t, "a skipped tick", func() bool { return testutil.ToFloat64(l.metrics.skipped.WithLabelValues("hourly")) == 1 })
	if all := l.scans(t); len(all) != 1 || all[0].State != history.Running {
		t.Errorf("got %+v, want the first scan alone", all)
	}
	st, err := l.Status(t.Context())
	if err != nil || st.Schedules[0].Running == nil || st.Schedules[0].Waiting == 0 || st.Schedules[0].Next.Hour() != 15 {
		t.Errorf("got %+v, %v", st, err)
	}
	// The schedule's limit ends it, with gaps for what it did not come to.
	clock.forward(t, 9*time.Hour)
	awaits(t, "the end of the first scan", func() bool {
		all := l.scans(t)
		return all[len(all)-1].State == history.Incomplete
	})
}

// TestCatchUp: of ticks that were missed the last one runs, or none.
func TestCatchUp(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]int{"": 2, config.Once: 2, config.None: 1} {
		t.Run(word, func(t *testing.T) {
			t.Parallel()
			where, clock, told := t.TempDir(), clockAt("2026-11-28T12:59:30Z"), newInbox(t)
			c := hourly(func(x *config.Schedule) { x.CatchUp = word })
			c.Notify = []config.Sink{told.sink(nil)}
			l := start(t, where, clock, c, "")
			clock.forward(t, 30*time.Second)
			awaits(t, "the first scan", func() bool { return len(l.scans(t)) == 1 && l.scans(t)[0].State == history.Complete })
			l.stop()
			clock.forward(t, 5*time.Hour+30*time.Minute)
			l = start(t, where, clock, c, "")
			awaits(t, "what was missed", func() bool {
				all := l.scans(t)
				return len(all) == want && all[0].State == history.Complete
			})
			if all := l.scans(t); want == 2 && all[0].Started.Hour() != 18 {
				t.Errorf("got %s, want the last tick that was missed", all[0].Started)
			}
			m := told.next(t)
			for m.Kind != history.MissedNotice {
				m = told.next(t)
			}
			if m.Counts.Ticks != 5 || m.Counts.Caught != (want == 2) {
				t.Errorf("got %+v, want five ticks, and whether the last of them is caught up", m.Counts)
			}
		})
	}
}

// TestJitterOverRestart: a tick that waits for its jitter while a server begins anew is not missed.
func TestJitterOverRestart(t *testing.T) {
	t.Parallel()
	where, clock, told := t.TempDir(), clockAt("2026-11-28T12:59:30Z"), newInbox(t)
	c := hourly(func(x *config.Schedule) { x.CatchUp, x.Jitter = config.None, "50m" })
	c.Notify = []config.Sink{told.sink(nil)}
	l := start(t, where, clock, c, "")
	clock.forward(t, 55*time.Minute)
	awaits(t, "the first scan", func() bool { return len(l.scans(t)) == 1 && l.scans(t)[0].State == history.Complete })
	l.stop()
	table, _, err := c.Schedules[0].Table()
	if err != nil {
		t.Fatal(err)
	}
	tick := time.Date(2026, 11, 28, 14, 0, 0, 0, time.UTC)
	wait := table.Begin(tick).Sub(tick)
	if wait < time.Minute {
		t.Fatalf("the tick waits %s: choose another", wait)
	}
	clock.forward(t, tick.Add(wait/2).Sub(clock.Now()))
	l = start(t, where, clock, c, "")
	clock.forward(t, wait)
	awaits(t, "the scan of the tick", func() bool {
		all := l.scans(t)
		return len(all) == 2 && all[0].State == history.Complete && all[0].Started.Equal(tick)
	})
	for _, n := range l.settled(t) {
		if n.Kind == history.MissedNotice {
			t.Errorf("it is told as missed: %+v", n)
		}
	}
}

// TestLate: a scan has its time from when it begins, however long ago its tick was.
func TestLate(t *testing.T) {
	t.Parallel()
	where, clock := t.TempDir(), clockAt("2026-11-28T12:59:30Z")
	c := hourly(func(x *config.Schedule) { x.Cron = "0 13 * * *" })
	l := start(t, where, clock, c, "")
	clock.forward(t, 30*time.Second)
	awaits(t, "the first scan", func() bool { return len(l.scans(t)) == 1 && l.scans(t)[0].State == history.Complete })
	l.stop()
	clock.forward(t, 44*time.Hour)
	l = start(t, where, clock, c, "")
	awaits(t, "what was missed", func() bool {
		all := l.scans(t)
		return len(all) == 2 && all[0].State != history.Running
	})
	if r := l.scans(t)[0]; r.State != history.Complete || r.Started.Day() != 29 || r.Begun.Day() != 30 {
		t.Errorf("got %+v, want a whole scan for the tick of twenty hours ago", r)
	}
}

// TestHandler: probes are open, metrics to those without bounds, all else to whom a token lets in.
func TestHandler(t *testing.T) {
	t.Parallel()
	where := t.TempDir()
	l := start(t, where, clockAt("2026-11-28T12:59:30Z"), hourly(nil), "")
	token, err := Token(where)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := ReadToken(where); err != nil || again != token || len(token) < 26 {
		t.Errorf("got %d and %d characters, %v", len(token), len(again), err)
	}
	if info, err := os.Stat(filepath.Join(where, tokenFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the token is for everybody: %v", err)
	}
	reads, bound := rand.Text(), rand.Text()
	h, err := l.Handler(signin.Options{Here: true, Idle: time.Hour, Limit: time.Hour, Tokens: []signin.Token{{Name: "server", Secret: token, Role: dashboard.AdminRole},
		{Name: "reads", Secret: reads, Role: dashboard.ViewerRole}, {Name: "bound", Secret: bound, Role: dashboard.OperatorRole, Bounds: history.Bounds{Accounts: []string{"aws/none"}}}}})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(method, path, token string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), method, path, http.NoBody)
		if r.Host = "localhost"; token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	run := "/api/v1/schedules/hourly/run"
	for _, c := range []struct {
		method, path, token string
		want                int
	}{
		{"GET", "/healthz", "", 200}, {"GET", "/readyz", "", 200}, {"GET", "/signin", "", 200}, {"GET", "/metrics", "", 401}, {"GET", "/metrics", bound, 403}, {"GET", "/metrics", reads, 200},
		{"GET", "/api/v1/status", "", 401}, {"GET", "/api/v1/status", "wrong", 401}, {"GET", "/api/v1/status", token, 200}, {"GET", "/api/v1/openapi.json", "", 401}, {"GET", "/api/v1/openapi.json", reads, 200},
		{"POST", run, "", 401}, {"POST", run, reads, 403}, {"POST", run, bound, 404}, {"POST", run, token, 202}, {"GET", run, token, 405}, {"POST", "/api/v1/schedules/none/run", token, 404},
	} {
		if got := ask(c.method, c.path, c.token); got.Code != c.want {
			t.Errorf("%s %s: %d %s, want %d", c.method, c.path, got.Code, got.Body, c.want)
		}
	}
	text, err := dashboard.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct{ Paths map[string]map[string]any }
	if err := json.Unmarshal(text, &doc); err != nil || len(doc.Paths) < 15 {
		t.Fatalf("got %d paths, %v", len(doc.Paths), err)
	}
	for path, methods := range doc.Paths {
		for method := range methods {
			if got := ask(strings.ToUpper(method), "/api/v1"+path, ""); got.Code != 401 {
				t.Errorf("%s %s to nobody: %d", method, path, got.Code)
			}
		}
	}
	awaits(t, "the scan that was asked for", func() bool { return len(l.scans(t)) == 1 && l.scans(t)[0].State == history.Complete })
	awaits(t, "its metrics", func() bool {
		said := ask("GET", "/metrics", token).Body.String()
		return strings.Contains(said, `probity_scans_total{schedule="hourly",state="complete"} 1`) && strings.Contains(said, `probity_assets{schedule="hourly"} 12`) && !strings.Contains(said, `severity="high"} 0`)
	})
}

func TestLoopback(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{"127.0.0.1:1": true, "[::1]:1": true, "localhost:1": true, "0.0.0.0:1": false, ":1": false, "10.0.0.1:1": false, "db.example.com:1": false} {
		if got := Loopback(address); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

// TestQueues: a process takes units that ask for no more than its place has.
func TestQueues(t *testing.T) {
	t.Parallel()
	here := place("office", "DE", "audit")
	takes := map[string]bool{}
	for _, q := range queuesOf(here) {
		takes[q] = true
	}
	for _, c := range []struct {
		network, country, identity string
		want                       bool
	}{{"", "", "", true}, {"office", "", "", true}, {"office", "DE", "", true}, {"office", "DE", "audit", true}, {"", "", "audit", true}, {"office", "FR", "", false}, {"home", "", "", false}, {"", "", "root", false}} {
		if got := takes[queueOf(place(c.network, c.country, c.identity))]; got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
	if len(takes) != 8 {
		t.Errorf("%d queues", len(takes))
	}
}

func place(network, country, identity string) probity.Place {
	return probity.Place{Network: network, Country: country, Identity: identity}
}

// TestQueue: ticks that come while a scan runs wait, and run one after the other in their order.
func TestQueue(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, where string) {
		clock := clockAt("2026-03-01T00:30:00Z")
		l := startAt(t, where, clock, hourly(func(x *config.Schedule) { x.Overlap, x.Limit = config.Queue, "90m" }), "*", 20*time.Millisecond)
		clock.forward(t, 30*time.Minute)
		awaits(t, "the first scan", func() bool { return len(l.scans(t)) == 1 })
		clock.forward(t, time.Hour)
		for n := 2; n <= 3; n++ { // each ends when its time is over; meanwhile more ticks come
			clock.forward(t, 2*time.Hour)
			awaits(t, "the next scan", func() bool { return len(l.scans(t)) == n })
			all := l.scans(t)
			for i, r := range all {
				if (r.State == history.Running) != (i == 0) {
					t.Errorf("%d scans: %s is %s", n, r.ID, r.State)
				}
			}
			if !all[0].Started.Equal(all[1].Started.Add(time.Hour)) {
				t.Errorf("after that of %s comes that of %s", all[1].Started, all[0].Started)
			}
		}
	})
}
