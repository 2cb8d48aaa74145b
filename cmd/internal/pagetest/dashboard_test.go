package pagetest_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/pagetest"
	"github.com/probity-scan/probity/reports/dashboard"
	"github.com/probity-scan/probity/reports/history"
)

var seven = time.Date(2026, 11, 28, 7, 0, 0, 0, time.UTC)

// timetable is one schedule, of the scans that a history has.
type timetable struct{ *history.Store }

func (s timetable) Status(ctx context.Context) (dashboard.Status, error) {
	all, err := s.Scans(ctx, history.ScansQuery{Limit: 1})
	if err != nil || len(all) == 0 {
		return dashboard.Status{Schedules: []dashboard.ScheduleStatus{}}, err
	}
	return dashboard.Status{Schedules: []dashboard.ScheduleStatus{{Name: all[0].Series, Cron: "30 2 * * *", Zone: "Europe/Berlin", Next: seven.Add(time.Hour), Last: &all[0]}, {Name: "before-audit"}}}, nil
}

func (timetable) Ask(context.Context, string) error { return nil }

func (timetable) Retry(context.Context, string) error { return nil }

// dashboardOf serves the dashboard over a history of scans, a day apart, to an admin.
func dashboardOf(t *testing.T, scans ...probity.Scan) *httptest.Server {
	t.Helper()
	s, err := history.OpenFolder(t.Context(), t.TempDir(), history.Options{Now: func() time.Time { return seven }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for i, scan := range scans {
		scan.Started = seven.AddDate(0, 0, i-len(scans))
		id, err := s.Begin(t.Context(), history.Run{Series: "nightly", Targets: scan.Targets, Tool: scan.Tool, Started: scan.Started})
		if err == nil {
			_, err = s.Take(t.Context(), id, scan)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	look, err := dashboard.NewLook()
	if err != nil {
		t.Fatal(err)
	}
	log := logrus.New()
	log.SetOutput(t.Output())
	o := &dashboard.Operations{Store: s, Schedules: timetable{s}, Log: log, Now: func() time.Time { return seven }}
	pages := dashboard.Handler(dashboard.Options{Operations: o, Look: look})
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		if r.URL.Path == "/signin" {
			p := dashboard.SignIn{Provider: "login.example.com", Wrong: dashboard.WrongToken}
			if r.URL.RawQuery == "out" {
				p = dashboard.SignIn{Provider: "login.example.com", Leave: "https://login.example.com/end"}
			}
			if err := look.SignIn(w, r, http.StatusOK, p); err != nil {
				t.Error(err)
			}
			return
		}
		pages.ServeHTTP(w, r.WithContext(dashboard.WithViewer(r.Context(), dashboard.Viewer{Name: "ada@example.com", Role: dashboard.AdminRole, CSRF: "token"})))
	})
}

func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server
}

// read is a page as the server sends it.
func read(t *testing.T, at string) []byte {
	t.Helper()
	res, err := http.Get(at)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDashboard(t *testing.T) {
	t.Parallel()
	clinic := scan(t, "clinic")
	server, empty := dashboardOf(t, clinic, clinic), dashboardOf(t)
	finding := string(regexp.MustCompile(`/findings/[0-9a-f]+`).Find(read(t, server.URL+"/findings?q=encrypted")))
	store := "/store?id=" + url.QueryEscape("sqlite:data/clinic.db")
	var pages []pagetest.Page
	for _, p := range []struct {
		at    string
		brief bool
	}{
		{"/", false}, {"/findings?severity=high", false}, {finding, false}, {"/map", false}, {store, false}, {"/signin", false}, {"/signin?out", true},
		{"/unknown", true}, {"/stores", true}, {"/frameworks", true}, {"/frameworks/gdpr", true}, {"/accounts", true}, {"/waivers", true}, {"/scans", true}, {"/scans/last", true},
		{"/schedules", true}, {"/audit", true}, {"/notifications", true}, {"/?lang=de", true}, {"/map?lang=fr", true},
	} {
		pages = append(pages, pagetest.Page{Name: "dashboard " + p.at, HTML: read(t, server.URL+p.at), URL: server.URL + p.at, Brief: p.brief})
	}
	for _, at := range []string{"/", "/map", "/findings"} {
		pages = append(pages, pagetest.Page{Name: "empty dashboard " + at, HTML: read(t, empty.URL+at), URL: empty.URL + at, Brief: true})
	}
	pagetest.Check(t, pages...)
}
