package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/serve"
	"github.com/probity-scan/probity/cmd/internal/signin"
	"github.com/probity-scan/probity/reports/dashboard"
	"github.com/probity-scan/probity/reports/history"
)

// accessOf is whom the configuration lets in.
func accessOf(s config.Serve) (signin.Options, error) {
	o := signin.Options{TLS: s.TLS.Cert != "", Here: serve.Loopback(s.Listen)}
	o.Idle, o.Limit = s.Sessions.Spans()
	holds := map[string]string{}
	for _, t := range s.Tokens {
		secret, err := longEnough(t.Token)
		if err != nil {
			return o, fmt.Errorf("serve.tokens: %s: %w", t.Name, err)
		}
		if other := holds[secret]; other != "" {
			return o, fmt.Errorf("serve.tokens: %s has the token of %s: nobody could tell them apart", t.Name, other)
		}
		holds[secret] = t.Name
		o.Tokens = append(o.Tokens, signin.Token{Name: t.Name, Secret: secret, Role: dashboard.Role(t.Role), Bounds: boundsOf(t.Bounds)})
	}
	if s.URL != "" {
		var err error
		if o.URL, err = url.Parse(s.URL); err != nil {
			return o, errors.New("serve.url is malformed")
		}
	}
	if s.OIDC.Issuer == "" {
		return o, nil
	}
	p := &signin.Provider{Issuer: s.OIDC.Issuer, Client: s.OIDC.Client, Scopes: s.OIDC.Scopes, Name: s.OIDC.Name, Callback: o.URL.JoinPath(signin.CallbackPath).String(),
		HTTP: &http.Client{Timeout: 10 * time.Second}, Now: time.Now}
	if s.OIDC.Secret != "" {
		var err error
		if p.Secret, err = referred(s.OIDC.Secret); err != nil {
			return o, fmt.Errorf("serve.oidc.client_secret: %w", err)
		}
	}
	for _, g := range s.Roles {
		p.Grants = append(p.Grants, signin.Grant{Claim: g.Claim, Values: g.Values, Role: dashboard.Role(g.Role), Bounds: boundsOf(g.Bounds)})
	}
	o.Provider = p.Ready()
	return o, nil
}

// withOwn lets commands of this machine in too, as admin.
func withOwn(o signin.Options, s config.Serve) (signin.Options, error) {
	own, err := tokenOf(s, true)
	if err != nil {
		return o, err
	}
	const name = "server"
	if slices.ContainsFunc(o.Tokens, func(t signin.Token) bool { return t.Name == name }) {
		return o, fmt.Errorf("serve.tokens: %s is the name of the server's own token: give another", name)
	}
	if i := slices.IndexFunc(o.Tokens, func(t signin.Token) bool { return t.Secret == own }); i >= 0 {
		return o, fmt.Errorf("serve.tokens: %s has the token of the server: nobody could tell them apart", o.Tokens[i].Name)
	}
	o.Tokens = append(o.Tokens, signin.Token{Name: name, Secret: own, Role: dashboard.AdminRole})
	return o, nil
}

func boundsOf(b *config.Bounds) history.Bounds {
	if b == nil {
		return history.Bounds{}
	}
	return history.Bounds(*b)
}

// tokenOf is what commands of this machine show: of the configuration, or of the data folder.
func tokenOf(s config.Serve, makes bool) (string, error) {
	switch {
	case s.Token != "":
		t, err := longEnough(s.Token)
		if err != nil {
			return "", fmt.Errorf("serve.token: %w", err)
		}
		return t, nil
	case makes:
		return serve.Token(s.Data)
	}
	return serve.ReadToken(s.Data)
}

// longEnough is a token that a reference names, which nobody guesses.
func longEnough(ref string) (string, error) {
	t, err := referred(ref)
	if err == nil && len(t) < 20 {
		err = errors.New("it is shorter than 20 characters, and can be guessed")
	}
	return t, err
}

// referred is what a reference names: env:NAME or file:PATH. Errors do not tell it.
func referred(ref string) (string, error) {
	kind, name, _ := strings.Cut(ref, ":")
	if kind == "env" {
		if v := os.Getenv(name); v != "" {
			return v, nil
		}
		return "", fmt.Errorf("the environment has no %s", name)
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return "", errors.New(brief(err))
	}
	return strings.TrimSpace(string(b)), nil
}
