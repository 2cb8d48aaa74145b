package signin

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/probity-scan/probity/reports/dashboard"
	"github.com/probity-scan/probity/reports/history"
)

// TestUserinfo: claims that the ID token lacks are asked for, what the token says stands, and an answer that does not hold signs nobody in.
func TestUserinfo(t *testing.T) {
	t.Parallel()
	answers := func(status int, body string) func(*provider) {
		return func(p *provider) {
			p.told = func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(status)
				_, _ = w.Write([]byte(body))
			}
		}
	}
	apart := func(claims ...string) func(*provider) { return func(p *provider) { p.apart = claims } }
	for name, c := range map[string]struct {
		person map[string]any
		how    func(*provider)
		name   string
		role   dashboard.Role
		status int
	}{
		"roles alone":             {person: map[string]any{"groups": []string{"office"}, "email": "a@example.com"}, how: apart("groups"), name: "a@example.com", role: dashboard.AdminRole},
		"name alone":              {person: map[string]any{"groups": []string{"office"}, "email": "a@example.com"}, how: apart("email"), name: "a@example.com", role: dashboard.AdminRole},
		"claim inside":            {person: map[string]any{"realm_access": map[string]any{"roles": []string{"reader"}}}, how: apart("realm_access"), role: dashboard.ViewerRole},
		"the rest of one":         {person: map[string]any{"realm_access": map[string]any{"other": 1}}, how: answers(200, `{"sub": "subject-1", "realm_access": {"other": 2, "roles": ["reader"]}}`), role: dashboard.ViewerRole},
		"the first grant":         {person: map[string]any{"groups": []string{"office"}, "department": "law"}, how: apart("groups"), role: dashboard.AdminRole},
		"what the token says":     {person: map[string]any{"groups": []string{"shop"}}, how: answers(200, `{"sub": "subject-1", "groups": ["office"]}`), role: dashboard.OperatorRole},
		"an address not verified": {person: map[string]any{"groups": []string{"shop"}}, how: answers(200, `{"sub": "subject-1", "email": "a@example.com"}`), role: dashboard.OperatorRole},
		"verified, of another": {person: map[string]any{"groups": []string{"shop"}}, how: func(p *provider) {
			p.spoil = func(c map[string]any) { c["email"] = "a@example.com" }
			answers(200, `{"sub": "subject-1", "email": "b@example.com", "email_verified": true}`)(p)
		}, role: dashboard.OperatorRole},
		"verified, of none": {person: map[string]any{"groups": []string{"shop"}}, how: func(p *provider) {
			p.spoil = func(c map[string]any) { c["email_verified"] = true }
			answers(200, `{"sub": "subject-1", "email": "b@example.com", "email_verified": false}`)(p)
		}, role: dashboard.OperatorRole},
		"no such place": {person: map[string]any{"groups": []string{"office"}}, how: func(p *provider) {
			p.apart = []string{"groups"}
			p.found = func(m map[string]any) { delete(m, "userinfo_endpoint") }
		}, status: 403},
		"of another":    {person: map[string]any{"groups": []string{"shop"}}, how: answers(200, `{"sub": "subject-2", "groups": ["office"]}`), status: 401},
		"of nobody":     {person: map[string]any{"groups": []string{"shop"}}, how: answers(200, `{"groups": ["office"]}`), status: 401},
		"an error":      {person: map[string]any{"groups": []string{"shop"}}, how: answers(500, "what the provider keeps"), status: 401},
		"no JSON":       {person: map[string]any{"groups": []string{"shop"}}, how: answers(200, "<html>what the provider keeps"), status: 401},
		"a list":        {person: map[string]any{"groups": []string{"shop"}}, how: answers(200, `["what the provider keeps"]`), status: 401},
		"nobody has it": {person: map[string]any{"groups": []string{"others"}}, how: answers(200, `{"sub": "subject-1", "groups": ["office"]}`), status: 403},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, p := withProvider(t, nil)
			c.person["sub"] = "subject-1"
			p.person = c.person
			c.how(p)
			if c.name == "" {
				c.name = "subject-1"
			}
			b := a.browser()
			got := b.through(p, "/")
			s, in := b.viewer()
			if c.status != 0 {
				if got.StatusCode != c.status || in || strings.Contains(a.log.String()+got.body, "what the provider keeps") {
					t.Errorf("got %d %s, want %d; in: %v\n%s", got.StatusCode, got.body, c.status, in, a.log)
				}
				return
			}
			if got.StatusCode != 303 || s.Viewer.Role != c.role || s.Viewer.Name != c.name {
				t.Errorf("got %d %+v, want %s as %s\n%s", got.StatusCode, s.Viewer, c.name, c.role, a.log)
			}
		})
	}
}

// TestSignOutAtProvider: who signs out here leads on to where the provider ends its own session, where it has such a place.
func TestSignOutAtProvider(t *testing.T) {
	t.Parallel()
	const none = "none"
	for name, c := range map[string]struct {
		how   func(a *app, p *provider)
		leads bool
	}{
		"to the provider": {leads: true},
		"after a restart": {how: func(a *app, p *provider) { again(a, p) }, leads: true},
		"no such place": {how: func(a *app, p *provider) {
			p.found = func(m map[string]any) { delete(m, "end_session_endpoint") }
			again(a, p)
		}},
		"without TLS": {how: func(a *app, p *provider) {
			p.found = func(m map[string]any) { m["end_session_endpoint"] = "http://login.example.com/" + none }
			again(a, p)
		}},
		"no address": {how: func(a *app, p *provider) {
			p.found = func(m map[string]any) { m["end_session_endpoint"] = "/" + none }
			again(a, p)
		}},
		"provider is away": {how: func(a *app, p *provider) { again(a, p); p.Close() }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, p := withProvider(t, nil)
			p.person["groups"] = []string{"office"}
			b := a.browser()
			b.through(p, "/")
			s, _ := b.viewer()
			if c.how != nil {
				c.how(a, p)
			}
			got := b.post("/signout", url.Values{"csrf": {s.Viewer.CSRF}})
			if _, in := b.viewer(); in {
				t.Fatal("the session lives")
			}
			to, found := strings.CutPrefix(got.Header.Get("Refresh"), "0; url=")
			if !c.leads {
				if got.StatusCode != 303 || got.Header.Get("Location") != "/signin" || found {
					t.Errorf("got %d %v, want the page to sign in at", got.StatusCode, got.Header)
				}
				return
			}
			u, err := url.Parse(to)
			if err != nil || got.StatusCode != 200 || !found || !strings.HasPrefix(to, p.URL+"/end_session?") || !strings.Contains(got.body, "leave="+to) {
				t.Fatalf("got %d %v %s, %v", got.StatusCode, got.Header, got.body, err)
			}
			if q := u.Query(); q.Get("client_id") != p.client || q.Get("id_token_hint") != p.idToken || p.idToken == "" || q.Get("post_logout_redirect_uri") != p.callback {
				t.Errorf("got %v", q)
			}
			back := b.get(to)
			if back.StatusCode != 302 || back.Header.Get("Location") != p.callback || !slices.Equal(p.ended, []string{"subject-1"}) {
				t.Fatalf("got %d %v, ended %v", back.StatusCode, back.Header, p.ended)
			}
			if last := b.get(p.callback); last.StatusCode != 303 || last.Header.Get("Location") != "/signin" {
				t.Errorf("got %d %v, want the page to sign in at", last.StatusCode, last.Header)
			}
		})
	}
	a, _ := withProvider(t, nil)
	b := a.browser()
	b.signIn("viewer")
	s, _ := b.viewer()
	if got := b.post("/signout", url.Values{"csrf": {s.Viewer.CSRF}}); got.StatusCode != 303 || got.Header.Get("Refresh") != "" {
		t.Errorf("by a token: got %d %v", got.StatusCode, got.Header)
	}
}

// again is the server anew, which knows nothing of the provider yet.
func again(a *app, p *provider) {
	a.t.Helper()
	a.o.Provider = (&Provider{Issuer: p.URL, Client: p.client, Secret: p.secret, Scopes: []string{"groups"}, Callback: p.callback, HTTP: p.Client(), Now: a.now, Grants: grants()}).Ready()
	a.restart()
}

// TestSealed: what is sealed opens by its secret alone.
func TestSealed(t *testing.T) {
	t.Parallel()
	closed, err := seal("secret", "token")
	if err != nil || closed == "" || strings.Contains(closed, "token") || unseal("secret", closed) != "token" {
		t.Errorf("got %q, %v", closed, err)
	}
	again, err := seal("secret", "token")
	if err != nil || again == closed {
		t.Errorf("got the same twice: %q, %v", again, err)
	}
	for name, opened := range map[string]string{"another secret": unseal("other", closed), "changed": unseal("secret", "A"+closed[1:]+"A"), "nothing": unseal("secret", ""), "no text": unseal("secret", "??"), "short": unseal("secret", "AAAA")} {
		if opened != "" {
			t.Errorf("%s opens it", name)
		}
	}
	for name, text := range map[string]string{"none": "", "too long": strings.Repeat("x", 7000)} {
		if closed, err := seal("secret", text); err != nil || closed != "" {
			t.Errorf("%s: got %q, %v, want nothing", name, closed, err)
		}
	}
}

// TestAuditTells: of a token and people of one name the audit tells which it was.
func TestAuditTells(t *testing.T) {
	t.Parallel()
	a, p := withProvider(t, nil)
	p.person = map[string]any{"sub": "subject-1", "groups": []string{"office"}, "email": "viewer"}
	person, token := a.browser(), a.browser()
	person.through(p, "/")
	p.person["sub"], p.person["groups"] = "subject-2", []string{"others"}
	a.browser().through(p, "/")
	token.signIn("viewer")
	token.post("/change", url.Values{"csrf": {"wrong"}})
	s, _ := person.viewer()
	person.post("/signout", url.Values{"csrf": {s.Viewer.CSRF}})
	log, err := a.store.AuditLog(t.Context(), history.AuditQuery{Who: "viewer"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range log.Rows {
		got = append(got, strings.Join([]string{e.Did, e.Came, strings.Replace(e.Issuer, p.URL, "issuer", 1), e.Subject}, " "))
	}
	slices.Sort(got)
	want := []string{"refused oidc issuer subject-2", "refused token  ", "sign-in oidc issuer subject-1", "sign-in token  ", "sign-out oidc issuer subject-1"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	b, err := json.Marshal(log.Rows[0])
	if err != nil || !strings.Contains(string(b), `"came":"`) {
		t.Errorf("got %s, %v", b, err)
	}
}

// TestName: a name beside a token is that of the token, or none.
func TestName(t *testing.T) {
	t.Parallel()
	a := start(t, nil)
	for name, want := range map[string]int{"": 303, "viewer": 303, " viewer ": 303, "admin": 401, "nobody": 401} {
		if got := a.browser().post("/signin", url.Values{"username": {name}, "token": {a.tokens["viewer"]}}); got.StatusCode != want {
			t.Errorf("%q: got %d, want %d", name, got.StatusCode, want)
		}
	}
}
