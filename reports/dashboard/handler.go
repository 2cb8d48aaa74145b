package dashboard

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/reports/language"
)

// Options are what pages are made from. All are required.
type Options struct {
	*Operations
	Look *Look
}

// Handler shows the history to viewers, whom whatever stands before it puts into the context of requests.
func Handler(o Options) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+o.Look.StylePath(), o.Look.ServeStyle)
	mux.HandleFunc("GET "+IconPath, o.Look.ServeIcon)
	for pattern, do := range map[string]func(*ask) error{
		"GET /{$}": (*ask).overview, "GET /findings": (*ask).findings, "GET /findings/{fingerprint}": (*ask).finding,
		"GET /unknown": (*ask).unknown, "GET /unknown/{group}": (*ask).unknownGroup, "GET /map": (*ask).dataMap,
		"GET /stores": (*ask).stores, "GET /store": (*ask).store, "GET /frameworks": (*ask).frameworks, "GET /frameworks/{id}": (*ask).framework,
		"GET /accounts": (*ask).accounts, "GET /waivers": (*ask).waivers, "GET /scans": (*ask).scans, "GET /scans/{id}": (*ask).scan,
		"GET /schedules": (*ask).schedules, "GET /audit": (*ask).audit, "GET /notifications": (*ask).notifications, "GET /": func(*ask) error { return history.ErrUnknown },
		"POST /findings/{fingerprint}/waive": (*ask).waive, "POST /waivers/{id}/withdraw": (*ask).withdraw, "POST /schedules/{name}/run": (*ask).run, "POST /notifications/{id}/retry": (*ask).retry,
	} {
		mux.HandleFunc(pattern, o.answer(do))
	}
	return mux
}

// ask is one request of a viewer.
type ask struct {
	Options
	w      http.ResponseWriter
	r      *http.Request
	in     *language.Language
	viewer Viewer
	wrong  string // a filter that is none
}

// answer makes a page of a request, and of what went wrong with it.
func (o Options) answer(do func(*ask) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, ok := ViewerFrom(r.Context())
		if !ok { // whoever stands before lets nobody through without one
			http.Error(w, "nobody is signed in", http.StatusUnauthorized)
			return
		}
		a := &ask{Options: o, w: w, r: r, in: o.Look.Language(w, r), viewer: v}
		if clean, ok := bare(r); ok {
			http.Redirect(w, r, clean, http.StatusSeeOther)
			return
		}
		err := do(a)
		var status huma.StatusError
		switch {
		case err == nil:
		case errors.Is(err, errFilter):
			a.fail(http.StatusBadRequest, a.in.Say("This filter is none"), a.wrong)
		case errors.Is(err, errMay):
			o.note(r.Context(), v, "refused", r.Method+" "+r.URL.Path)
			a.fail(http.StatusForbidden, a.in.Say("You may not do that"), a.in.Say("Operators waive findings and run schedules, admins see the audit log. Who runs this server gives roles."))
		case errors.Is(err, history.ErrUnknown), errors.As(err, &status) && status.GetStatus() == http.StatusNotFound:
			a.fail(http.StatusNotFound, a.in.Say("There is nothing here"), a.in.Say("The history knows nothing of that name, or you may not see it."))
		case r.Context().Err() != nil: // nobody waits for an answer
		case r.Method == http.MethodGet && !strings.HasPrefix(err.Error(), "history: ") && !errors.Is(err, errPage): // what cannot be asked: see Operations.told
			a.fail(http.StatusBadRequest, a.in.Say("This filter is none"), err.Error())
		default:
			o.Log.WithField("page", r.URL.Path).WithError(err).Error("a page cannot be made")
			a.fail(http.StatusInternalServerError, a.in.Say("The history does not answer"), a.in.Say("Try again in a moment. The server's log says what happened."))
		}
	}
}

// bare is the address of a form that was sent, without the fields that nobody filled in.
func bare(r *http.Request) (string, bool) {
	if r.Method != http.MethodGet || r.URL.RawQuery == "" {
		return "", false
	}
	q := r.URL.Query()
	n := len(q)
	for name, values := range q {
		if values = slices.DeleteFunc(values, func(s string) bool { return strings.TrimSpace(s) == "" }); len(values) == 0 {
			delete(q, name)
		}
	}
	if len(q) == n {
		return "", false
	}
	return (&url.URL{Path: r.URL.Path, RawQuery: q.Encode()}).String(), true
}

func (a *ask) fail(status int, title, what string) {
	page := struct {
		shell
		What string
	}{a.shell(title), what}
	if err := a.Look.write(a.w, status, a.in, "wrong.gohtml", page); err != nil {
		a.Log.WithError(err).Error("a page cannot be made")
	}
}

// show writes a page.
func (a *ask) show(name string, page any) error {
	return a.Look.write(a.w, http.StatusOK, a.in, name, page)
}

func (a *ask) shell(title string) shell {
	return shell{frame: a.Look.frame(a.in, a.r, title), Viewer: a.viewer, Parts: parts(a.in, a.r.URL.Path, a.viewer), Told: a.news()}
}

// news is what came of what the viewer did last: an address after a form that was posted carries it.
func (a *ask) news() string {
	switch a.r.URL.Query().Get("told") {
	case "asked":
		return a.in.Say("Asked for: the scan begins in a moment.")
	case "again":
		return a.in.Say("It is on its way again.")
	case "waived":
		return a.in.Say("The waiver is made. It holds at once, and for following scans.")
	case "withdrawn":
		return a.in.Say("The waiver is withdrawn.")
	}
	return ""
}

// get is a filter of the address.
func (a *ask) get(name string) string { return strings.TrimSpace(a.r.URL.Query().Get(name)) }

// errFilter means that a filter of the address has a value that it never has.
var errFilter = errors.New("a filter that is none")

// one is a filter that takes one of some values.
func (a *ask) one(name string, values ...string) string {
	v := a.get(name)
	if v != "" && !slices.Contains(values, v) {
		a.wrong = a.in.Say("{name} takes one of: {values}.", name, strings.Join(values, ", "))
		return ""
	}
	return v
}

// days is how far back a filter looks.
func (a *ask) days(name string, otherwise int) int {
	v := a.get(name)
	if v == "" {
		return otherwise
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 || n > 36500 {
		a.wrong = a.in.Say("{name} takes a number of days.", name)
		return otherwise
	}
	return n
}

// since is so many days ago; zero for all time.
func (a *ask) since(days int) time.Time {
	if days == 0 {
		return time.Time{}
	}
	return a.Now().UTC().AddDate(0, 0, -days)
}

// checked ends the reading of filters.
func (a *ask) checked() error {
	if a.wrong != "" {
		return errFilter
	}
	return nil
}
