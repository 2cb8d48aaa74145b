package signin

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
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

// seal closes a text by what the browser holds, so that it is not to be read in the database. What is too long for an address is left out.
func seal(secret, text string) (string, error) {
	if text == "" || len(text) > 6000 {
		return "", nil
	}
	box, err := boxOf(secret)
	if err != nil {
		return "", err
	}
	return base64.RawStdEncoding.EncodeToString(box.Seal(nil, nil, []byte(text), nil)), nil
}

// unseal is what was sealed; "": it was not, or by another secret.
func unseal(secret, sealed string) string {
	closed, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil || sealed == "" {
		return ""
	}
	box, err := boxOf(secret)
	if err != nil {
		return ""
	}
	text, err := box.Open(nil, nil, closed, nil)
	if err != nil {
		return ""
	}
	return string(text)
}

func boxOf(secret string) (cipher.AEAD, error) {
	key := sha256.Sum256([]byte(derive(secret, "hint", "")))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// viewerOf is who a session is of.
func viewerOf(s history.Session) dashboard.Viewer {
	v := dashboard.Viewer{Name: s.Name, Came: history.ByToken, Issuer: s.Issuer, Subject: s.Subject, Role: dashboard.Role(s.Role), Bounds: s.Bounds}
	if s.Via == viaProvider {
		v.Came = history.ByProvider
	}
	return v
}

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

// arrival is somebody who is to be signed in.
type arrival struct {
	dashboard.Viewer
	via     string
	proof   string // digest of what lets them in
	idToken string // by which the provider signed them in
}

// begin signs somebody in. What the browser held before opens nothing any more, so that nobody can have given it to them.
func (g *gate) begin(w http.ResponseWriter, r *http.Request, v arrival) error {
	if old := g.held(r, sessionCookie); old != "" {
		if err := g.o.Store.EndSession(r.Context(), sessionID(old)); err != nil {
			return err
		}
	}
	secret, now := rand.Text()+rand.Text(), g.o.Now()
	hint, err := seal(secret, v.idToken)
	if err != nil {
		return err
	}
	err = g.o.Store.BeginSession(r.Context(), history.Session{ID: sessionID(secret), Name: v.Name, Role: string(v.Role), Bounds: v.Bounds, Via: v.via,
		Issuer: v.Issuer, Subject: v.Subject, Hint: hint, Proof: derive(secret, "proof", v.proof), Begun: now, Seen: now}, now.Add(-g.o.Limit), now.Add(-g.o.Idle))
	if err != nil {
		return err
	}
	http.SetCookie(w, g.cookie(r, sessionCookie, secret, g.o.Limit))
	g.audit(r, v.Entry(didSignIn, "begins a session"))
	return nil
}

// signOut ends the session, and leads to where the provider ends its own: at a machine that people share the next would come in by it.
func (g *gate) signOut(w http.ResponseWriter, r *http.Request, s history.Session, secret string) {
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
	g.audit(r, viewerOf(s).Entry(didSignOut, "ended the session"))
	if s.Via == viaProvider {
		to, err := g.o.Provider.ending(r.Context(), unseal(secret, s.Hint))
		if err != nil {
			g.o.Log.WithError(err).Warn("the session at the provider stays")
		}
		if to != "" { // a page, and no redirect: browsers let forms lead to no other server
			w.Header().Set("Refresh", "0; url="+to)
			g.o.Page(w, r, http.StatusOK, dashboard.SignIn{Provider: g.o.Provider.host(), Leave: to})
			return
		}
	}
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
