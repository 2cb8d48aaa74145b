package signin

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/probity-scan/probity/cmd/internal/pagetest"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/dashboard"
	"github.com/probity-scan/probity/reports/history"
)

// nothing is what runs where there are no schedules.
type nothing struct{}

func (nothing) Status(context.Context) (dashboard.Status, error) { return dashboard.Status{}, nil }
func (nothing) Ask(context.Context, string) error                { return nil }
func (nothing) Retry(context.Context, string) error              { return nil }

// withDashboard puts the dashboard over a scan behind the gate, as the server does.
func withDashboard(t *testing.T, a *app) {
	t.Helper()
	b, err := os.ReadFile("../../../reports/testdata/clinic.json")
	if err != nil {
		t.Fatal(err)
	}
	scan, err := reports.Read(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	scan.Started = time.Now().Add(-time.Hour)
	id, err := a.store.Begin(t.Context(), history.Run{Series: "nightly", Targets: scan.Targets, Tool: scan.Tool, Started: scan.Started})
	if err == nil {
		_, err = a.store.Take(t.Context(), id, scan)
	}
	if err != nil {
		t.Fatal(err)
	}
	look, err := dashboard.NewLook()
	if err != nil {
		t.Fatal(err)
	}
	o := &dashboard.Operations{Store: a.store, Schedules: nothing{}, Now: a.now, Log: a.o.Log}
	mux := http.NewServeMux()
	mux.Handle(dashboard.APIPath+"/", dashboard.API(o))
	mux.Handle("/", dashboard.Handler(dashboard.Options{Operations: o, Look: look}))
	a.pages = mux
	a.o.Public = []string{look.StylePath(), dashboard.IconPath}
	a.o.Page = func(w http.ResponseWriter, r *http.Request, status int, p dashboard.SignIn) {
		if err := look.SignIn(w, r, status, p); err != nil {
			t.Error(err)
		}
	}
	for i := range a.o.Tokens {
		a.o.Tokens[i].Bounds = history.Bounds{}
	}
	a.restart()
}

// TestInChromium: a person signs in on the page, by a token and at a provider, sees a page that the judges hold nothing against, and
// signs out: here, and at the provider.
func TestInChromium(t *testing.T) {
	t.Parallel()
	a, p := withProvider(t, nil)
	p.person["groups"], p.person["email"] = []string{"office"}, "ada@example.com"
	withDashboard(t, a)
	b := a.browser()
	page := func(path string) []byte {
		return []byte(b.get(path, "Authorization", "Bearer "+a.tokens["admin"]).body)
	}
	out := pagetest.Step{Click: `form[action="/signout"] button`, At: a.URL + "/signin"}
	signIn := a.URL + "/signin"
	pagetest.Check(t,
		pagetest.Page{Name: "page to sign in at", HTML: []byte(b.get("/signin").body), URL: signIn},
		pagetest.Page{Name: "after a token", HTML: page("/findings"), URL: a.URL + "/findings", Before: []pagetest.Step{
			{Open: a.URL + "/findings?severity=high", At: signIn},
			{Type: map[string]string{"#username": "admin", "#token": a.tokens["admin"]}, Click: "form.stack button", At: a.URL + "/findings"},
		}, After: []pagetest.Step{out, {Open: a.URL + "/findings", At: signIn}}},
		pagetest.Page{Name: "after a provider", HTML: page("/"), URL: a.URL + "/", Before: []pagetest.Step{
			{Open: a.URL + "/", At: signIn},
			{Click: "a.main", At: a.URL + "/"},
		}, After: []pagetest.Step{out, {Open: a.URL + "/", At: signIn}}},
	)
	p.mu.Lock()
	defer p.mu.Unlock()
	if !slices.Equal(p.ended, []string{"subject-1"}) {
		t.Errorf("got %v ended at the provider, want the one", p.ended)
	}
	log, err := a.store.AuditLog(t.Context(), history.AuditQuery{})
	if err != nil {
		t.Fatal(err)
	}
	var did []string
	for _, e := range slices.Backward(log.Rows) {
		did = append(did, e.Did+" "+e.Who+" "+e.Came)
	}
	want := []string{"sign-in admin token", "sign-out admin token", "sign-in ada@example.com oidc", "sign-out ada@example.com oidc"}
	if !slices.Equal(did, want) {
		t.Errorf("got %q, want %q", did, want)
	}
}
