package signin

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity/reports/dashboard"
	"github.com/probity-scan/probity/reports/history"
)

// Options are what letting in needs. Tokens or Provider, Store, Page, Log and Now are required.
type Options struct {
	Store    *history.Store
	Tokens   []Token
	Provider *Provider
	URL      *url.URL // as people reach the server; nil: as they ask
	TLS      bool     // browsers reach it encrypted
	Here     bool     // it listens on this machine alone
	Idle     time.Duration
	Limit    time.Duration
	Public   []string // paths, and beginnings that end in /, that need nobody
	Page     func(w http.ResponseWriter, r *http.Request, status int, p dashboard.SignIn)
	Log      logrus.FieldLogger
	Now      func() time.Time
}

// Paths of signing in.
const (
	signinPath   = "/signin"
	providerPath = "/signin/provider"
	// CallbackPath is where the provider sends people back.
	CallbackPath = "/signin/callback"
	signoutPath  = "/signout"
)

// What the audit says somebody did.
const (
	didSignIn  = "sign-in"
	didSignOut = "sign-out"
	didRefuse  = "refused"
)

// gate is what all requests pass.
type gate struct {
	o        Options
	tries    *limits // of signing in
	wrong    *limits // bearer tokens that are none
	sameSite *http.CrossOriginProtection
}

// Wrap lets viewers through to next, and answers what belongs to signing in itself.
func Wrap(next http.Handler, o Options) (http.Handler, error) {
	if len(o.Tokens) == 0 && o.Provider == nil {
		return nil, errors.New("nobody could sign in: there is neither a token nor a provider")
	}
	g := &gate{o: o, tries: newLimits(o.Now, 10, 6*time.Second), wrong: newLimits(o.Now, 20, 3*time.Second), sameSite: http.NewCrossOriginProtection()}
	if o.URL != nil { // a proxy may ask by another name
		if err := g.sameSite.AddTrustedOrigin(o.URL.Scheme + "://" + o.URL.Host); err != nil {
			return nil, err
		}
	}
	own := http.NewServeMux()
	own.HandleFunc("GET "+signinPath, g.form)
	own.HandleFunc("POST "+signinPath, g.submit)
	if o.Provider != nil {
		own.HandleFunc("GET "+providerPath, g.leave)
		own.HandleFunc("GET "+CallbackPath, g.comeBack)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		headers(w, g.encrypted(r))
		r = r.WithContext(dashboard.WithAddress(r.Context(), from(r)))
		_, pattern := own.Handler(r)
		switch {
		case g.public(r.URL.Path):
			next.ServeHTTP(w, r)
		case !g.known(r, pattern == ""):
			refuse(w, r, http.StatusMisdirectedRequest, "this server is not reached by that name: serve.url says by which it is")
		case pattern != "":
			own.ServeHTTP(w, r)
		default:
			g.viewer(w, r, next)
		}
	}), nil
}

// viewer hands requests on whose sender is known.
func (g *gate) viewer(w http.ResponseWriter, r *http.Request, next http.Handler) {
	if given, ok := bearer(r); ok {
		t, ok := g.token(given)
		switch {
		case ok && r.URL.Path != signoutPath:
			next.ServeHTTP(w, r.WithContext(dashboard.WithViewer(r.Context(), t.viewer())))
		case !ok && !g.wrong.allow(r):
			tooMany(w, r)
		default:
			if !ok {
				g.refused(r, dashboard.Viewer{}, "a bearer token that is none")
			}
			unauthorized(w, r)
		}
		return
	}
	s, secret, err := g.session(r)
	switch {
	case errors.Is(err, errNobody):
		if page(r) {
			http.Redirect(w, r, signinPath+"?next="+url.QueryEscape(local(r.URL.RequestURI())), http.StatusSeeOther)
			return
		}
		unauthorized(w, r)
		return
	case err != nil:
		g.o.Log.WithError(err).Error("sessions cannot be read")
		refuse(w, r, http.StatusServiceUnavailable, "the history does not answer: try again")
		return
	}
	if err := g.forged(w, r, secret); err != nil {
		g.refused(r, viewerOf(s), "a request that its own pages did not make")
		refuse(w, r, http.StatusForbidden, err.Error())
		return
	}
	if r.URL.Path == signoutPath {
		g.signOut(w, r, s, secret)
		return
	}
	v := viewerOf(s)
	v.CSRF = csrf(secret)
	next.ServeHTTP(w, r.WithContext(dashboard.WithViewer(r.Context(), v)))
}

func (g *gate) public(path string) bool {
	for _, p := range g.o.Public {
		if path == p || strings.HasSuffix(p, "/") && strings.HasPrefix(path, p) {
			return true
		}
	}
	return false
}

// known reports whether the request names a host that is ours. A page of a stranger whose name leads here would be another. Programs
// with a token reach what it opens by whatever name their network has for it.
func (g *gate) known(r *http.Request, opens bool) bool {
	if _, ok := bearer(r); ok && opens {
		return true
	}
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	ip := net.ParseIP(host)
	switch {
	case g.o.URL != nil && strings.EqualFold(host, g.o.URL.Hostname()):
		return true
	case g.o.Here:
		return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
	}
	return g.o.URL == nil
}

// encrypted reports whether the browser's way here is.
func (g *gate) encrypted(r *http.Request) bool {
	return g.o.TLS || r.TLS != nil || g.o.URL != nil && g.o.URL.Scheme == "https"
}

// page reports whether a person asks for something to look at.
func page(r *http.Request) bool {
	return (r.Method == http.MethodGet || r.Method == http.MethodHead) && !strings.HasPrefix(r.URL.Path, "/api/") && strings.Contains(r.Header.Get("Accept"), "text/html")
}

// local is a path of this server to go on to: what leads elsewhere becomes the first page.
func local(next string) string {
	u, err := url.Parse(next)
	bad := err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") ||
		strings.HasPrefix(u.Path, "//") || strings.ContainsAny(u.Path, "\\") || strings.ContainsFunc(next, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '\\' })
	if bad || strings.HasPrefix(u.Path, signinPath) || u.Path == signoutPath || len(next) > 2000 {
		return "/"
	}
	return u.RequestURI()
}

// refused keeps that somebody was not let in, as far as it is known who.
func (g *gate) refused(r *http.Request, v dashboard.Viewer, what string) {
	g.audit(r, v.Entry(didRefuse, what))
}

func (g *gate) audit(r *http.Request, e history.Entry) {
	e.At, e.From = g.o.Now(), from(r)
	log := g.o.Log.WithFields(logrus.Fields{"who": e.Who, "came": e.Came, "did": e.Did, "from": e.From})
	if err := g.o.Store.Audit(context.WithoutCancel(r.Context()), e); err != nil {
		log.WithError(err).Error("the audit cannot be written")
		return
	}
	log.Info(e.What)
}

// from is the address that a request comes from: of a proxy, where there is one. What headers say is anybody's.
func from(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
