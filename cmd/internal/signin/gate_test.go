package signin

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity/reports/dashboard"
	"github.com/probity-scan/probity/reports/history"
)

// app is a server whose pages tell who looks at them.
type app struct {
	*httptest.Server
	t      *testing.T
	store  *history.Store
	o      Options
	tokens map[string]string // by name
	log    *lines

	pages http.Handler // nil: one that tells who looks at it
	mu    sync.Mutex
	later time.Duration // that the clock is forward
	gate  http.Handler
}

type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (a *app) now() time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	return time.Now().Add(a.later)
}

func (a *app) forward(d time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.later += d
}

// start is a server over TLS with a token of each role, and what more says.
func start(t *testing.T, more func(*Options)) *app {
	t.Helper()
	a := &app{t: t, tokens: map[string]string{}, log: &lines{}}
	var err error
	if a.store, err = history.OpenFolder(t.Context(), t.TempDir(), history.Options{Now: a.now}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.store.Close() })
	a.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.mu.Lock()
		h := a.gate
		a.mu.Unlock()
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(a.Close)
	log := logrus.New()
	log.SetOutput(a.log)
	log.SetLevel(logrus.DebugLevel)
	a.o = Options{Store: a.store, Idle: 30 * time.Minute, Limit: 12 * time.Hour, Log: log, Now: a.now, TLS: true, Here: true, Public: []string{"/healthz", "/static/"},
		Page: func(w http.ResponseWriter, _ *http.Request, status int, p dashboard.SignIn) {
			w.WriteHeader(status)
			fmt.Fprintf(w, "sign in: next=%s wrong=%s provider=%s leave=%s", p.Next, p.Wrong, p.Provider, p.Leave)
		}}
	for _, role := range dashboard.Roles() {
		a.tokens[string(role)] = rand.Text()
		a.o.Tokens = append(a.o.Tokens, Token{Name: string(role), Secret: a.tokens[string(role)], Role: role, Bounds: history.Bounds{Accounts: []string{"aws/" + string(role)}}})
	}
	if more != nil {
		more(&a.o)
	}
	a.restart()
	return a
}

// restart is the server with its options as they are now, and the same database.
func (a *app) restart() {
	a.t.Helper()
	pages := a.pages
	if pages == nil {
		pages = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			v, ok := dashboard.ViewerFrom(r.Context())
			_ = json.NewEncoder(w).Encode(map[string]any{"viewer": v, "known": ok, "path": r.URL.RequestURI(), "form": r.PostFormValue("field")})
		})
	}
	h, err := Wrap(pages, a.o)
	if err != nil {
		a.t.Fatal(err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.gate = h
}

// seen is what a page tells.
type seen struct {
	Viewer     dashboard.Viewer
	Known      bool
	Path, Form string
}

// browser holds cookies, trusts the servers of tests, and follows no redirect by itself.
type browser struct {
	*http.Client
	a *app
}

func (a *app) browser() *browser {
	a.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		a.t.Fatal(err)
	}
	return &browser{a: a, Client: &http.Client{Jar: jar, Transport: a.Client().Transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// answer is what came, read.
type answer struct {
	*http.Response
	body string
}

func (b *browser) do(method, target string, body io.Reader, headers ...string) answer {
	b.a.t.Helper()
	if strings.HasPrefix(target, "/") {
		target = b.a.URL + target
	}
	r, err := http.NewRequestWithContext(b.a.t.Context(), method, target, body)
	if err != nil {
		b.a.t.Fatal(err)
	}
	r.Header.Set("Accept", "text/html")
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
			continue
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := b.Do(r)
	if err != nil {
		b.a.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		b.a.t.Fatal(err)
	}
	return answer{res, string(text)}
}

func (b *browser) get(path string, headers ...string) answer {
	b.a.t.Helper()
	return b.do(http.MethodGet, path, http.NoBody, headers...)
}

func (b *browser) post(path string, form url.Values, headers ...string) answer {
	b.a.t.Helper()
	return b.do(http.MethodPost, path, strings.NewReader(form.Encode()), append([]string{"Content-Type", "application/x-www-form-urlencoded"}, headers...)...)
}

// viewer is who a page takes the browser for.
func (b *browser) viewer() (seen, bool) {
	b.a.t.Helper()
	a := b.get("/page")
	if a.StatusCode != http.StatusOK {
		return seen{}, false
	}
	var s seen
	if err := json.Unmarshal([]byte(a.body), &s); err != nil {
		b.a.t.Fatal(err)
	}
	return s, s.Known
}

func (b *browser) signIn(role string) {
	b.a.t.Helper()
	if a := b.post("/signin", url.Values{"token": {b.a.tokens[role]}}); a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/" {
		b.a.t.Fatalf("signing in: %d %s", a.StatusCode, a.body)
	}
}

func (b *browser) cookies() map[string]string {
	b.a.t.Helper()
	u, err := url.Parse(b.a.URL)
	if err != nil {
		b.a.t.Fatal(err)
	}
	out := map[string]string{}
	for _, c := range b.Jar.Cookies(u) {
		out[c.Name] = c.Value
	}
	return out
}

func (b *browser) hold(name, value string) {
	b.a.t.Helper()
	u, err := url.Parse(b.a.URL)
	if err != nil {
		b.a.t.Fatal(err)
	}
	b.Jar.SetCookies(u, []*http.Cookie{{Name: name, Value: value, Path: "/", Secure: true}})
}

// TestBearer: a token is one of those that are there, wholly, and counts alone.
func TestBearer(t *testing.T) {
	t.Parallel()
	a := start(t, nil)
	for name, c := range map[string]struct {
		header string
		want   int
	}{
		"none":             {"", 401},
		"right":            {"Bearer " + a.tokens["operator"], 200},
		"small letters":    {"bearer " + a.tokens["operator"], 200},
		"empty":            {"Bearer ", 401},
		"wrong":            {"Bearer " + rand.Text(), 401},
		"beginning":        {"Bearer " + a.tokens["operator"][:20], 401},
		"longer":           {"Bearer " + a.tokens["operator"] + "A", 401},
		"basic":            {"Basic " + a.tokens["operator"], 401},
		"two in one":       {"Bearer " + a.tokens["operator"] + " " + a.tokens["admin"], 401},
		"no kind of token": {a.tokens["operator"], 401},
	} {
		b := a.browser()
		got := b.get("/api/v1/x", "Authorization", c.header)
		if c.header == "" {
			got = b.get("/api/v1/x")
		}
		if got.StatusCode != c.want {
			t.Errorf("%s: got %d, want %d", name, got.StatusCode, c.want)
		}
		if c.want == 401 && (got.Header.Get("WWW-Authenticate") == "" || got.Header.Get("Content-Type") != "application/problem+json" || strings.Contains(got.body, "viewer")) {
			t.Errorf("%s: got %v %s", name, got.Header, got.body)
		}
		if c.want == 200 && !strings.Contains(got.body, `"Name":"operator","Came":"token","Issuer":"","Subject":"","Role":"operator","Bounds":{"accounts":["aws/operator"]},"CSRF":""`) {
			t.Errorf("%s: got %s", name, got.body)
		}
	}
	b := a.browser()
	b.signIn("admin")
	if got := b.get("/page", "Authorization", "Bearer "+rand.Text()); got.StatusCode != 401 {
		t.Errorf("a wrong token with a session: got %d, want 401", got.StatusCode)
	}
	if _, err := Wrap(http.NotFoundHandler(), Options{Now: a.now}); err == nil {
		t.Error("a gate that nobody passes is made")
	}
	empty := start(t, func(o *Options) { o.Tokens = append(o.Tokens, Token{Name: "empty", Role: dashboard.AdminRole}) })
	for _, given := range []string{"Bearer ", "Bearer", ""} {
		if got := empty.browser().get("/api/v1/x", "Authorization", given); got.StatusCode != 401 {
			t.Errorf("an empty token lets %q in", given)
		}
	}
	if got := empty.browser().post("/signin", url.Values{"token": {""}}); got.StatusCode != 401 {
		t.Errorf("an empty token signs in: %d", got.StatusCode)
	}
}

// TestNobody: who is not known sees what is public alone, whatever is asked.
func TestNobody(t *testing.T) {
	t.Parallel()
	a := start(t, nil)
	b := a.browser()
	for path, want := range map[string]int{"/healthz": 200, "/static/x.css": 200, "/signin": 200, "/": 303, "/findings?q=a": 303, "/static": 303, "/healthz/": 303, "/healthz/../page": 303, "/signin/callback": 303, "/signin/provider": 303,
		"/api/v1/findings": 401, "/api/v1/openapi.json": 401} {
		got := b.get(path)
		if got.StatusCode != want || want != 200 && strings.Contains(got.body, "viewer") {
			t.Errorf("%s: got %d %s, want %d", path, got.StatusCode, got.body, want)
		}
	}
	if got := b.get("/findings?q=a&lang=de"); got.Header.Get("Location") != "/signin?next=%2Ffindings%3Fq%3Da%26lang%3Dde" {
		t.Errorf("got %s", got.Header.Get("Location"))
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "QUERY"} {
		if got := b.do(method, "/page", http.NoBody); got.StatusCode != 401 {
			t.Errorf("%s: got %d, want 401", method, got.StatusCode)
		}
	}
	if got := b.get("/metrics", "Accept", "text/plain"); got.StatusCode != 401 {
		t.Errorf("a program gets %d, want 401", got.StatusCode)
	}
}

// TestHeaders: every answer says what browsers may do with it.
func TestHeaders(t *testing.T) {
	t.Parallel()
	a := start(t, nil)
	b := a.browser()
	b.signIn("viewer")
	for _, path := range []string{"/page", "/healthz", "/signin", "/api/v1/x"} {
		h := b.get(path).Header
		csp := h.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: the policy is %q, want %s", path, csp, want)
			}
		}
		if strings.Contains(csp, "unsafe") || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" || h.Get("Cache-Control") != "no-store" || h.Get("Strict-Transport-Security") == "" {
			t.Errorf("%s: got %v", path, h)
		}
	}
}

// TestSession: what a browser holds is new at each sign-in, ends by itself and by signing out, and stands nowhere else.
func TestSession(t *testing.T) {
	t.Parallel()
	const name = "__Host-probity-session"
	a := start(t, nil)
	b := a.browser()
	b.hold(name, "given-by-somebody-else")
	if _, ok := b.viewer(); ok {
		t.Fatal("a session that was made up is one")
	}
	got := b.post("/signin", url.Values{"token": {" " + a.tokens["operator"] + "\n"}, "next": {"/findings?q=a"}})
	cookie := got.Header.Get("Set-Cookie")
	for _, want := range []string{name + "=", "Path=/", "HttpOnly", "Secure", "SameSite=Lax"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("the cookie %q has no %s", regexp.MustCompile("=[A-Z2-7]+").ReplaceAllString(cookie, "=…"), want)
		}
	}
	first := b.cookies()[name]
	if got.Header.Get("Location") != "/findings?q=a" || len(first) != 52 || first == "given-by-somebody-else" {
		t.Errorf("got %s and %d characters", got.Header.Get("Location"), len(first))
	}
	s, ok := b.viewer()
	if !ok || s.Viewer.Name != "operator" || s.Viewer.Role != dashboard.OperatorRole || len(s.Viewer.Bounds.Accounts) != 1 || len(s.Viewer.CSRF) != 64 {
		t.Errorf("got %+v", s)
	}
	b.signIn("viewer") // again: what was held opens nothing any more
	old := a.browser()
	old.hold(name, first)
	if _, ok := old.viewer(); ok || b.cookies()[name] == first {
		t.Error("signing in again leaves the session of before")
	}

	two := a.browser()
	two.signIn("admin")
	held := two.cookies()[name]
	if got := two.get("/signout"); got.StatusCode != 405 {
		t.Errorf("a link signs out: %d", got.StatusCode)
	}
	s, _ = two.viewer()
	if got := two.post("/signout", url.Values{"csrf": {s.Viewer.CSRF}}); got.StatusCode != 303 || got.Header.Get("Location") != "/signin" || two.cookies()[name] != "" {
		t.Errorf("signing out: %d, and holds %d characters", got.StatusCode, len(two.cookies()[name]))
	}
	two.hold(name, held)
	if _, ok := two.viewer(); ok {
		t.Error("a session that was signed out of lives on the server")
	}
	if _, ok := b.viewer(); !ok {
		t.Error("signing out ends another's session")
	}

	for name, c := range map[string]struct {
		steps []time.Duration
		want  bool
	}{
		"used":           {[]time.Duration{29 * time.Minute, 29 * time.Minute, 29 * time.Minute}, true},
		"not used":       {[]time.Duration{30 * time.Minute}, false},
		"used too long":  {[]time.Duration{20 * time.Minute, 11*time.Hour + 40*time.Minute}, false},
		"long, but used": {steps(25*time.Minute, 28), true},
		"in all":         {steps(25*time.Minute, 29), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := start(t, nil)
			b := a.browser()
			b.signIn("viewer")
			ok := true
			for _, d := range c.steps {
				a.forward(d)
				_, ok = b.viewer()
			}
			if ok != c.want {
				t.Errorf("got %v, want %v", ok, c.want)
			}
		})
	}
}

func steps(d time.Duration, n int) []time.Duration {
	out := make([]time.Duration, n)
	for i := range out {
		out[i] = d
	}
	return out
}

// TestStands: a session ends with the token that it began by, and with what that gives.
func TestStands(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*Options)
		want   bool
	}{
		"nothing":        {func(*Options) {}, true},
		"another token":  {func(o *Options) { o.Tokens[2].Secret = rand.Text() }, true},
		"its token":      {func(o *Options) { o.Tokens[1].Secret = rand.Text() }, false},
		"its role":       {func(o *Options) { o.Tokens[1].Role = dashboard.ViewerRole }, false},
		"its bounds":     {func(o *Options) { o.Tokens[1].Bounds.Activities = []string{"a"} }, false},
		"the token gone": {func(o *Options) { o.Tokens = o.Tokens[:1] }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := start(t, nil)
			b := a.browser()
			b.signIn("operator")
			c.change(&a.o)
			a.restart()
			if _, ok := b.viewer(); ok != c.want {
				t.Errorf("got %v, want %v", ok, c.want)
			}
		})
	}
}

// TestForged: what a browser is made to send by others changes nothing.
func TestForged(t *testing.T) {
	t.Parallel()
	a := start(t, nil)
	b, other := a.browser(), a.browser()
	b.signIn("operator")
	other.signIn("operator")
	s, _ := b.viewer()
	foreign, _ := other.viewer()
	form := url.Values{"field": {"x"}, "csrf": {s.Viewer.CSRF}}
	for name, c := range map[string]struct {
		form    url.Values
		headers []string
		want    int
	}{
		"own page":                {form, []string{"Origin", a.URL, "Sec-Fetch-Site", "same-origin"}, 200},
		"no headers":              {form, nil, 200},
		"another site":            {form, []string{"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"}, 403},
		"another origin":          {form, []string{"Origin", "https://evil.example"}, 403},
		"same site, other origin": {form, []string{"Sec-Fetch-Site", "same-site"}, 403},
		"origin null":             {form, []string{"Origin", "null"}, 403},
		"no token":                {url.Values{"field": {"x"}}, []string{"Origin", a.URL}, 403},
		"empty token":             {url.Values{"csrf": {""}}, nil, 403},
		"another's token":         {url.Values{"csrf": {foreign.Viewer.CSRF}}, nil, 403},
		"token in the address":    {nil, []string{"X-None", s.Viewer.CSRF}, 403},
		"token in a header":       {nil, []string{"X-Csrf-Token", s.Viewer.CSRF}, 200},
		"too long":                {url.Values{"csrf": {s.Viewer.CSRF}, "field": {strings.Repeat("x", 70<<10)}}, nil, 403},
		"another form":            {form, []string{"Content-Type", "text/plain"}, 403},
	} {
		path := "/change"
		if name == "token in the address" {
			path += "?csrf=" + s.Viewer.CSRF
		}
		got := b.post(path, c.form, c.headers...)
		if got.StatusCode != c.want || strings.Count(strings.TrimSpace(got.body), "\n") > 0 {
			t.Errorf("%s: got %d %s, want %d", name, got.StatusCode, got.body, c.want)
		}
		if c.want == 200 && c.form != nil && !strings.Contains(got.body, `"form":"x"`) {
			t.Errorf("%s: the form is lost: %s", name, got.body)
		}
	}
	if got := b.do(http.MethodDelete, "/change", http.NoBody); got.StatusCode != 403 {
		t.Errorf("DELETE without a token: %d", got.StatusCode)
	}
	// Nobody is made to sign in as somebody else.
	victim := a.browser()
	if got := victim.post("/signin", url.Values{"token": {a.tokens["viewer"]}}, "Origin", "https://evil.example"); got.StatusCode != 403 {
		t.Errorf("signing in from another site: %d", got.StatusCode)
	}
	// Programs hold no cookies that others could use.
	if got := victim.post("/change", nil, "Authorization", "Bearer "+a.tokens["viewer"], "Origin", "https://elsewhere.example"); got.StatusCode != 200 {
		t.Errorf("a program with a token: %d", got.StatusCode)
	}
}

// TestLocal: nobody is led elsewhere after signing in.
func TestLocal(t *testing.T) {
	t.Parallel()
	for next, want := range map[string]string{
		"/": "/", "/findings?q=a b": "/", "/findings?q=a%20b": "/findings?q=a%20b", "/stores/arn:aws:s3:::x": "/stores/arn:aws:s3:::x", "/map?country=DE&lang=de": "/map?country=DE&lang=de", "/stores/a%2Fb": "/stores/a%2Fb",
		"": "/", "findings": "/", "//evil.example": "/", "///evil.example": "/", `/\evil.example`: "/", `\\evil.example`: "/", "https://evil.example/": "/", "javascript:alert(1)": "/", "/%5Cevil.example": "/", "/%2Fevil.example": "/",
		"/\tevil": "/", "/\n/evil": "/", "/%0d%0aSet-Cookie:a=b": "/%0d%0aSet-Cookie:a=b", "http:evil.example": "/", "/signin?next=/": "/", "/signout": "/", "/a#b": "/a", "/" + strings.Repeat("a", 3000): "/",
	} {
		if got := local(next); got != want {
			t.Errorf("%q: got %q, want %q", next, got, want)
		}
	}
	a := start(t, nil)
	for _, next := range []string{"//evil.example", "https://evil.example", `/\evil.example`} {
		if got := a.browser().post("/signin", url.Values{"token": {a.tokens["viewer"]}, "next": {next}}); got.Header.Get("Location") != "/" {
			t.Errorf("%q leads to %q", next, got.Header.Get("Location"))
		}
		if got := a.browser().get("/signin?next=" + url.QueryEscape(next)); !strings.Contains(got.body, "next=/ ") {
			t.Errorf("%q is in the form: %s", next, got.body)
		}
	}
}

// TestHost: a name that somebody else has led here opens nothing.
func TestHost(t *testing.T) {
	t.Parallel()
	public, err := url.Parse("https://probity.example.com")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		more func(*Options)
		want map[string]int
	}{
		"this machine":          {nil, map[string]int{"127.0.0.1:1": 200, "localhost": 200, "[::1]:8470": 200, "evil.example": 421, "127.0.0.1.evil.example": 421, "localhost.evil.example:80": 421, "10.0.0.1": 421}},
		"behind a proxy":        {func(o *Options) { o.URL = public }, map[string]int{"probity.example.com": 200, "PROBITY.example.com:443": 200, "localhost:8470": 200, "evil.example": 421}},
		"elsewhere with a name": {func(o *Options) { o.URL, o.Here = public, false }, map[string]int{"probity.example.com": 200, "localhost": 421, "evil.example": 421}},
		"elsewhere":             {func(o *Options) { o.Here = false }, map[string]int{"any.example": 200}},
	} {
		a := start(t, c.more)
		for host, want := range c.want {
			if got := a.browser().get("/signin", "Host", host); got.StatusCode != want || strings.Contains(got.body, host) {
				t.Errorf("%s, %s: got %d %s, want %d", name, host, got.StatusCode, got.body, want)
			}
			if got := a.browser().get("/signin", "Host", host, "Authorization", "Bearer "+a.tokens["viewer"]); got.StatusCode != want {
				t.Errorf("%s, %s: signing in with a token at hand: got %d, want %d", name, host, got.StatusCode, want)
			}
			if got := a.browser().get("/", "Host", host); want == 200 && (got.StatusCode != 303 || !strings.HasPrefix(got.Header.Get("Location"), "/signin?")) {
				t.Errorf("%s, %s: got %d to %s", name, host, got.StatusCode, got.Header.Get("Location"))
			}
			if got := a.browser().get("/api/v1/x", "Host", host, "Authorization", "Bearer "+a.tokens["viewer"]); got.StatusCode != 200 {
				t.Errorf("%s, %s: a program gets %d", name, host, got.StatusCode)
			}
			if got := a.browser().get("/healthz", "Host", host); got.StatusCode != 200 {
				t.Errorf("%s, %s: a probe gets %d", name, host, got.StatusCode)
			}
		}
	}
}

// TestPlain: without TLS cookies are no secure ones, which a browser would not send back.
func TestPlain(t *testing.T) {
	t.Parallel()
	a := start(t, func(o *Options) { o.TLS = false })
	plain := httptest.NewServer(a.Config.Handler)
	t.Cleanup(plain.Close)
	b := a.browser()
	got := b.post(plain.URL+"/signin", url.Values{"token": {a.tokens["viewer"]}})
	if cookie := got.Header.Get("Set-Cookie"); !strings.HasPrefix(cookie, "probity-session=") || strings.Contains(cookie, "Secure") || !strings.Contains(cookie, "HttpOnly") {
		t.Errorf("got %d and a cookie that is not right", got.StatusCode)
	}
	if got := b.get(plain.URL + "/page"); got.StatusCode != 200 {
		t.Errorf("got %d, want the page", got.StatusCode)
	}
}

// TestLimits: who tries tokens is stopped, and others are not.
func TestLimits(t *testing.T) {
	t.Parallel()
	a := start(t, nil)
	b := a.browser()
	codes := map[int]int{}
	for range 15 {
		codes[b.post("/signin", url.Values{"token": {rand.Text()}}).StatusCode]++
	}
	got := b.post("/signin", url.Values{"token": {a.tokens["viewer"]}})
	if codes[401] != 10 || codes[429] != 5 || got.StatusCode != 429 || got.Header.Get("Retry-After") == "" {
		t.Errorf("got %v, and %d with the right one", codes, got.StatusCode)
	}
	codes = map[int]int{}
	for range 25 {
		codes[b.get("/api/v1/x", "Authorization", "Bearer "+rand.Text()).StatusCode]++
	}
	if right := b.get("/api/v1/x", "Authorization", "Bearer "+a.tokens["viewer"]); codes[401] != 20 || codes[429] != 5 || right.StatusCode != 200 {
		t.Errorf("got %v, and %d with the right one", codes, right.StatusCode)
	}
	a.forward(time.Minute)
	b.signIn("viewer")
	l := newLimits(time.Now, 1, time.Hour)
	from := func(address string) *http.Request { return &http.Request{RemoteAddr: address} }
	for _, c := range []struct {
		address string
		want    bool
	}{{"192.0.2.1:1", true}, {"192.0.2.1:2", false}, {"192.0.2.2:1", true}, {"[2001:db8::1]:1", true}, {"[2001:db8::ffff]:1", false}, {"[2001:db8:0:1::1]:1", true}, {"unix", true}} {
		if got := l.allow(from(c.address)); got != c.want {
			t.Errorf("%s: got %v", c.address, got)
		}
	}
}
