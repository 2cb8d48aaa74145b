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
	"sync/atomic"
	"time"
	"unicode"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/sync/singleflight"

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
	asking singleflight.Group
	found  atomic.Pointer[oidc.Provider]
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

// discovered is what the provider says of itself, asked until it has answered once. All who need it meanwhile wait for one answer, each
// no longer than their own request lives: one whose browser is gone takes it from nobody.
func (p *Provider) discovered(ctx context.Context) (*oidc.Provider, error) {
	if found := p.found.Load(); found != nil {
		return found, nil
	}
	asked := p.asking.DoChan("", func() (any, error) {
		// Its keys are fetched by this context for as long as the server runs.
		found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.HTTP), p.Issuer)
		if err != nil {
			return nil, fmt.Errorf("asking the provider about itself: %w", err)
		}
		p.found.Store(found)
		return found, nil
	})
	select {
	case <-ctx.Done():
		return nil, fmt.Errorf("asking the provider about itself: %w", ctx.Err())
	case answer := <-asked:
		found, _ := answer.Val.(*oidc.Provider)
		return found, answer.Err
	}
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
	if r.URL.RawQuery == "" { // from signing out there
		http.Redirect(w, r, signinPath, http.StatusSeeOther)
		return
	}
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
		g.refused(r, dashboard.Viewer{}, "a way back from the provider that did not begin in this browser")
		g.show(w, r, http.StatusBadRequest, next, dashboard.Astray)
		return
	}
	v, idToken, err := g.o.Provider.person(r, l)
	var none *noRole
	switch {
	case errors.As(err, &none):
		g.refused(r, none.Viewer, "signed in at the provider, and has no role here")
		g.show(w, r, http.StatusForbidden, next, dashboard.NoRole)
		return
	case err != nil:
		g.o.Log.WithError(err).Warn("the provider's answer is not taken")
		g.refused(r, dashboard.Viewer{}, "an answer of the provider that does not hold")
		g.show(w, r, http.StatusUnauthorized, next, dashboard.NotTaken)
		return
	}
	if err := g.begin(w, r, arrival{Viewer: v, via: viaProvider, proof: g.o.Provider.digest, idToken: idToken}); err != nil {
		g.o.Log.WithError(err).Error("a session cannot begin")
		g.show(w, r, http.StatusServiceUnavailable, next, dashboard.NoHistory)
		return
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
}

// noRole is a person whom no grant fits.
type noRole struct{ dashboard.Viewer }

func (*noRole) Error() string { return "no role" }

// person is who the provider says has come, with the role that the first grant gives which fits, and the ID token that says so.
func (p *Provider) person(r *http.Request, l leaving) (v dashboard.Viewer, idToken string, err error) {
	q := r.URL.Query()
	if iss := q.Get("iss"); iss != "" && iss != p.Issuer { // RFC 9207
		return v, "", errors.New("the answer is of another issuer")
	}
	if q.Get("error") != "" || q.Get("code") == "" { // what it says else is anybody's
		return v, "", errors.New("the provider sends an error in place of a code")
	}
	at, err := p.discovered(r.Context())
	if err != nil {
		return v, "", err
	}
	ctx := oidc.ClientContext(r.Context(), p.HTTP)
	t, err := p.flow(at).Exchange(ctx, q.Get("code"), oauth2.VerifierOption(l.Verifier))
	if err != nil {
		return v, "", exchanged(err)
	}
	raw, _ := t.Extra("id_token").(string)
	id, err := at.Verifier(&oidc.Config{ClientID: p.Client, Now: p.Now}).Verify(ctx, raw)
	if err != nil {
		return v, "", verified(err)
	}
	if !same(id.Nonce, l.Nonce) {
		return v, "", errors.New("the ID token was made for another sign-in")
	}
	var claims map[string]any
	if err := id.Claims(&claims); err != nil {
		return v, "", errors.New("the claims of the ID token are malformed")
	}
	if azp, ok := claims["azp"]; (ok || len(id.Audience) > 1) && azp != p.Client {
		return v, "", errors.New("the ID token was made for another client")
	}
	if err := p.complete(ctx, at, t, id.Subject, claims); err != nil {
		return v, "", err
	}
	v = dashboard.Viewer{Name: p.called(id.Subject, claims), Came: history.ByProvider, Issuer: p.Issuer, Subject: printable(id.Subject)}
	i := slices.IndexFunc(p.Grants, func(g Grant) bool { return g.fits(claims) })
	if i < 0 {
		return v, "", &noRole{v}
	}
	v.Role, v.Bounds = p.Grants[i].Role, p.Grants[i].Bounds
	return v, raw, nil
}

// complete adds to the claims of an ID token those that the provider tells at its userinfo alone, as many do. What the token says
// stands. A provider that has the claims elsewhere and does not give them signs nobody in: a later grant could fit in place of the first.
func (p *Provider) complete(ctx context.Context, at *oidc.Provider, t *oauth2.Token, subject string, claims map[string]any) error {
	if at.UserInfoEndpoint() == "" || !slices.ContainsFunc(p.wanted(), func(name string) bool { return claimed(claims, name) == nil }) {
		return nil
	}
	info, err := at.UserInfo(ctx, oauth2.StaticTokenSource(t))
	if err != nil { // its text may hold what the provider answered
		return errors.New("the ID token lacks a claim of a role or the name, and the provider's userinfo does not answer as OpenID Connect says")
	}
	if !same(info.Subject, subject) {
		return errors.New("the provider's userinfo is of another person than the ID token")
	}
	var more map[string]any
	if err := info.Claims(&more); err != nil {
		return errors.New("the claims of the provider's userinfo are malformed")
	}
	said, _ := claims["email"].(string)
	told, _ := more["email"].(string)
	switch { // whether an address is verified is of that one alone
	case claims["email"] == nil:
		delete(claims, "email_verified")
	case said != told:
		delete(more, "email_verified")
	}
	for name, value := range more {
		claims[name] = added(claims[name], value)
	}
	return nil
}

// added is what one place says of a claim, with what another says of parts that the first leaves out.
func added(is, more any) any {
	if is == nil {
		return more
	}
	into, ok := is.(map[string]any)
	from, both := more.(map[string]any)
	if !ok || !both {
		return is
	}
	for name, value := range from {
		into[name] = added(into[name], value)
	}
	return into
}

// wanted are the claims that a role or the name may come from.
func (p *Provider) wanted() []string {
	out := []string{p.Name}
	if p.Name == "" {
		out = []string{"email", "email_verified"}
	}
	for _, g := range p.Grants {
		out = append(out, g.Claim)
	}
	return out
}

// ending is where the provider ends its own session, by what it signed the person in with; "": it has no such place.
func (p *Provider) ending(ctx context.Context, idToken string) (string, error) {
	at, err := p.discovered(ctx)
	if err != nil {
		return "", err
	}
	var has struct {
		End string `json:"end_session_endpoint"`
	}
	if err := at.Claims(&has); err != nil || has.End == "" {
		return "", err
	}
	u, err := url.Parse(has.End)
	if err != nil || u.Host == "" || u.Scheme != "https" && !strings.HasPrefix(p.Issuer, u.Scheme+"://") {
		return "", errors.New("what the provider says of where sessions end is no address over TLS")
	}
	q := u.Query()
	q.Set("client_id", p.Client)
	q.Set("post_logout_redirect_uri", p.Callback) // which the provider knows already
	if idToken != "" {
		q.Set("id_token_hint", idToken)
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
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
	return printable(name)
}

// printable is a text of the provider without what would not be seen, and no longer than a line.
func printable(text string) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, text)
	return strings.ToValidUTF8(text[:min(len(text), 255)], "")
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
