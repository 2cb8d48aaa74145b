package dashboard

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/reports/language"
)

// frame is what stands around every page.
type frame struct {
	Title     string
	Style     string // path
	Languages []choice
}

// choice is a link of several, of which one may be where the reader is.
type choice struct {
	Name, Code, Href string
	Here             bool
}

// ownNames are languages as they are called in themselves.
func ownNames() map[string]string {
	return map[string]string{"en": "English", "de": "Deutsch", "es": "Español", "fr": "Français", "nl": "Nederlands"}
}

func (l *Look) frame(in *language.Language, r *http.Request, title string) frame {
	f := frame{Title: reports.Visible(title), Style: l.StylePath()}
	path := r.URL.Path
	if r.Method == http.MethodPost { // what forms are sent to is no page: the list is that it is of
		first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
		path = "/" + first
	}
	for _, x := range l.languages {
		q := r.URL.Query()
		q.Set("lang", x.Code())
		name := ownNames()[x.Code()]
		if name == "" {
			name = x.Code()
		}
		f.Languages = append(f.Languages, choice{Name: name, Code: x.Code(), Href: path + "?" + q.Encode(), Here: x.Code() == in.Code()})
	}
	return f
}

// shell is the frame of those who are signed in.
type shell struct {
	frame
	Viewer Viewer
	Parts  []part
	Told   string // what came of what they did last
}

// part is a list of links in the navigation.
type part struct {
	ID, Name string
	Links    []choice
}

// parts are the navigation, of which a role sees what it may.
func parts(in *language.Language, at string, v Viewer) []part {
	link := func(name, href string) choice { return choice{Name: name, Href: href, Here: at == href} }
	running := part{ID: "running", Name: in.Say("Operation"), Links: []choice{link(in.Say("Scans"), "/scans"), link(in.Say("Schedules"), "/schedules")}}
	if v.Bounds.Zero() { // they count everything
		running.Links = append(running.Links, link(in.Say("Notifications"), "/notifications"))
	}
	if v.Role.May(AdminRole) && v.Bounds.Zero() { // it tells of everything
		running.Links = append(running.Links, link(in.Say("Audit log"), "/audit"))
	}
	return []part{
		{ID: "morning", Name: in.Say("This morning"), Links: []choice{link(in.Say("Overview"), "/"), link(in.Say("Findings"), "/findings"), link(in.Say("Unknown"), "/unknown")}},
		{ID: "data", Name: in.Say("The data"), Links: []choice{link(in.Say("Data map"), "/map"), link(in.Say("Stores"), "/stores")}},
		{ID: "evidence", Name: in.Say("Evidence"), Links: []choice{link(in.Say("Frameworks"), "/frameworks"), link(in.Say("Accounts"), "/accounts"), link(in.Say("Waivers"), "/waivers")}},
		running,
	}
}

// with is an address with some of its filters changed; an empty value takes one out. Where filters change, paging begins anew.
func with(u *url.URL, pairs ...string) string {
	q := u.Query()
	for _, gone := range []string{"after", "lang", "told"} {
		q.Del(gone)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			q.Del(pairs[i])
		} else {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return u.Path
	}
	return u.Path + "?" + q.Encode()
}

// at is a path with filters.
func at(path string, pairs ...string) string { return with(&url.URL{Path: path}, pairs...) }

// helpers are what pages call besides what reports do.
func helpers(in *language.Language) template.FuncMap {
	return template.FuncMap{
		"at": at, "sheet": sheet, "need": need, "telling": telling, "storeAt": storeAt, "findingAt": findingAt, "num": func(n int64) int { return int(n) },
		"country":   func(code string) string { return country(in, code) },
		"lastDayOf": func(t time.Time) string { return in.Day(t.UTC().Add(-time.Nanosecond)) }, // t is the first moment after
		"verdict":   func(c history.Counts, v string) int64 { return c.Verdicts[probity.Verdict(v)] },
		"roleWord":  func(r Role) string { return roleWord(in, r) }, "groupWord": func(s string) string { return groupWord(in, s) },
		"moment": func(m history.AssetMoment) string { return momentWords(in, m) }, "protectionWord": func(s string) string { return in.Say(s) },
		"derived": derived, "withStores": func(of []listedFinding) findingTable { return findingTable{of, true} }, "alone": func(of []listedFinding) findingTable { return findingTable{of, false} },
	}
}

// need is what would settle an outcome, as a sentence begins; where it begins with the name of something, that stays.
func need(s string) string {
	first, rest, _ := strings.Cut(s, " ")
	if first == "" || rest == "" || strings.ContainsFunc(first, func(r rune) bool { return !unicode.IsLower(r) }) {
		return s
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// telling reports whether a name says more than the ID beside it.
func telling(name, id string) bool { return name != "" && !strings.HasSuffix(id, name) }

func roleWord(in *language.Language, r Role) string {
	switch r {
	case ViewerRole:
		return in.Say("viewer")
	case OperatorRole:
		return in.Say("operator")
	case AdminRole:
		return in.Say("admin")
	}
	return string(r)
}

// derived are facts that were worked out from others.
func derived(all []probity.Evidence) []probity.Evidence {
	return slices.DeleteFunc(slices.Clone(all), func(e probity.Evidence) bool { return e.Origin == nil || len(e.Origin.Derived) == 0 })
}
