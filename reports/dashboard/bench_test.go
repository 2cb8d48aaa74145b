//go:build unix

package dashboard_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/dashboard"
	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/reports/history/historytest"
)

// BenchmarkPages makes each page over an estate of PROBITY_HISTORY_OUTCOMES outcomes, a million for the figures in docs/benchmarks.md,
// for a viewer who sees all of it, for one who sees half of its accounts and for one who sees a team's. PROBITY_HISTORY_DSN names a
// database of PostgreSQL, which is empty, to do so in; otherwise it is SQLite in a folder.
func BenchmarkPages(b *testing.B) {
	outcomes := 20_000
	if n, err := strconv.Atoi(os.Getenv("PROBITY_HISTORY_OUTCOMES")); err == nil {
		outcomes = n
	}
	var s *history.Store
	var err error
	o := history.Options{Now: func() time.Time { return morning }}
	if dsn := os.Getenv("PROBITY_HISTORY_DSN"); dsn != "" {
		s, err = history.Connect(b.Context(), dsn, o)
	} else {
		s, err = history.OpenFolder(b.Context(), b.TempDir(), o)
	}
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	nights := 3
	if n, err := strconv.Atoi(os.Getenv("PROBITY_HISTORY_NIGHTS")); err == nil {
		nights = n
	}
	for night := range nights {
		scan := historytest.Big(outcomes/historytest.BigRules, night, morning.AddDate(0, 0, night-nights))
		id, err := s.Begin(b.Context(), history.Run{Series: "nightly", Targets: scan.Targets, Tool: scan.Tool, Started: scan.Started})
		if err == nil {
			_, err = s.Take(b.Context(), id, scan)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := s.Ready(b.Context()); err != nil { // as a server does after each scan
		b.Fatal(err)
	}
	look, err := dashboard.NewLook()
	if err != nil {
		b.Fatal(err)
	}
	log := logrus.New()
	log.SetOutput(b.Output())
	pages := dashboard.Handler(dashboard.Options{Operations: &dashboard.Operations{Store: s, Schedules: &timetable{store: s}, Log: log, Now: func() time.Time { return morning }}, Look: look})
	store := probity.Ref{ID: "arn:aws:s3:::store-0000000"}
	for who, bounds := range map[string]history.Bounds{"all": {}, "half": {Accounts: []string{"aws/?", "aws/??", "aws/1??"}}, "a team": {Tags: map[string][]string{"team": {"team-0"}}}} {
		v := dashboard.Viewer{Name: "ada", Role: dashboard.AdminRole, Bounds: bounds}
		for name, at := range map[string]string{
			"overview": "/", "findings": "/findings", "findings of an account": "/findings?account=aws/20", "findings by text": "/findings?q=anybody", "finding": "/findings/" + probity.Fingerprint("rule-00", store, "exposure.public", ""),
			"unknown": "/unknown", "data map": "/map", "stores": "/stores", "stores by text": "/stores?q=store-00001", "store": "/store?id=" + url.QueryEscape(store.ID), "frameworks": "/frameworks", "framework": "/frameworks/gdpr",
			"accounts": "/accounts", "waivers": "/waivers", "scans": "/scans", "scan": "/scans/last", "schedules": "/schedules",
		} {
			b.Run(name+", "+who, func(b *testing.B) {
				began := processor(b)
				defer func() { b.ReportMetric(float64((processor(b)-began).Milliseconds())/float64(b.N), "cpu-ms/op") }()
				for range b.N {
					r := httptest.NewRequest(http.MethodGet, at, nil)
					w := httptest.NewRecorder()
					pages.ServeHTTP(w, r.WithContext(dashboard.WithViewer(r.Context(), v)))
					if w.Code != http.StatusOK {
						b.Fatalf("%s: got %d: %s", at, w.Code, w.Body)
					}
					b.ReportMetric(float64(w.Body.Len())/1e3, "kB")
				}
			})
		}
	}
}

// processor is how long the process computed until now: on a machine that others use too it tells more than the clock.
func processor(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
