package signin

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"mime"
	"net/http"
	"time"

	"github.com/probity-scan/probity/reports/dashboard"
	"github.com/probity-scan/probity/reports/history"
)

// errNobody means that nobody is signed in.
var errNobody = errors.New("nobody is signed in")

// derive makes of what the browser holds something for one use, which does not lead back to it.
func derive(secret, use, of string) string {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write([]byte(use + "\x00" + of))
	return hex.EncodeToString(m.Sum(nil))
}

func sessionID(secret string) string { return derive(secret, "session", "") }

func csrf(secret string) string { return derive(secret, "csrf", "") }

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// cookie is that of a session. The prefix makes browsers hold it to this host, and to encryption.
func (g *gate) cookie(r *http.Request, name, value string, age time.Duration) *http.Cookie {
	encrypted := g.encrypted(r)
	if encrypted {
		name = "__Host-" + name
	}
	c := &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: int(age.Seconds()), Secure: encrypted, HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if value == "" {
		c.MaxAge = -1
	}
	return c
}

const (
	sessionCookie = "probity-session"
	leaveCookie   = "probity-signin"
)

// held is what the browser holds under a name.
func (g *gate) held(r *http.Request, name string) string {
	all := r.CookiesNamed(g.cookie(r, name, "", 0).Name)
	if len(all) != 1 { // of two one is not ours
		return ""
	}
	return all[0].Value
}

// session is that of the browser, and what the browser holds of it.
func (g *gate) session(r *http.Request) (history.Session, string, error) {
	secret := g.held(r, sessionCookie)
	if secret == "" {
		return history.Session{}, "", errNobody
	}
	s, err := g.o.Store.Session(r.Context(), sessionID(secret))
	if errors.Is(err, history.ErrUnknown) {
		return s, "", errNobody
	}
	if err != nil {
		return s, "", err
	}
	now := g.o.Now()
	if now.Sub(s.Begun) >= g.o.Limit || now.Sub(s.Seen) >= g.o.Idle || !g.stands(s, secret) || !dashboard.Role(s.Role).Valid() {
		if err := g.o.Store.EndSession(r.Context(), s.ID); err != nil {
			g.o.Log.WithError(err).Warn("a session that is over stays for now")
		}
		return s, "", errNobody
	}
	if now.Sub(s.Seen) >= time.Minute { // not at each request: a scan that is taken in needs the database too
		ctx, cancel := context.WithTimeout(r.Context(), time.Second)
		defer cancel()
		if err := g.o.Store.SeeSession(ctx, s.ID, now); err != nil {
			g.o.Log.WithError(err).Warn("a session is not known to be used")
		}
	}
	return s, secret, nil
}

// stands reports whether what let the person in still does: the token is the same, or the provider and its roles are.
func (g *gate) stands(s history.Session, secret string) bool {
	if s.Via == viaProvider {
		return g.o.Provider != nil && same(s.Proof, derive(secret, "proof", g.o.Provider.digest))
	}
	for _, t := range g.o.Tokens {
		if viaToken+t.Name == s.Via {
			return same(s.Proof, derive(secret, "proof", t.digest()))
		}
	}
	return false
}

// digest names all that a token gives.
func (t Token) digest() string { return digestOf(t) }

// How somebody came.
const (
	viaProvider = "provider"
	viaToken    = "token "
)

// begin signs somebody in. What the browser held before opens nothing any more, so that nobody can have given it to them.
func (g *gate) begin(w http.ResponseWriter, r *http.Request, v dashboard.Viewer, via, proof string) error {
	if old := g.held(r, sessionCookie); old != "" {
		if err := g.o.Store.EndSession(r.Context(), sessionID(old)); err != nil {
			return err
		}
	}
	secret, now := rand.Text()+rand.Text(), g.o.Now()
	err := g.o.Store.BeginSession(r.Context(), history.Session{ID: sessionID(secret), Name: v.Name, Role: string(v.Role), Bounds: v.Bounds, Via: via,
		Proof: derive(secret, "proof", proof), Begun: now, Seen: now}, now.Add(-g.o.Limit), now.Add(-g.o.Idle))
	if err != nil {
		return err
	}
	http.SetCookie(w, g.cookie(r, sessionCookie, secret, g.o.Limit))
	g.audit(r.Context(), history.Entry{Who: v.Name, Role: string(v.Role), Did: didSignIn, What: "by " + via, From: from(r)})
	return nil
}

func (g *gate) signOut(w http.ResponseWriter, r *http.Request, s history.Session) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		refuse(w, r, http.StatusMethodNotAllowed, "signing out is a form of the pages")
		return
	}
	if err := g.o.Store.EndSession(r.Context(), s.ID); err != nil {
		g.o.Log.WithError(err).Error("a session cannot be ended")
		refuse(w, r, http.StatusServiceUnavailable, "you are still signed in, since the history does not answer: try again")
		return
	}
	http.SetCookie(w, g.cookie(r, sessionCookie, "", 0))
	w.Header().Set("Clear-Site-Data", `"cache"`)
	g.audit(r.Context(), history.Entry{Who: s.Name, Role: s.Role, Did: didSignOut, What: "ended the session", From: from(r)})
	http.Redirect(w, r, signinPath, http.StatusSeeOther)
}

// forged is an error where a request changes something and was not made by our own pages: it comes from elsewhere, or does not show
// what they hold.
func (g *gate) forged(w http.ResponseWriter, r *http.Request, secret string) error {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return nil
	}
	if err := g.sameSite.Check(r); err != nil {
		return errors.New("the request comes from another site: go to the page here, and try again")
	}
	given := r.Header.Get("X-Csrf-Token")
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); given == "" && err == nil && kind == "application/x-www-form-urlencoded" {
		r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
		if err := r.ParseForm(); err != nil {
			return errors.New("the form is malformed, or longer than 64 KiB")
		}
		given = r.PostForm.Get("csrf")
	}
	if !same(given, csrf(secret)) {
		return errors.New("the form is of another session: load its page again")
	}
	return nil
}
