package dashboard_test

import (
	"bytes"
	"context"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/dashboard"
	"github.com/probity-scan/probity/reports/history"
)

// hidden is in every name of what the viewer with bounds may not see.
const hidden = "forbidden"

var morning = time.Date(2026, 11, 28, 7, 30, 0, 0, time.UTC)

// hostile names a store as somebody would who wants to be read otherwise, or to run something.
const hostile = "arn:aws:s3:::\x1b[2J\u202egnp.exe<script>alert(1)</script>\"'&amp;"

// estate is a scan of six stores in two accounts, of which one is out of bounds; they copy from each other, and some names are hostile.
func estate(started time.Time, open bool) probity.Scan {
	rule := probity.Rule{ID: "public-exposure", Title: "Nobody but those who should can read it <b>", Description: "Whoever can `read` it has it.", Behaviour: 1, Severity: probity.Critical, Classes: []probity.Class{probity.Bucket},
		Reads: []probity.Path{"exposure.public", "labels"}, Obligations: []probity.Obligation{"access-control"}, Remediation: []probity.Remedy{{Source: "any", Text: "Close it."}},
		References: []string{"https://example.com/<script>", "javascript:alert(1)"}}
	o := &probity.Origin{Call: "s3:GetBucketPolicy", At: started}
	ref := func(name string) probity.Ref { return probity.Ref{ID: "arn:aws:s3:::" + name} }
	store := func(r probity.Ref, account string) probity.Asset {
		a := probity.Asset{Ref: r, Name: strings.TrimPrefix(r.ID, "arn:aws:s3:::"), Kind: "aws.s3.bucket", Class: probity.Bucket, Scope: probity.Scope{Provider: "aws", Account: account, Region: "eu-west-1"}}
		a.Exposure.Public = probity.Known(open, o)
		a.Owner = probity.Known("team of "+account, o)
		a.Location.Country = probity.Known("IE", o)
		a.Access.Readers = probity.Open(probity.Gap{Reason: probity.Denied, Needs: "iam:ListRoles"}, o, probity.Grant{Principal: "arn:aws:iam::" + account + ":role/app", Actions: []string{"s3:GetObject"}})
		a.Labels = probity.Open(probity.Gap{Reason: probity.Sampled}, o, probity.Label{Detector: "email", Category: probity.Contact, On: "clients.csv:mail", Found: 3, Sample: probity.Sample{Read: 9, Unit: "rows"}, Confidence: .9, Protection: probity.Clear, AsOf: started})
		a.Activities = probity.Whole(o, probity.Activity{ID: "care", Subjects: []string{"patients"}})
		return a
	}
	seen, out, bad := store(ref("seen"), "1"), store(ref("zz-"+hidden), "2"), store(probity.Ref{ID: hostile}, "1")
	copied := store(ref("seen-copy"), "1")
	link := func(a *probity.Asset, kind probity.LinkKind, to probity.Asset) {
		a.Links = a.Links.With(probity.Link{Kind: kind, To: to.Ref})
		if kind == probity.CopyOf {
			l := to.Labels.Items[0]
			l.Inherited = &to.Ref
			a.Labels = a.Labels.With(l)
		}
	}
	for _, a := range []*probity.Asset{&seen, &out, &bad, &copied} {
		a.Links = probity.Whole[probity.Link](o)
	}
	link(&copied, probity.CopyOf, seen)
	link(&copied, probity.CopyOf, out)
	link(&seen, probity.ReadsFrom, out)
	link(&out, probity.CopyOf, seen)
	seen.Exposure.Declared.Guards = probity.Whole(o, out.Ref)
	seen.Exposure.Public = probity.Known(open, &probity.Origin{Derived: []probity.Evidence{{Asset: out.Ref, Fact: "exposure.declared.policy", Value: hidden, Origin: o}, {Asset: seen.Ref, Fact: "exposure.declared.acl", Value: "public-read", Origin: o}}})
	all := []probity.Asset{seen, out, bad, copied}
	slices.SortFunc(all, func(x, y probity.Asset) int { return x.Ref.Compare(y.Ref) })
	s := probity.Scan{Header: probity.Header{Format: probity.Format, Tool: "probity 1.0.0", Started: started, Targets: []string{"aws:"}, Rules: []probity.Rule{rule, {ID: "owned", Title: "Somebody answers", Behaviour: 1, Reads: []probity.Path{"access.readers"}, Obligations: []probity.Obligation{"access-control"}}},
		Frameworks: []probity.Framework{{ID: "gdpr", Title: "General Data Protection Regulation", Controls: []probity.Control{{ID: "32", Title: "Security", Mode: probity.Partly, Obligations: []probity.Obligation{"access-control"}}, {ID: "35", Title: "Assessment", Mode: probity.Manual, Why: "a person decides"}}}}}}
	s.Coverage = func(func(probity.Coverage, error) bool) {}
	s.Assets = func(yield func(probity.Asset, error) bool) {
		for _, a := range all {
			if !yield(a, nil) {
				return
			}
		}
	}
	s.Outcomes = func(yield func(probity.Outcome, error) bool) {
		for _, a := range all {
			o := probity.Outcome{Rule: rule.ID, Asset: a.Ref, Verdict: probity.Pass}
			if open {
				o.Verdict = probity.Fail
				o.Evidence = []probity.Evidence{{Asset: a.Ref, Fact: "exposure.public", Value: true, Origin: a.Exposure.Public.From()}}
				if a.Ref == seen.Ref {
					o.Evidence = append(o.Evidence, probity.Evidence{Asset: out.Ref, Fact: "labels", Value: hidden})
				}
				o.Findings = []probity.Finding{{Fingerprint: probity.Fingerprint(rule.ID, a.Ref, "exposure.public", ""), Asset: a.Ref, Fact: "exposure.public", Message: "anybody reads " + a.Name, Risk: probity.Risk{Severity: probity.Critical}}}
			}
			gap := &probity.Gap{Reason: probity.Denied, Needs: "iam:ListRoles"}
			if !yield(o, nil) || !yield(probity.Outcome{Rule: "owned", Asset: a.Ref, Verdict: probity.Unknown, Evidence: []probity.Evidence{{Asset: a.Ref, Fact: "access.readers", Gap: gap}}}, nil) {
				return
			}
		}
	}
	return s
}

// nights is a history of three scans, of which the second found everything closed.
func nights(t *testing.T) *history.Store {
	t.Helper()
	s, err := history.OpenFolder(t.Context(), t.TempDir(), history.Options{Now: func() time.Time { return morning }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for i, open := range []bool{true, false, true} {
		take(t, s, "nightly", estate(morning.AddDate(0, 0, i-3), open))
	}
	return s
}

func take(t *testing.T, s *history.Store, series string, scan probity.Scan) {
	t.Helper()
	id, err := s.Begin(t.Context(), history.Run{Series: series, Targets: scan.Targets, Tool: scan.Tool, Started: scan.Started})
	if err == nil {
		_, err = s.Take(t.Context(), id, scan)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// timetable is one schedule.
type timetable struct {
	store *history.Store
	asked []string
}

func (s *timetable) Status(ctx context.Context) (dashboard.Status, error) {
	all, err := s.store.Scans(ctx, history.ScansQuery{Series: "nightly", Limit: 1})
	if err != nil || len(all) == 0 {
		return dashboard.Status{}, err
	}
	return dashboard.Status{Schedules: []dashboard.ScheduleStatus{{Name: "nightly", Cron: "30 2 * * *", Zone: "Europe/Berlin", Next: morning.Add(20 * time.Hour), Last: &all[0]}}}, nil
}

func (s *timetable) Ask(_ context.Context, schedule string) error {
	s.asked = append(s.asked, schedule)
	return nil
}

// site is the pages over a history, as one viewer sees them.
type site struct {
	*testing.T
	h http.Handler
	v dashboard.Viewer
}

func open(t *testing.T, s *history.Store, x *timetable, v dashboard.Viewer) site {
	t.Helper()
	look, err := dashboard.NewLook()
	if err != nil {
		t.Fatal(err)
	}
	log := logrus.New()
	log.SetOutput(t.Output())
	o := &dashboard.Operations{Store: s, Schedules: x, Log: log, Now: func() time.Time { return morning }}
	mux := http.NewServeMux()
	mux.Handle(dashboard.APIPath+"/", dashboard.API(o))
	mux.Handle("/", dashboard.Handler(dashboard.Options{Operations: o, Look: look}))
	return site{t, mux, v}
}

func (s site) ask(method, at string, form url.Values) *httptest.ResponseRecorder {
	s.Helper()
	r := httptest.NewRequest(method, at, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	s.h.ServeHTTP(w, r.WithContext(dashboard.WithViewer(r.Context(), s.v)))
	return w
}

var href = regexp.MustCompile(`(?:href|src|action)="([^"]*)"`)

// crawl follows every link from the first page, and gives what each address answered.
func (s site) crawl() map[string]string {
	s.Helper()
	seen, todo := map[string]string{}, []string{"/"}
	for len(todo) > 0 {
		at := todo[0]
		todo = todo[1:]
		if _, ok := seen[at]; ok {
			continue
		}
		w := s.ask(http.MethodGet, at, nil)
		for w.Code == http.StatusSeeOther {
			w = s.ask(http.MethodGet, w.Header().Get("Location"), nil)
		}
		body := w.Body.String()
		seen[at] = body
		if w.Code != http.StatusOK {
			s.Errorf("%s: got %d, want 200: %.300s", at, w.Code, body)
			continue
		}
		if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			continue
		}
		for _, m := range href.FindAllStringSubmatch(body, -1) {
			to := html.UnescapeString(m[1])
			switch {
			case strings.HasPrefix(to, "#"), strings.HasPrefix(to, "https://"): // what rules name to read more
			case strings.Contains(to, "lang=") && !strings.Contains(to, "lang=de"): // languages differ in words alone
			case strings.HasPrefix(to, "/signout"), strings.HasSuffix(to, "/run"), strings.HasSuffix(to, "/waive"), strings.HasSuffix(to, "/withdraw"), strings.HasSuffix(to, "/retry"): // are posted to
			case strings.HasPrefix(to, "/"):
				todo = append(todo, to)
			default:
				s.Errorf("%s leads to %q", at, to)
			}
		}
	}
	return seen
}

func viewers() map[string]dashboard.Viewer {
	within := history.Bounds{Accounts: []string{"aws/1"}}
	return map[string]dashboard.Viewer{
		"viewer": {Name: "vera", Role: dashboard.ViewerRole, CSRF: "x"}, "operator": {Name: "otto", Role: dashboard.OperatorRole, CSRF: "x"}, "admin": {Name: "ada", Role: dashboard.AdminRole, CSRF: "x"},
		"bounded viewer": {Name: "vera", Role: dashboard.ViewerRole, CSRF: "x", Bounds: within}, "bounded admin": {Name: "ada", Role: dashboard.AdminRole, CSRF: "x", Bounds: within},
	}
}

// Every link that a page shows leads somewhere, and nobody sees what is out of their bounds on any of them, nor in the tables.
func TestCrawl(t *testing.T) {
	t.Parallel()
	s := nights(t)
	for name, v := range viewers() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pages := open(t, s, &timetable{store: s}, v).crawl()
			if len(pages) < 40 {
				t.Errorf("got %d addresses, want the whole site: %v", len(pages), slices.Collect(func(yield func(string) bool) {
					for p := range pages {
						if !yield(p) {
							return
						}
					}
				}))
			}
			sees := false
			for at, body := range pages {
				sees = sees || strings.Contains(body, hidden)
				if !v.Bounds.Zero() && strings.Contains(body, hidden) {
					i := strings.Index(body, hidden)
					t.Errorf("%s tells of what is out of bounds: …%s…", at, body[max(0, i-200):min(len(body), i+60)])
				}
				if strings.HasPrefix(at, dashboard.APIPath) { // no browser reads it as a page
					continue
				}
				for _, bad := range []string{"\x1b", "\u202e", "<script", `="javascript:`, "ZgotmplZ", "<no value>"} {
					if strings.Contains(body, bad) {
						t.Errorf("%s has %q in it", at, bad)
					}
				}
			}
			if v.Bounds.Zero() && !sees {
				t.Error("without bounds nobody sees what is out of bounds: the test proves nothing")
			}
		})
	}
}

func TestOutOfBounds(t *testing.T) {
	t.Parallel()
	s := nights(t)
	out := "arn:aws:s3:::zz-" + hidden
	for name, v := range viewers() {
		want := http.StatusOK
		if !v.Bounds.Zero() {
			want = http.StatusNotFound
		}
		p := open(t, s, &timetable{store: s}, v)
		for _, at := range []string{"/store?id=" + url.QueryEscape(out), "/findings/" + probity.Fingerprint("public-exposure", probity.Ref{ID: out}, "exposure.public", "")} {
			if w := p.ask(http.MethodGet, at, nil); w.Code != want {
				t.Errorf("%s: %s: got %d, want %d", name, at, w.Code, want)
			}
		}
	}
}

// Filters are taken back by what the page shows, and what is no filter is told.
func TestFilters(t *testing.T) {
	t.Parallel()
	s := nights(t)
	p := open(t, s, &timetable{store: s}, viewers()["viewer"])
	for at, want := range map[string]struct {
		code int
		text string
	}{
		"/findings?severity=critical&q=seen":    {200, "anybody reads seen"},
		"/findings?q=nothing+like+it":           {200, "No finding fits."},
		"/findings?severity=huge":               {400, "severity takes one of: critical, high, medium, low."},
		"/findings?days=soon":                   {400, "days takes a number of days."},
		"/findings?state=fixed":                 {200, "No finding fits."},
		"/findings?lang=de":                     {200, "Befunde"},
		"/stores?which=failing":                 {200, "4 stores"},
		"/stores?account=aws/1":                 {200, "3 stores"},
		"/stores?country=ie&category=contact":   {200, "4 stores"},
		"/map?country=FR":                       {200, "No personal data fits."},
		"/scans/last":                           {200, "What changed"},
		"/scans/none":                           {404, "There is nothing here"},
		"/findings?after=nonsense":              {400, "none"},
		"/audit":                                {403, "You may not do that"},
		"/nowhere":                              {404, "There is nothing here"},
		"/frameworks/none":                      {404, "There is nothing here"},
		"/unknown?framework=gdpr":               {200, "iam:ListRoles"},
		"/findings?q=%1b%5b2J%3Cscript%3E&rule": {303, ""},
	} {
		w := p.ask(http.MethodGet, at, nil)
		if w.Code != want.code || !strings.Contains(w.Body.String(), want.text) {
			t.Errorf("%s: got %d without %q, want %d: %.2000s", at, w.Code, want.text, want.code, w.Body.String()[max(0, strings.Index(w.Body.String(), "<main")):])
		}
	}
}

// What operators do shows at once, and others may not do it.
func TestActs(t *testing.T) {
	t.Parallel()
	s := nights(t)
	x := &timetable{store: s}
	all := viewers()
	at := "/findings/" + probity.Fingerprint("public-exposure", probity.Ref{ID: "arn:aws:s3:::seen"}, "exposure.public", "")
	whole := url.Values{"reason": {"until the move <b>"}, "owner": {"it@example.com"}, "approver": {"dpo@example.com"}, "until": {"2027-01-31"}}
	if w := open(t, s, x, all["viewer"]).ask(http.MethodPost, at+"/waive", whole); w.Code != http.StatusForbidden {
		t.Errorf("a viewer waives: got %d, want 403", w.Code)
	}
	if w := open(t, s, x, all["viewer"]).ask(http.MethodPost, "/schedules/nightly/run", nil); w.Code != http.StatusForbidden || len(x.asked) > 0 {
		t.Errorf("a viewer runs a schedule: got %d and %v, want 403", w.Code, x.asked)
	}
	p := open(t, s, x, all["operator"])
	for field, want := range map[string]string{"reason": "Say why", "owner": "Name who answers for it", "until": "Name the last day"} {
		form := url.Values{}
		for k, v := range whole {
			if k != field {
				form[k] = v
			}
		}
		if w := p.ask(http.MethodPost, at+"/waive", form); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), want) {
			t.Errorf("without %s: got %d, want 422 and %q", field, w.Code, want)
		}
	}
	if w := p.ask(http.MethodPost, at+"/waive", whole); w.Code != http.StatusSeeOther {
		t.Fatalf("waiving: got %d, want 303: %s", w.Code, w.Body)
	}
	page := p.ask(http.MethodGet, at, nil).Body.String()
	if !strings.Contains(page, "until the move &lt;b&gt;") || !strings.Contains(page, "Withdraw the waiver") || !strings.Contains(page, `class="standing waived"`) {
		t.Errorf("the page does not tell of the waiver: %s", page)
	}
	action := regexp.MustCompile(`/waivers/\d+/withdraw`).FindString(page)
	if w := p.ask(http.MethodPost, action, nil); w.Code != http.StatusSeeOther {
		t.Errorf("withdrawing at %q: got %d, want 303", action, w.Code)
	}
	if page := p.ask(http.MethodGet, at, nil).Body.String(); !strings.Contains(page, "withdrawn by otto") || !strings.Contains(page, `class="standing open"`) {
		t.Errorf("the page does not tell that the waiver is withdrawn: %s", page)
	}
	if w := p.ask(http.MethodPost, "/schedules/nightly/run", nil); w.Code != http.StatusSeeOther || !slices.Equal(x.asked, []string{"nightly"}) {
		t.Errorf("running a schedule: got %d and %v", w.Code, x.asked)
	}
	if w := p.ask(http.MethodPost, "/schedules/none/run", nil); w.Code != http.StatusNotFound {
		t.Errorf("running a schedule that is none: got %d, want 404", w.Code)
	}
	if w := open(t, s, x, all["viewer"]).ask(http.MethodGet, "/audit", nil); w.Code != http.StatusForbidden {
		t.Errorf("a viewer reads the audit log: got %d, want 403", w.Code)
	}
	log := open(t, s, x, all["admin"]).ask(http.MethodGet, "/audit", nil).Body.String()
	log = strings.ReplaceAll(log, "<wbr>", "") // where lines may break
	for _, want := range []string{"otto", "waived", "withdrew a waiver", "asked for a scan", "was refused", "POST " + at + "/waive", "GET /audit", `href="` + at + `"`, `href="/scans?series=nightly"`} {
		if !strings.Contains(log, want) {
			t.Errorf("the audit log does not tell %q", want)
		}
	}
}

// An empty history says what to do.
func TestEmpty(t *testing.T) {
	t.Parallel()
	s, err := history.OpenFolder(t.Context(), t.TempDir(), history.Options{Now: func() time.Time { return morning }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for name, v := range viewers() {
		for at, body := range open(t, s, &timetable{store: s}, v).crawl() {
			if at == "/" && !strings.Contains(body, "There is no scan yet.") {
				t.Errorf("%s: the first page does not say that there is no scan: %s", name, body)
			}
		}
	}
}

func TestNobody(t *testing.T) {
	t.Parallel()
	s := nights(t)
	for _, v := range []dashboard.Viewer{{}, {Name: "x", Role: "none"}} {
		if w := open(t, s, &timetable{store: s}, v).ask(http.MethodGet, "/", nil); w.Code != http.StatusUnauthorized {
			t.Errorf("%+v: got %d, want 401", v, w.Code)
		}
	}
}

// A clinic's scan goes through every page.
func TestClinic(t *testing.T) {
	t.Parallel()
	s := nights(t)
	b, err := os.ReadFile("../testdata/clinic.json")
	if err != nil {
		t.Fatal(err)
	}
	scan, err := reports.Read(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	scan.Started = morning
	take(t, s, "clinic", scan)
	open(t, s, &timetable{store: s}, viewers()["operator"]).crawl()
}

func (*timetable) Retry(context.Context, string) error { return nil }
