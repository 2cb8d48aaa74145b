package signin

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/probity-scan/probity/reports/dashboard"
	"github.com/probity-scan/probity/reports/history"
)

// Provider is where people sign in. All but Secret, Scopes and Name are required.
type Provider struct {
	Issuer, Client, Secret string
	Scopes                 []string
	Name                   string // claim
	Grants                 []Grant
	Callback               string // address of CallbackPath, as people reach it
	HTTP                   *http.Client
	Now                    func() time.Time

	digest string // of what the provider is and gives
	mu     sync.Mutex
	found  *oidc.Provider
}

// Grant gives a role by a claim.
type Grant struct {
	Claim  string
	Values []string
	Role   dashboard.Role
	Bounds history.Bounds
}

// Ready names what the provider gives, so that sessions of other roles end. The provider itself is asked when somebody signs in: it
// may start later than this server.
func (p *Provider) Ready() *Provider {
	p.digest = digestOf([]any{p.Issuer, p.Client, p.Name, p.Grants})
	return p
}

// host is what people know the provider by.
func (p *Provider) host() string {
	u, err := url.Parse(p.Issuer)
	if err != nil {
		return p.Issuer
	}
	return u.Host
}

// discovered is what the provider says of itself, asked until it has answered once.
func (p *Provider) discovered(ctx context.Context) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	// Its keys are fetched by this context for as long as the server runs.
	found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.HTTP), p.Issuer)
	if err != nil {
		return nil, fmt.Errorf("asking the provider about itself: %w", err)
	}
	p.found = found
	return found, nil
}

func (p *Provider) flow(at *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{ClientID: p.Client, ClientSecret: p.Secret, Endpoint: at.Endpoint(), RedirectURL: p.Callback,
		Scopes: append([]string{oidc.ScopeOpenID, "profile", "email"}, p.Scopes...)}
}

// leaving is what a browser holds while its person is at the provider, so that nobody else's way back is taken for theirs.
type leaving struct {
	State, Nonce, Verifier, Next string
}

const leaveTime = 10 * time.Minute

// leave sends somebody to the provider.
func (g *gate) leave(w http.ResponseWriter, r *http.Request) {
	next := local(r.URL.Query().Get("next"))
	if !g.tries.allow(r) {
		w.Header().Set("Retry-After", "60")
		g.show(w, r, http.StatusTooManyRequests, next, dashboard.TooMany)
		return
	}
	at, err := g.o.Provider.discovered(r.Context())
	if err != nil {
		g.o.Log.WithError(err).Error("nobody can sign in at the provider")
		g.show(w, r, http.StatusBadGateway, next, dashboard.NoProvider)
		return
	}
	l := leaving{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(), Next: next}
	b, err := json.Marshal(l)
	if err != nil {
		refuse(w, r, http.StatusInternalServerError, "this cannot be kept in a cookie")
		return
	}
	http.SetCookie(w, g.cookie(r, leaveCookie, base64.RawURLEncoding.EncodeToString(b), leaveTime))
	http.Redirect(w, r, g.o.Provider.flow(at).AuthCodeURL(l.State, oidc.Nonce(l.Nonce), oauth2.S256ChallengeOption(l.Verifier)), http.StatusSeeOther)
}

// comeBack takes somebody whom the provider sends.
func (g *gate) comeBack(w http.ResponseWriter, r *http.Request) {
	var l leaving
	b, err := base64.RawURLEncoding.DecodeString(g.held(r, leaveCookie))
	if err == nil {
		err = json.Unmarshal(b, &l)
	}
	http.SetCookie(w, g.cookie(r, leaveCookie, "", 0)) // once
	next := local(l.Next)
	if !g.tries.allow(r) {
		w.Header().Set("Retry-After", "60")
		g.show(w, r, http.StatusTooManyRequests, next, dashboard.TooMany)
		return
	}
	if err != nil || l.State == "" || !same(l.State, r.URL.Query().Get("state")) {
		g.refused(r, "", "a way back from the provider that did not begin in this browser")
		g.show(w, r, http.StatusBadRequest, next, dashboard.Astray)
		return
	}
	v, err := g.o.Provider.person(r, l)
	var none *noRole
	switch {
	case errors.As(err, &none):
		g.refused(r, none.name, "signed in at the provider, and has no role here")
		g.show(w, r, http.StatusForbidden, next, dashboard.NoRole)
		return
	case err != nil:
		g.o.Log.WithError(err).Warn("the provider's answer is not taken")
		g.refused(r, "", "an answer of the provider that does not hold")
		g.show(w, r, http.StatusUnauthorized, next, dashboard.NotTaken)
		return
	}
	if err := g.begin(w, r, v, viaProvider, g.o.Provider.digest); err != nil {
		g.o.Log.WithError(err).Error("a session cannot begin")
		g.show(w, r, http.StatusServiceUnavailable, next, dashboard.NoHistory)
		return
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
}

// noRole is a person whom no grant fits.
type noRole struct{ name string }

func (*noRole) Error() string { return "no role" }

// person is who the provider says has come, with the role that the first grant gives which fits.
func (p *Provider) person(r *http.Request, l leaving) (dashboard.Viewer, error) {
	q := r.URL.Query()
	if iss := q.Get("iss"); iss != "" && iss != p.Issuer { // RFC 9207
		return dashboard.Viewer{}, errors.New("the answer is of another issuer")
	}
	if q.Get("error") != "" || q.Get("code") == "" { // what it says else is anybody's
		return dashboard.Viewer{}, errors.New("the provider sends an error in place of a code")
	}
	at, err := p.discovered(r.Context())
	if err != nil {
		return dashboard.Viewer{}, err
	}
	ctx := oidc.ClientContext(r.Context(), p.HTTP)
	t, err := p.flow(at).Exchange(ctx, q.Get("code"), oauth2.VerifierOption(l.Verifier))
	if err != nil {
		return dashboard.Viewer{}, exchanged(err)
	}
	raw, _ := t.Extra("id_token").(string)
	id, err := at.Verifier(&oidc.Config{ClientID: p.Client, Now: p.Now}).Verify(ctx, raw)
	if err != nil {
		return dashboard.Viewer{}, verified(err)
	}
	if !same(id.Nonce, l.Nonce) {
		return dashboard.Viewer{}, errors.New("the ID token was made for another sign-in")
	}
	var claims map[string]any
	if err := id.Claims(&claims); err != nil {
		return dashboard.Viewer{}, errors.New("the claims of the ID token are malformed")
	}
	if azp, ok := claims["azp"]; (ok || len(id.Audience) > 1) && azp != p.Client {
		return dashboard.Viewer{}, errors.New("the ID token was made for another client")
	}
	v := dashboard.Viewer{Name: p.called(id.Subject, claims)}
	i := slices.IndexFunc(p.Grants, func(g Grant) bool { return g.fits(claims) })
	if i < 0 {
		return v, &noRole{v.Name}
	}
	v.Role, v.Bounds = p.Grants[i].Role, p.Grants[i].Bounds
	return v, nil
}

// exchanged is an error without what the provider answered: its body may hold tokens.
func exchanged(err error) error {
	var said *oauth2.RetrieveError
	if errors.As(err, &said) {
		return fmt.Errorf("changing the code for a token: the provider answers %d", said.Response.StatusCode)
	}
	return errors.New("changing the code for a token: the provider does not answer as OAuth 2.0 says")
}

// verified is an error without claims.
func verified(err error) error {
	var expired *oidc.TokenExpiredError
	if errors.As(err, &expired) {
		return errors.New("the ID token is expired: are the clocks right?")
	}
	return errors.New("the ID token does not hold: it has to be signed by a key of the provider, and name it and this client")
}

// called is by what the audit knows a person.
func (p *Provider) called(subject string, claims map[string]any) string {
	name, _ := claimed(claims, p.Name).(string)
	if email, ok := claims["email"].(string); ok && p.Name == "" && claims["email_verified"] == true {
		name = email
	}
	if name == "" {
		name = subject
	}
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, name)
	return strings.ToValidUTF8(name[:min(len(name), 200)], "")
}

// fits reports whether a claim has one of the grant's values.
func (g Grant) fits(claims map[string]any) bool {
	switch has := claimed(claims, g.Claim).(type) {
	case string:
		return slices.Contains(g.Values, has)
	case []any:
		return slices.ContainsFunc(has, func(v any) bool {
			s, ok := v.(string)
			return ok && slices.Contains(g.Values, s)
		})
	}
	return false
}

// claimed is a claim by its name, or by the names on the way to one inside others.
func claimed(claims map[string]any, name string) any {
	if v, ok := claims[name]; ok {
		return v
	}
	first, rest, ok := strings.Cut(name, ".")
	inner, is := claims[first].(map[string]any)
	if !ok || !is {
		return nil
	}
	return claimed(inner, rest)
}
