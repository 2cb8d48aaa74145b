package signin

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/probity-scan/probity/reports/dashboard"
)

// digestOf names a value by what it says, in JSON.
func digestOf(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// form shows the page to sign in at.
func (g *gate) form(w http.ResponseWriter, r *http.Request) {
	g.show(w, r, http.StatusOK, local(r.URL.Query().Get("next")), "")
}

func (g *gate) show(w http.ResponseWriter, r *http.Request, status int, next string, wrong dashboard.Wrong) {
	p := dashboard.SignIn{Next: next, Wrong: wrong}
	if g.o.Provider != nil {
		p.Provider = g.o.Provider.host()
	}
	g.o.Page(w, r, status, p)
}

// submit signs in by a token.
func (g *gate) submit(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		refuse(w, r, http.StatusBadRequest, "the form is malformed, or longer than 64 KiB")
		return
	}
	next := local(r.PostForm.Get("next"))
	if err := g.sameSite.Check(r); err != nil {
		refuse(w, r, http.StatusForbidden, "the request comes from another site: sign in at the page here")
		return
	}
	if !g.tries.allow(r) {
		w.Header().Set("Retry-After", "60")
		g.show(w, r, http.StatusTooManyRequests, next, dashboard.TooMany)
		return
	}
	t, ok := g.token(strings.TrimSpace(r.PostForm.Get("token")))
	if name := strings.TrimSpace(r.PostForm.Get("username")); !ok || name != "" && name != t.Name {
		g.refused(r, dashboard.Viewer{}, "a token at the sign-in page that is none")
		g.show(w, r, http.StatusUnauthorized, next, dashboard.WrongToken)
		return
	}
	if err := g.begin(w, r, arrival{Viewer: t.viewer(), via: viaToken + t.Name, proof: t.digest()}); err != nil {
		g.o.Log.WithError(err).Error("a session cannot begin")
		g.show(w, r, http.StatusServiceUnavailable, next, dashboard.NoHistory)
		return
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
}
