package signin

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/probity-scan/probity/reports/dashboard"
	"github.com/probity-scan/probity/reports/history"
)

// withProvider is a server whose people sign in at a provider.
func withProvider(t *testing.T, more func(*Provider)) (*app, *provider) {
	t.Helper()
	p := startProvider(t)
	a := start(t, nil)
	p.callback = a.URL + CallbackPath
	a.o.Provider = &Provider{Issuer: p.URL, Client: p.client, Secret: p.secret, Scopes: []string{"groups"}, Callback: p.callback, HTTP: p.Client(), Now: a.now, Grants: grants()}
	if more != nil {
		more(a.o.Provider)
	}
	a.o.Provider.Ready()
	a.restart()
	return a, p
}

func grants() []Grant {
	return []Grant{
		{Claim: "groups", Values: []string{"office", "board"}, Role: dashboard.AdminRole},
		{Claim: "groups", Values: []string{"shop"}, Role: dashboard.OperatorRole, Bounds: history.Bounds{Accounts: []string{"aws/1"}, Activities: []string{"orders"}}},
		{Claim: "realm_access.roles", Values: []string{"reader"}, Role: dashboard.ViewerRole, Bounds: history.Bounds{Tags: map[string][]string{"team": {"a", "b"}}}},
		{Claim: "department", Values: []string{"law"}, Role: dashboard.ViewerRole},
	}
}

// through follows the whole way over the provider, and gives the answer of our callback.
func (b *browser) through(p *provider, next string) answer {
	b.a.t.Helper()
	return b.get(b.back(p, next))
}

// back is the address that the provider sends the browser to.
func (b *browser) back(p *provider, next string) string {
	b.a.t.Helper()
	at := b.a.URL + "/signin/provider?next=" + url.QueryEscape(next)
	for range 10 {
		got := b.get(at)
		to, err := got.Location()
		if err != nil {
			b.a.t.Fatalf("%s: %d %s", at, got.StatusCode, got.body)
		}
		if at = to.String(); strings.HasPrefix(at, p.callback) {
			return at
		}
	}
	b.a.t.Fatal("the way does not end")
	return ""
}

// TestProvider: the whole way over a provider, and what its claims give.
func TestProvider(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		person map[string]any
		more   func(*Provider)
		want   dashboard.Viewer
		wrong  bool
	}{
		"admin":               {person: map[string]any{"groups": []string{"all", "board"}, "email": "a@example.com"}, want: dashboard.Viewer{Name: "a@example.com", Role: dashboard.AdminRole}},
		"bounds":              {person: map[string]any{"groups": []string{"shop"}}, want: dashboard.Viewer{Name: "subject-1", Role: dashboard.OperatorRole, Bounds: history.Bounds{Accounts: []string{"aws/1"}, Activities: []string{"orders"}}}},
		"the first that fits": {person: map[string]any{"groups": []string{"shop", "office"}}, want: dashboard.Viewer{Name: "subject-1", Role: dashboard.AdminRole}},
		"claim inside":        {person: map[string]any{"realm_access": map[string]any{"roles": []string{"reader"}}}, want: dashboard.Viewer{Name: "subject-1", Role: dashboard.ViewerRole, Bounds: history.Bounds{Tags: map[string][]string{"team": {"a", "b"}}}}},
		"a word":              {person: map[string]any{"department": "law"}, want: dashboard.Viewer{Name: "subject-1", Role: dashboard.ViewerRole}},
		"name by claim":       {person: map[string]any{"department": "law", "nick": "ann\u202e\n"}, more: func(p *Provider) { p.Name = "nick" }, want: dashboard.Viewer{Name: "ann", Role: dashboard.ViewerRole}},
		"no claim":            {person: map[string]any{"email": "a@example.com"}, wrong: true},
		"another group":       {person: map[string]any{"groups": []string{"shopping", "Office"}}, wrong: true},
		"claim of a number":   {person: map[string]any{"groups": 7, "department": true}, wrong: true},
		"no such scope":       {person: map[string]any{"groups": []string{"office"}}, more: func(p *Provider) { p.Scopes = nil }, wrong: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, p := withProvider(t, c.more)
			c.person["sub"] = "subject-1"
			p.person = c.person
			b := a.browser()
			got := b.through(p, "/map?country=DE")
			s, ok := b.viewer()
			if c.wrong {
				if got.StatusCode != 403 || !strings.Contains(got.body, "wrong=role") || ok {
					t.Errorf("got %d %s, and in: %v", got.StatusCode, got.body, ok)
				}
				return
			}
			if got.StatusCode != 303 || got.Header.Get("Location") != "/map?country=DE" || len(s.Viewer.CSRF) != 64 {
				t.Fatalf("got %d %s\n%s", got.StatusCode, got.body, a.log)
			}
			s.Viewer.CSRF = ""
			c.want.Came, c.want.Issuer, c.want.Subject = history.ByProvider, p.URL, "subject-1"
			if !reflect.DeepEqual(s.Viewer, c.want) {
				t.Errorf("got %+v, want %+v", s.Viewer, c.want)
			}
		})
	}
}

// TestProviderRefused: an answer that is not for this browser, client and time signs nobody in.
func TestProviderRefused(t *testing.T) {
	t.Parallel()
	stranger, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	part := func(v any) string {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(b)
	}
	for name, c := range map[string]struct {
		spoil  func(claims map[string]any)
		resign func(t *testing.T, p *provider, claims map[string]any) string
		way    func(b *browser, p *provider, back string) string // to our callback
		status int
	}{
		"nothing":       {spoil: func(map[string]any) {}, status: 303},
		"nonce":         {spoil: func(c map[string]any) { c["nonce"] = rand.Text() }},
		"no nonce":      {spoil: func(c map[string]any) { delete(c, "nonce") }},
		"audience":      {spoil: func(c map[string]any) { c["aud"] = "another" }},
		"no audience":   {spoil: func(c map[string]any) { delete(c, "aud") }},
		"two audiences": {spoil: func(c map[string]any) { c["aud"] = []string{"probity", "another"}; delete(c, "azp") }},
		"another party": {spoil: func(c map[string]any) { c["azp"] = "another" }},
		"issuer":        {spoil: func(c map[string]any) { c["iss"] = "https://evil.example" }},
		"expired":       {spoil: func(c map[string]any) { c["exp"] = time.Now().Add(-time.Minute).Unix() }},
		"no expiry":     {spoil: func(c map[string]any) { delete(c, "exp") }},
		"not yet":       {spoil: func(c map[string]any) { c["nbf"] = time.Now().Add(time.Hour).Unix() }},
		"a stranger's key": {resign: func(t *testing.T, _ *provider, c map[string]any) string {
			t.Helper()
			return signed(t, jose.SigningKey{Algorithm: jose.ES256, Key: stranger}, c)
		}},
		"a stranger's key under a name of the provider's": {resign: func(t *testing.T, p *provider, c map[string]any) string {
			t.Helper()
			return signed(t, jose.SigningKey{Algorithm: jose.ES256, Key: jose.JSONWebKey{Key: stranger, KeyID: p.keys[0].id}}, c)
		}},
		"no signature": {resign: func(_ *testing.T, _ *provider, c map[string]any) string {
			return part(map[string]string{"alg": "none"}) + "." + part(c) + "."
		}},
		"by the client's secret": {resign: func(t *testing.T, p *provider, c map[string]any) string {
			t.Helper()
			return signed(t, jose.SigningKey{Algorithm: jose.HS256, Key: []byte(p.secret + p.secret)}, c)
		}},
		"no token":        {resign: func(*testing.T, *provider, map[string]any) string { return "" }},
		"state":           {way: func(_ *browser, _ *provider, back string) string { return with(back, "state", rand.Text()) }, status: 400},
		"no state":        {way: func(_ *browser, _ *provider, back string) string { return with(back, "state", "") }, status: 400},
		"another's state": {way: func(b *browser, p *provider, _ string) string { return b.a.browser().back(p, "/") }, status: 400},
		"code":            {way: func(_ *browser, _ *provider, back string) string { return with(back, "code", rand.Text()) }},
		"another's code": {way: func(b *browser, p *provider, back string) string {
			u, err := url.Parse(b.a.browser().back(p, "/"))
			if err != nil {
				b.a.t.Fatal(err)
			}
			return with(back, "code", u.Query().Get("code")) // PKCE: the verifier is another
		}},
		"error": {way: func(_ *browser, _ *provider, back string) string {
			return with(with(back, "code", ""), "error", "access_denied")
		}},
		"another provider": {way: func(_ *browser, _ *provider, back string) string { return with(back, "iss", "https://evil.example") }},
		"again":            {way: func(b *browser, _ *provider, back string) string { b.get(back); b.Jar = b.a.browser().Jar; return back }, status: 400},
		"no cookie":        {way: func(b *browser, _ *provider, back string) string { b.Jar = b.a.browser().Jar; return back }, status: 400},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, p := withProvider(t, nil)
			p.person["groups"] = []string{"office"}
			p.spoil = c.spoil
			if c.resign != nil {
				p.spoil, p.resign = func(map[string]any) {}, func(claims map[string]any) string { return c.resign(t, p, claims) }
			}
			b := a.browser()
			back := b.back(p, "/")
			if c.way != nil {
				back = c.way(b, p, back)
			}
			if c.status == 0 {
				c.status = 401
			}
			got := b.get(back)
			if _, in := b.viewer(); got.StatusCode != c.status || in != (c.status == 303) {
				t.Errorf("got %d %s, want %d; in: %v\n%s", got.StatusCode, got.body, c.status, in, a.log)
			}
		})
	}
}

func with(address, key, value string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	q := u.Query()
	if q.Set(key, value); value == "" {
		q.Del(key)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// TestProviderAsked: what goes to the provider is a code flow with PKCE, state and nonce, back to the address that the configuration
// says, whatever the request's host is.
func TestProviderAsked(t *testing.T) {
	t.Parallel()
	a, p := withProvider(t, nil)
	b := a.browser()
	to, err := b.get("/signin/provider", "Host", "localhost:1").Location()
	if err != nil {
		t.Fatal(err)
	}
	q := to.Query()
	if q.Get("response_type") != "code" || q.Get("code_challenge_method") != "S256" || len(q.Get("code_challenge")) != 43 || len(q.Get("state")) < 26 || len(q.Get("nonce")) < 26 || q.Get("redirect_uri") != p.callback || q.Get("scope") != "openid profile email groups" || q.Get("client_secret") != "" {
		t.Errorf("got %v", to)
	}
	again, err := b.get("/signin/provider").Location()
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"state", "nonce", "code_challenge"} {
		if again.Query().Get(key) == q.Get(key) {
			t.Errorf("%s is the same twice", key)
		}
	}
	b.back(p, "/")
	if held := b.cookies()["__Host-probity-signin"]; held == "" {
		t.Error("the browser holds nothing while its person is away")
	}
	p.person["groups"] = []string{"office"}
	b.through(p, "/")
	if held := b.cookies()["__Host-probity-signin"]; held != "" {
		t.Error("what the browser held of the way stays")
	}
}

// TestProviderKeys: keys of the provider change while the server runs.
func TestProviderKeys(t *testing.T) {
	t.Parallel()
	a, p := withProvider(t, nil)
	p.person["groups"] = []string{"office"}
	for range 3 {
		b := a.browser()
		if got := b.through(p, "/"); got.StatusCode != 303 {
			t.Fatalf("got %d\n%s", got.StatusCode, a.log)
		}
		p.rotate(t)
	}
}

// TestProviderAway: a provider that does not answer is told, and asked again the next time.
func TestProviderAway(t *testing.T) {
	t.Parallel()
	a, p := withProvider(t, nil)
	p.person["groups"] = []string{"office"}
	var away atomic.Bool
	away.Store(true)
	good := p.Config.Handler
	p.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if away.Load() {
			http.Error(w, "secret of the provider", http.StatusInternalServerError)
			return
		}
		good.ServeHTTP(w, r)
	})
	b := a.browser()
	if got := b.get("/signin/provider"); got.StatusCode != 502 || !strings.Contains(got.body, "wrong=provider") {
		t.Errorf("got %d %s", got.StatusCode, got.body)
	}
	away.Store(false)
	back := b.back(p, "/")
	away.Store(true)
	if got := b.get(back); got.StatusCode != 401 || strings.Contains(a.log.String(), "code=") {
		t.Errorf("got %d %s\n%s", got.StatusCode, got.body, a.log)
	}
	away.Store(false)
	if got := b.through(p, "/"); got.StatusCode != 303 {
		t.Errorf("got %d %s", got.StatusCode, got.body)
	}
}

// TestProviderChanged: a session ends when the provider's roles are others.
func TestProviderChanged(t *testing.T) {
	t.Parallel()
	a, p := withProvider(t, nil)
	p.person["groups"] = []string{"office"}
	b := a.browser()
	b.through(p, "/")
	a.restart()
	if _, ok := b.viewer(); !ok {
		t.Error("the session ended with the server")
	}
	g := grants()
	g[0].Role = dashboard.ViewerRole
	a.o.Provider = (&Provider{Issuer: p.URL, Client: p.client, Secret: p.secret, Callback: p.callback, HTTP: p.Client(), Now: a.now, Grants: g}).Ready()
	a.restart()
	if _, ok := b.viewer(); ok {
		t.Error("a session of a role that is gone lives")
	}
}

// TestSecrets: neither log nor audit nor database holds what opens something.
func TestSecrets(t *testing.T) {
	t.Parallel()
	a, p := withProvider(t, nil)
	p.person["groups"] = []string{"office"}
	b := a.browser()
	back := b.back(p, "/")
	b.get(back)
	s, _ := b.viewer()
	u, err := url.Parse(back)
	if err != nil {
		t.Fatal(err)
	}
	secrets := map[string]string{"token": a.tokens["viewer"], "client secret": p.secret, "code": u.Query().Get("code"), "state": u.Query().Get("state"), "session": b.cookies()["__Host-probity-session"], "csrf": s.Viewer.CSRF, "ID token": p.idToken, "wrong token": rand.Text()}
	c := a.browser()
	c.post("/signin", url.Values{"token": {secrets["wrong token"]}})
	c.get("/api/v1/x", "Authorization", "Bearer "+secrets["wrong token"])
	c.signIn("viewer")
	secrets["other session"] = c.cookies()["__Host-probity-session"]
	c.post("/change", url.Values{"csrf": {"wrong"}})
	entries, err := a.store.AuditLog(t.Context(), history.AuditQuery{})
	if err != nil {
		t.Fatal(err)
	}
	said, err := json.Marshal(entries)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"sign-in", "refused", "viewer", "127.0.0.1"} {
		if !strings.Contains(string(said), want) {
			t.Errorf("the audit says nothing of %s: %s", want, said)
		}
	}
	kept := string(said) + a.log.String()
	rows, err := a.store.DB().QueryContext(t.Context(), "SELECT id || name || role || bounds || via || issuer || subject || hint || proof FROM session")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var row string
		if err := rows.Scan(&row); err != nil {
			t.Fatal(err)
		}
		kept += row
		n++
	}
	if err := rows.Err(); err != nil || n != 2 {
		t.Errorf("got %d sessions, %v, want two", n, err)
	}
	for name, secret := range secrets {
		if len(secret) < 20 || strings.Contains(kept, secret) {
			t.Errorf("the %s is kept, or is none", name)
		}
	}
}

// TestSlowProvider: while a provider does not answer, nobody waits longer than their own request lives, and one question is answer to all.
func TestSlowProvider(t *testing.T) {
	t.Parallel()
	asked, release := make(chan struct{}, 10), make(chan struct{})
	var address string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked <- struct{}{}
		<-release
		_ = json.NewEncoder(w).Encode(map[string]any{"issuer": address, "authorization_endpoint": address + "/a", "token_endpoint": address + "/t", "jwks_uri": address + "/k"})
	}))
	t.Cleanup(srv.Close)
	address = srv.URL
	p := &Provider{Issuer: srv.URL, HTTP: srv.Client()}
	gone, leave := context.WithCancel(t.Context())
	first, second := make(chan error, 1), make(chan error, 1)
	go func() {
		_, err := p.discovered(gone)
		first <- err
	}()
	<-asked
	leave() // the browser that asked first goes away
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("who went away got %v", err)
	}
	go func() {
		_, err := p.discovered(t.Context())
		second <- err
	}()
	if _, err := p.discovered(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("who comes when it is too late got %v", err)
	}
	close(release)
	if err := <-second; err != nil {
		t.Errorf("who waited got %v", err)
	}
	if _, err := p.discovered(t.Context()); err != nil || len(asked) > 0 {
		t.Errorf("got %v, and %d more questions", err, len(asked))
	}
}
