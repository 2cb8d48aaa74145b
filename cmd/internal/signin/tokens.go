package signin

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"

	"github.com/probity-scan/probity/reports/dashboard"
	"github.com/probity-scan/probity/reports/history"
)

// Token lets in whoever holds it.
type Token struct {
	Name   string
	Secret string
	Role   dashboard.Role
	Bounds history.Bounds
}

func (t Token) viewer() dashboard.Viewer {
	return dashboard.Viewer{Name: t.Name, Came: history.ByToken, Role: t.Role, Bounds: t.Bounds}
}

// bearer is the token that a request shows, and whether it means to show one.
func bearer(r *http.Request) (string, bool) {
	said := r.Header.Get("Authorization")
	if said == "" {
		return "", false
	}
	kind, given, _ := strings.Cut(said, " ")
	if !strings.EqualFold(kind, "Bearer") {
		return "", true
	}
	return strings.TrimSpace(given), true
}

// token finds the one that is given. All are compared, each over digests of one length, so that the time tells neither which was
// near nor how long it is.
func (g *gate) token(given string) (Token, bool) {
	is, found := sha256.Sum256([]byte(given)), -1
	for i, t := range g.o.Tokens {
		want := sha256.Sum256([]byte(t.Secret))
		same := subtle.ConstantTimeCompare(is[:], want[:])
		found = subtle.ConstantTimeSelect(same&notEmpty(t.Secret), i, found)
	}
	if found < 0 {
		return Token{}, false
	}
	return g.o.Tokens[found], true
}

func notEmpty(secret string) int {
	if secret == "" {
		return 0
	}
	return 1
}
