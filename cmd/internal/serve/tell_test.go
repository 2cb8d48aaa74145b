package serve

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/sirupsen/logrus"
	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	spans "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/notify"
	"github.com/probity-scan/probity/cmd/internal/traces"
	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/reports/news"
)

// sends tells sinks as a server does. What a reference names is what stands behind file: itself.
func sends(ctx context.Context, s config.Sink, m news.Message) error {
	return notify.Send(ctx, s, m, notify.Options{Now: time.Now, Tool: "test", Secret: func(ref string) (string, error) { return strings.TrimPrefix(ref, "file:"), nil }})
}

// inbox is a sink that keeps what it is told.
type inbox struct {
	url    string
	status atomic.Int64 // that it answers
	got    chan news.Message
	hold   atomic.Bool // it never answers
}

func newInbox(t *testing.T) *inbox {
	t.Helper()
	b := &inbox{got: make(chan news.Message, 100)}
	b.status.Store(http.StatusOK)
	ends := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(r.Body)
		var m news.Message
		if err != nil || json.Unmarshal(raw, &m) != nil {
			t.Errorf("got %s, %v", raw, err)
		}
		held := b.hold.Load()
		b.got <- m
		if held {
			select {
			case <-r.Context().Done():
			case <-ends:
			}
			return
		}
		w.WriteHeader(int(b.status.Load()))
	}))
	t.Cleanup(s.Close)
	t.Cleanup(func() { close(ends) })
	b.url = s.URL
	return b
}

func (b *inbox) sink(more func(*config.Sink)) config.Sink {
	s := config.Sink{Name: "ops", Kind: config.Webhook, Where: "file:" + b.url}
	if more != nil {
		more(&s)
	}
	return s
}

// next is the message that comes next.
func (b *inbox) next(t *testing.T) news.Message {
	t.Helper()
	select {
	case m := <-b.got:
		return m
	case <-time.After(time.Minute):
		t.Fatal("no message comes")
		return news.Message{}
	}
}

func telling(sinks ...config.Sink) config.Serve {
	c := onDemand(config.Place{})
	c.URL, c.Notify = "https://probity.example", sinks
	return c
}

// scan runs one, and waits for it.
func (l *live) scan(t *testing.T, clock *hands) history.Record {
	t.Helper()
	clock.forward(t, time.Hour)
	before := len(l.scans(t))
	if err := l.Ask(t.Context(), "estate"); err != nil {
		t.Fatal(err)
	}
	awaits(t, "the scan", func() bool {
		all := l.scans(t)
		return len(all) > before && all[0].State != history.Running
	})
	return l.scans(t)[0]
}

// settled waits until no message waits, and gives all notices, the newest first.
func (l *live) settled(t *testing.T) (all []history.Notice) {
	t.Helper()
	awaits(t, "messages on their way", func() bool {
		untold, err := l.store.Untold(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if all, _, err = l.store.Notifications(t.Context(), history.NotificationsQuery{}); err != nil {
			t.Fatal(err)
		}
		for _, n := range all {
			for _, d := range n.Deliveries {
				if d.State == history.DeliveryWaiting {
					return false
				}
			}
		}
		return len(untold) == 0
	})
	return all
}

// TestTold: sinks are told what the estate changed, each once and as it asks, and of an unchanged scan nothing.
func TestTold(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, where string) {
		clock := clockAt("2026-03-01T00:00:00Z")
		all, few, critical, nameless, contacts, health := newInbox(t), newInbox(t), newInbox(t), newInbox(t), newInbox(t), newInbox(t)
		off := false
		l := start(t, where, clock, telling(all.sink(nil), few.sink(func(s *config.Sink) { s.Name, s.Most = "few", 1 }), critical.sink(func(s *config.Sink) { s.Name, s.Rules = "others", []string{"retention-*"} }),
			nameless.sink(func(s *config.Sink) { s.Name, s.Names = "nameless", &off }), contacts.sink(func(s *config.Sink) { s.Name, s.Categories = "contacts", []probity.Category{probity.Contact} }),
			health.sink(func(s *config.Sink) { s.Name, s.Categories = "health", []probity.Category{probity.Health} })), "")
		l.scan(t, clock)
		if m := all.next(t); m.Counts.Stand != 1 || len(m.Findings) != 0 || m.Scan == nil || m.Link != "https://probity.example/scans/"+m.Scan.ID {
			t.Errorf("of the first scan: %+v", m)
		}
		if m := contacts.next(t); !m.Counts.First || m.Counts.Stand != 1 {
			t.Errorf("of the first scan, to who wants a category: %+v", m)
		}
		l.open.Store("p1 p2 p4")
		r := l.scan(t, clock)
		m := all.next(t)
		var stores []string
		for _, f := range m.Findings {
			stores = append(stores, f.Store)
			if f.Event != history.Appeared || f.Cause != "estate" || f.Rule != "encryption-at-rest" || f.Title == "" || f.Link != "https://probity.example/findings/"+f.Fingerprint {
				t.Errorf("a finding: %+v", f)
			}
		}
		if diff := cmp.Diff([]string{"bucket-p1", "bucket-p2", "bucket-p4"}, stores); diff != "" || m.Counts.New != 3 || m.Scan.ID != r.ID || m.More != 0 {
			t.Errorf("new ones (-want +got):\n%s%+v", diff, m)
		}
		few.next(t)
		if m := few.next(t); len(m.Findings) != 1 || m.More != 2 {
			t.Errorf("who wants one gets %+v", m)
		}
		nameless.next(t)
		if raw, _ := json.Marshal(nameless.next(t)); strings.Contains(string(raw), "bucket-p1") {
			t.Errorf("who wants no names gets %s", raw)
		}
		l.scan(t, clock)
		l.open.Store("p1")
		l.scan(t, clock)
		if m := all.next(t); m.Counts.Fixed != 2 || m.Counts.New != 0 || len(m.Findings) != 0 {
			t.Errorf("fixed ones: %+v", m)
		}
		l.open.Store("p1 p2")
		l.scan(t, clock)
		if m := all.next(t); m.Counts.Reopened != 1 || m.Findings[0].Event != history.Reopened {
			t.Errorf("one that is open again: %+v", m)
		}
		notices := l.settled(t)
		if len(notices) != 4 || notices[0].Tally.Reopened != 1 || len(notices[0].Deliveries) != 3 || len(notices[3].Deliveries) != 4 {
			t.Errorf("notices are %+v, want four, and three deliveries of each", notices)
		}
		if len(all.got)+len(critical.got)+len(contacts.got)+len(health.got) > 0 {
			t.Errorf("%d messages too many, %d of other rules, %d of other stores, and %d of a category that no store holds", len(all.got), len(critical.got), len(contacts.got), len(health.got))
		}
	})
}

// TestIssues: each finding opens one issue, and those beyond the bound open one together.
func TestIssues(t *testing.T) {
	t.Parallel()
	titles := make(chan string, 10)
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var issue struct{ Title string }
		if err := json.NewDecoder(r.Body).Decode(&issue); err != nil {
			t.Error(err)
		}
		titles <- issue.Title
	}))
	t.Cleanup(s.Close)
	clock := clockAt("2026-03-01T00:00:00Z")
	l := start(t, t.TempDir(), clock, telling(config.Sink{Name: "tracker", Kind: config.Issue, Template: "github", Where: "file:" + s.URL, Most: 2}), "")
	l.scan(t, clock)
	l.open.Store("p1 p2 p4 p6")
	l.scan(t, clock)
	l.settled(t)
	close(titles)
	seen := map[string]int{}
	for title := range titles {
		_, store, _ := strings.Cut(title, "bucket-")
		seen[store]++
	}
	if diff := cmp.Diff(map[string]int{"p1": 1, "p2": 1, "": 1}, seen); diff != "" {
		t.Errorf("issues (-want +got):\n%s", diff)
	}
}

// TestGivenUp: a message that never arrives is given up after a number of tries, with the reason, and goes when somebody asks for it.
func TestGivenUp(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, where string) {
		clock := clockAt("2026-03-01T00:00:00Z")
		b := newInbox(t)
		b.status.Store(http.StatusServiceUnavailable)
		l := start(t, where, clock, telling(b.sink(nil)), "")
		l.scan(t, clock)
		d := l.settled(t)[0].Deliveries[0]
		if d.State != history.DeliveryDead || d.Tries != notify.Tries || d.Why != "it answers HTTP 503 Service Unavailable" || len(b.got) != notify.Tries {
			t.Errorf("got %+v and %d tries, want that it is given up after %d", d, len(b.got), notify.Tries)
		}
		b.status.Store(http.StatusOK)
		if err := l.Retry(t.Context(), d.ID); err != nil {
			t.Fatal(err)
		}
		if d := l.settled(t)[0].Deliveries[0]; d.State != history.DeliverySent || d.Tries != 1 {
			t.Errorf("got %+v, want that it was sent", d)
		}
		if err := l.Retry(t.Context(), d.ID); err == nil {
			t.Error("it is sent once more")
		}
	})
}

// TestKilledWhileSending: a message whose process died is sent once more, and no second time.
func TestKilledWhileSending(t *testing.T) {
	t.Parallel()
	where := t.TempDir()
	b := newInbox(t)
	b.hold.Store(true)
	p := process{Where: where, Config: telling(b.sink(nil)), Ask: "estate"}
	var ids []string
	for range 2 {
		c := begin(t, p)
		ids = append(ids, b.next(t).ID)
		c.kill(t)
		p.Ask = ""
	}
	if ids[0] != ids[1] {
		t.Errorf("it is sent as %s and as %s", ids[0], ids[1])
	}
	third := begin(t, p)
	store := look(t, where)
	var d history.Delivery
	awaits(t, "that it is given up", func() bool {
		all, _, err := store.Notifications(t.Context(), history.NotificationsQuery{})
		if err != nil || len(all) != 1 {
			t.Fatalf("%+v, %v", all, err)
		}
		d = all[0].Deliveries[0]
		return d.State != history.DeliveryWaiting
	})
	third.stop(t)
	if d.State != history.DeliveryDead || !strings.Contains(d.Why, "two processes ended") || len(b.got) > 0 {
		t.Errorf("got %+v and %d messages more", d, len(b.got))
	}
}

// TestTwoTell: of two servers on one database one tells.
func TestTwoTell(t *testing.T) {
	t.Parallel()
	where := postgres(t)
	b := newInbox(t)
	p := process{Where: where, Config: telling(b.sink(nil))}
	servers := []*child{begin(t, p)}
	servers[0].until(t, "runs")
	p.Ask = "estate"
	servers = append(servers, begin(t, p))
	ended(t, where, "estate")
	b.next(t)
	store := look(t, where)
	awaits(t, "that it is noted", func() bool {
		all, _, err := store.Notifications(t.Context(), history.NotificationsQuery{})
		if err != nil {
			t.Fatal(err)
		}
		return len(all) == 1 && len(all[0].Deliveries) == 1 && all[0].Deliveries[0].State == history.DeliverySent
	})
	for _, s := range servers {
		s.stop(t)
	}
	if len(b.got) > 0 {
		t.Errorf("%d messages too many", len(b.got))
	}
}

// TestSchedulesGoWrong: scans that fail, that are missed, and that are not whole for two ticks are told, each once.
func TestSchedulesGoWrong(t *testing.T) {
	t.Parallel()
	where := t.TempDir()
	clock := clockAt("2026-03-01T00:30:00Z")
	b := newInbox(t)
	c := hourly(func(x *config.Schedule) { x.Targets, x.CatchUp = []string{"broken:"}, config.None })
	c.Notify = []config.Sink{b.sink(nil)}
	l := start(t, where, clock, c, "")
	got := map[string]int{}
	more := func(n int) {
		t.Helper()
		for range n {
			m := b.next(t)
			got[fmt.Sprint(m.Kind, ", ", m.Counts.Ticks, " ", m.Counts.Why)]++
		}
	}
	for hour := range 3 {
		clock.forward(t, time.Hour)
		awaits(t, "that it fails", func() bool { all := l.scans(t); return len(all) == hour+1 && all[0].State == history.Failed })
		if err := l.announce(t.Context()); err != nil {
			t.Fatal(err)
		}
		more(1)
	}
	more(1)
	l.settled(t)
	l.stop()
	clock.forward(t, 4*time.Hour)
	l = start(t, where, clock, c, "")
	more(1)
	l.settled(t)
	want := map[string]int{"failed scan, 0 planning: the target is broken": 3, "no whole scan, 2 ": 1, "missed scan, 4 the server was not running": 1}
	if diff := cmp.Diff(want, got); diff != "" || len(b.got) > 0 {
		t.Errorf("messages, and %d more (-want +got):\n%s", len(b.got), diff)
	}
}

// TestTraces: a collector gets a scan with its units and what came of it, in one trace.
func TestTraces(t *testing.T) {
	got := make(chan *spans.Span, 1000)
	c := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		var m collector.ExportTraceServiceRequest
		if err == nil {
			err = proto.Unmarshal(b, &m)
		}
		if err != nil {
			t.Error(err)
		}
		for _, of := range m.ResourceSpans {
			for _, s := range of.ScopeSpans {
				for _, x := range s.Spans {
					got <- x
				}
			}
		}
	}))
	defer c.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", c.URL)
	traced, err := traces.Start(t.Context(), "test", logrus.New())
	if err != nil {
		t.Fatal(err)
	}
	b := newInbox(t)
	clock := clockAt("2026-03-01T00:00:00Z")
	l := startTraced(t, t.TempDir(), clock, telling(b.sink(nil)), "", 0, traced)
	r := l.scan(t, clock)
	b.next(t)
	l.settled(t)
	l.stop()
	if err := traced.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	close(got)
	var root []byte
	in, outside := map[string]map[string]int{}, map[string]int{}
	for s := range got {
		for _, a := range s.Attributes {
			if strings.Contains(a.Value.GetStringValue(), "bucket") {
				t.Errorf("%s tells %v", s.Name, a)
			}
		}
		if s.Name == "scan" {
			root = s.TraceId
		}
		if in[string(s.TraceId)] == nil {
			in[string(s.TraceId)] = map[string]int{}
		}
		in[string(s.TraceId)][s.Name]++
		outside[s.Name]++
	}
	if of := in[string(root)]; of["scan"] != 1 || of["unit"] < parts || of["judge"] == 0 || outside["notification"] == 0 || outside["tick"] == 0 {
		t.Errorf("of scan %s: %v, of all: %v", r.ID, of, outside)
	}
}
