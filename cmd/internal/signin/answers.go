package signin

import (
	"encoding/json"
	"net/http"
	"strings"
)

// headers are what every answer has. Pages bring their styles, scripts and pictures from this server, and nothing else.
func headers(w http.ResponseWriter, encrypted bool) {
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	h.Set("Cache-Control", "no-store") // what may be kept says so itself
	if encrypted {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// refuse answers in one line: to programs as RFC 9457 says, to people as text.
func refuse(w http.ResponseWriter, r *http.Request, status int, why string) {
	if !strings.HasPrefix(r.URL.Path, "/api/") {
		http.Error(w, why, status)
		return
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(struct {
		Title  string `json:"title"`
		Status int    `json:"status"`
		Detail string `json:"detail"`
	}{http.StatusText(status), status, why})
}

func unauthorized(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("WWW-Authenticate", `Bearer realm="probity"`)
	refuse(w, r, http.StatusUnauthorized, "a token is wanted, as Authorization: Bearer; people sign in at "+signinPath)
}

func tooMany(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Retry-After", "60")
	refuse(w, r, http.StatusTooManyRequests, "too many tries: wait a minute")
}
