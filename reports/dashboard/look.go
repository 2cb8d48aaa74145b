package dashboard

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"slices"

	xlanguage "golang.org/x/text/language"

	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/language"
)

//go:embed pages
var files embed.FS

// Look is how pages look: their templates in each language, and the style that they share with reports that are files.
type Look struct {
	languages []*language.Language // as of language.Codes
	matcher   xlanguage.Matcher
	templates map[string]*template.Template // by the code of the language
	style     []byte
	digest    string
	icon      []byte
}

// NewLook reads what pages are made from.
func NewLook() (*Look, error) {
	l := &Look{templates: map[string]*template.Template{}}
	base, err := reports.Style()
	if err != nil {
		return nil, fmt.Errorf("style of pages: %w", err)
	}
	own, err := files.ReadFile("pages/dashboard.css")
	if err != nil {
		return nil, fmt.Errorf("style of pages: %w", err)
	}
	if l.icon, err = files.ReadFile("pages/icon.svg"); err != nil {
		return nil, fmt.Errorf("icon of pages: %w", err)
	}
	l.style = slices.Concat(base, []byte("\n"), own)
	sum := sha256.Sum256(l.style)
	l.digest = hex.EncodeToString(sum[:8])
	tags := []xlanguage.Tag{xlanguage.English} // what nobody speaks is answered in English
	for _, code := range language.Codes() {
		in, err := language.Of(code)
		if err != nil {
			return nil, err
		}
		t, err := reports.Templates(in, helpers(in), files, "pages/*.gohtml")
		if err != nil {
			return nil, fmt.Errorf("pages in %s: %w", code, err)
		}
		l.templates[code] = t
		if code != language.English {
			l.languages, tags = append(l.languages, in), append(tags, xlanguage.Make(code))
		}
	}
	l.languages = append([]*language.Language{nil}, l.languages...)
	l.matcher = xlanguage.NewMatcher(tags)
	return l, nil
}

// languageCookie remembers the language that somebody chose.
const languageCookie = "probity-language"

// Language is the one to answer in: that which the address asks for, which is remembered, else the one that was chosen before, else
// what the browser prefers.
func (l *Look) Language(w http.ResponseWriter, r *http.Request) *language.Language {
	if code := r.URL.Query().Get("lang"); l.templates[code] != nil {
		http.SetCookie(w, &http.Cookie{Name: languageCookie, Value: code, Path: "/", MaxAge: 365 * 24 * 60 * 60, HttpOnly: true, Secure: r.TLS != nil, SameSite: http.SameSiteLaxMode})
		return l.of(code)
	}
	if c, err := r.Cookie(languageCookie); err == nil && l.templates[c.Value] != nil {
		return l.of(c.Value)
	}
	wanted, _, err := xlanguage.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return nil
	}
	_, i, _ := l.matcher.Match(wanted...)
	return l.languages[i]
}

func (l *Look) of(code string) *language.Language {
	i := slices.IndexFunc(l.languages, func(in *language.Language) bool { return in.Code() == code })
	return l.languages[i]
}

// StylePath is where pages find their style. It changes with the style, which may therefore be kept for ever.
func (l *Look) StylePath() string { return "/style-" + l.digest + ".css" }

// ServeStyle answers at StylePath; who is not signed in may have it.
func (l *Look) ServeStyle(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(l.style)
}

// errPage means that a page cannot be made of what it is to show.
var errPage = errors.New("making page")

// write sends a page, whole or not at all.
func (l *Look) write(w http.ResponseWriter, status int, in *language.Language, name string, page any) error {
	var b bytes.Buffer
	if err := l.templates[in.Code()].ExecuteTemplate(&b, name, page); err != nil {
		return fmt.Errorf("%w %s: %w", errPage, name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", in.Code())
	w.WriteHeader(status)
	_, err := w.Write(b.Bytes())
	return err
}

// IconPath is where browsers find the picture of the pages.
const IconPath = "/icon.svg"

// ServeIcon answers at IconPath.
func (l *Look) ServeIcon(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Cache-Control", "public, max-age=86400")
	_, _ = w.Write(l.icon)
}
