package dashboard

import (
	"net/http"
	"net/url"

	"github.com/probity-scan/probity/reports/language"
)

// SignIn is what the page to sign in at shows.
type SignIn struct {
	Next     string // path to go on to
	Provider string // host of the provider that people may sign in at; "": there is none
	Wrong    Wrong
	Leave    string // address at which the provider ends its session, of who signed out here; "": nobody did
}

// Wrong is why somebody is not signed in.
type Wrong string

// Reasons that the page knows a line for.
const (
	WrongToken Wrong = "token"    // there is none like it
	TooMany    Wrong = "tries"    // too many in a short time
	NoRole     Wrong = "role"     // the provider knows the person, and nothing gives a role here
	NotTaken   Wrong = "answer"   // what the provider sends does not hold
	Astray     Wrong = "astray"   // the way back did not begin in this browser, or took too long
	NoProvider Wrong = "provider" // it does not answer
	NoHistory  Wrong = "history"  // it does not answer
)

// SignIn writes the page to sign in at.
func (l *Look) SignIn(w http.ResponseWriter, r *http.Request, status int, p SignIn) error {
	in := l.Language(w, r)
	// Links to other languages lead to the page, whatever address it answers at: that of the form, or of the way back from a provider.
	at := r.Clone(r.Context())
	at.URL = &url.URL{Path: "/signin"}
	if p.Next != "" && p.Next != "/" {
		at.URL.RawQuery = url.Values{"next": {p.Next}}.Encode()
	}
	title := in.Say("Sign in")
	if p.Leave != "" {
		title = in.Say("You are signed out")
	}
	return l.write(w, status, in, "signin.gohtml", struct {
		frame
		SignIn
		Wrong string
	}{l.frame(in, at, title), p, p.Wrong.line(in)})
}

// line is what to do about it.
func (w Wrong) line(in *language.Language) string {
	switch w {
	case WrongToken:
		return in.Say("There is no such token.")
	case TooMany:
		return in.Say("Too many tries: wait a minute.")
	case NoRole:
		return in.Say("You are signed in at the provider, and have no role here: ask who runs this server for one.")
	case NotTaken:
		return in.Say("What the provider sent does not hold: sign in again. The log of the server says why.")
	case Astray:
		return in.Say("This sign-in did not begin in this browser, or took too long: sign in again.")
	case NoProvider:
		return in.Say("The provider does not answer: try again later. The log of the server says why.")
	case NoHistory:
		return in.Say("The history does not answer: try again.")
	}
	return ""
}
