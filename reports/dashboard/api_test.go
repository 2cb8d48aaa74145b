package dashboard

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity/reports/history"
)

// question is how an operation is asked in tests: of something that the viewer may see, and of the same of others.
type question struct {
	path    string // below APIPath
	foreign string // "": it names nothing
	alone   bool   // what it tells of what the viewer may see is the same, whatever else there is
	body    string
}

// questions are of all operations, by their IDs.
func questions(t *testing.T, o *Operations) map[string]question {
	t.Helper()
	groups, err := o.Store.Unknowns(t.Context(), history.UnknownsQuery{})
	if err != nil || len(groups.Groups) == 0 {
		t.Fatalf("got %+v, %v, want unknown outcomes", groups, err)
	}
	waivers, err := o.Store.Waivers(t.Context(), history.WaiversQuery{})
	if err != nil {
		t.Fatal(err)
	}
	waiver := map[string]string{}
	for _, w := range waivers.Rows {
		waiver[w.Owner] = strconv.FormatInt(w.ID, 10)
	}
	scans, err := o.Store.Scans(t.Context(), history.ScansQuery{})
	if err != nil {
		t.Fatal(err)
	}
	newest := map[string]string{}
	for _, r := range slices.Backward(scans) {
		newest[r.Series] = r.ID
	}
	waive := func(name string) string {
		return fmt.Sprintf(`{"fingerprint": %q, "reason": "r", "owner": "o", "expires": "2026-12-24T00:00:00Z"}`, fingerprint(name))
	}
	return map[string]question{
		"get-status":                        {path: "/status"},
		"post-schedules-name-run":           {path: "/schedules/nightly/run", foreign: "/schedules/" + foreign + "/run"},
		"get-posture":                       {path: "/posture", foreign: "/posture?account=aws/999999999999"},
		"get-findings":                      {path: "/findings?state=open&state=waived&state=fixed&q=anybody", foreign: "/findings?store=" + storeID(foreign+"-open")},
		"get-findings-fingerprint":          {path: "/findings/" + fingerprint("mine"), foreign: "/findings/" + fingerprint(foreign), alone: true},
		"get-findings-fingerprint-evidence": {path: "/findings/" + fingerprint("mine") + "/evidence", foreign: "/findings/" + fingerprint(foreign) + "/evidence", alone: true},
		"get-store-labels":                  {path: "/store/labels?id=" + storeID("mine-copy"), foreign: "/store/labels?id=" + storeID(foreign+"-open"), alone: true},
		"get-store-links":                   {path: "/store/links?id=" + storeID("mine-copy"), foreign: "/store/links?id=" + storeID(foreign+"-open")},
		"get-store-readers":                 {path: "/store/readers?id=" + storeID("mine-copy"), foreign: "/store/readers?id=" + storeID(foreign+"-open"), alone: true},
		"get-store-missing":                 {path: "/store/missing?id=" + storeID("mine-dark"), foreign: "/store/missing?id=" + storeID(foreign+"-open"), alone: true},
		"get-store-facts":                   {path: "/store/facts?id=" + storeID("mine-copy"), foreign: "/store/facts?id=" + storeID(foreign+"-open"), alone: true},
		"get-unknowns":                      {path: "/unknowns", foreign: "/unknowns?series=" + foreign},
		"get-unknowns-group":                {path: "/unknowns/" + url.PathEscape(groups.Groups[0].ID), foreign: "/unknowns/" + url.PathEscape(groups.Groups[0].ID) + "?account=aws/999999999999"},
		"get-map":                           {path: "/map", foreign: "/map?country=NZ"},
		"get-stores":                        {path: "/stores", foreign: "/stores?q=" + foreign},
		"get-store":                         {path: "/store?id=" + storeID("mine-copy"), foreign: "/store?id=" + storeID(foreign+"-open")},
		"get-frameworks":                    {path: "/frameworks", foreign: "/frameworks?account=aws/999999999999"},
		"get-frameworks-id":                 {path: "/frameworks/gdpr", foreign: "/frameworks/gdpr?series=" + foreign},
		"get-accounts":                      {path: "/accounts", foreign: "/accounts?q=999"},
		"get-sources":                       {path: "/sources"},
		"get-scans":                         {path: "/scans", foreign: "/scans?after=" + newest[foreign]},
		"get-scans-id":                      {path: "/scans/" + newest["nightly"], foreign: "/scans/" + newest[foreign]},
		"get-scans-id-changes":              {path: "/scans/" + newest["nightly"] + "/changes", foreign: "/scans/" + newest[foreign] + "/changes"},
		"get-waivers":                       {path: "/waivers", foreign: "/waivers?fingerprint=" + fingerprint(foreign)},
		"post-waivers":                      {path: "/waivers", foreign: "/waivers", body: waive("mine")},
		"post-waivers-id-withdraw":          {path: "/waivers/" + waiver["mine"] + "/withdraw", foreign: "/waivers/" + waiver[foreign] + "/withdraw"},
		"get-notifications":                 {path: "/notifications"},
		"get-audit":                         {path: "/audit"},

		"post-notifications-id-retry": {path: "/notifications/0123/retry"},
	}
}

// asker asks an API as somebody.
type asker struct {
	t *testing.T
	h http.Handler
	v *Viewer
}

func (a asker) do(method, path, body string) *httptest.ResponseRecorder {
	a.t.Helper()
	r := httptest.NewRequestWithContext(a.t.Context(), method, APIPath+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	if a.v != nil {
		r = r.WithContext(WithViewer(r.Context(), *a.v))
	}
	w := httptest.NewRecorder()
	a.h.ServeHTTP(w, r)
	return w
}

func admin() *Viewer { return &Viewer{Name: "ann", Role: AdminRole} }

// operationsOf are all that are registered.
func operationsOf(t *testing.T, o *Operations) []operation {
	t.Helper()
	all := o.register(http.NewServeMux()).all
	asked := questions(t, o)
	if len(asked) != len(all) {
		t.Errorf("%d operations, and questions to %d", len(all), len(asked))
	}
	for _, op := range all {
		if _, ok := asked[op.id]; !ok {
			t.Errorf("no question to %s: tell how it is asked, within bounds and of others", op.id)
		}
	}
	return all
}

// TestOperationsAnswer: what each operation answers is what its schema says, and so are its errors.
func TestOperationsAnswer(t *testing.T) {
	t.Parallel()
	o, _ := estate(t, true)
	text, err := OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("api.json", doc); err != nil {
		t.Fatal(err)
	}
	judge := func(op operation, got *httptest.ResponseRecorder, form string) {
		t.Helper()
		escaped := strings.ReplaceAll(op.path, "/", "~1")
		schema, err := c.Compile("api.json#/paths/" + escaped + "/" + strings.ToLower(op.method) + "/responses/" + strconv.Itoa(got.Code) + "/content/" + strings.ReplaceAll(form, "/", "~1") + "/schema")
		if err != nil {
			t.Errorf("%s: %d is not in the document: %v", op.id, got.Code, err)
			return
		}
		v, err := jsonschema.UnmarshalJSON(got.Body)
		if err == nil {
			err = schema.Validate(v)
		}
		if err != nil {
			t.Errorf("%s, %d: %v", op.id, got.Code, err)
		}
		if !strings.HasPrefix(got.Header().Get("Content-Type"), form) {
			t.Errorf("%s, %d: got %s, want %s", op.id, got.Code, got.Header().Get("Content-Type"), form)
		}
	}
	all, asked := operationsOf(t, o), questions(t, o)
	h := API(o)
	for _, op := range all {
		q := asked[op.id]
		got := asker{t, h, admin()}.do(op.method, q.path, q.body)
		if got.Code/100 != 2 {
			t.Errorf("%s: %d %s", op.id, got.Code, got.Body)
			continue
		}
		judge(op, got, "application/json")
		got = asker{t, h, admin()}.do(op.method, strings.Split(q.path, "?")[0]+"?hidden=1", q.body)
		if got.Code != http.StatusUnprocessableEntity || strings.Contains(got.Body.String(), "\n\n") {
			t.Errorf("%s with an unknown parameter: %d %s", op.id, got.Code, got.Body)
			continue
		}
		judge(op, got, "application/problem+json")
	}
}

// TestOperationsMay: each operation is for those of its role, and for nobody who is not known.
func TestOperationsMay(t *testing.T) {
	t.Parallel()
	o, _ := estate(t, true)
	all, asked, h := operationsOf(t, o), questions(t, o), API(o)
	for _, op := range all {
		q := asked[op.id]
		for _, role := range append([]Role{"", "boss"}, Roles()...) {
			got := asker{t, h, &Viewer{Name: "ann", Role: role}}.do(op.method, q.path, q.body)
			want := http.StatusForbidden
			if !role.Valid() {
				want = http.StatusUnauthorized
			}
			if may := role.May(op.role); may != (got.Code/100 == 2) && may != (got.Code == http.StatusUnprocessableEntity) || !may && got.Code != want {
				t.Errorf("%s as %q: %d %s", op.id, role, got.Code, got.Body)
			}
		}
		if got := (asker{t, h, nil}).do(op.method, q.path, q.body); got.Code != http.StatusUnauthorized {
			t.Errorf("%s as nobody: %d", op.id, got.Code)
		}
	}
	for _, name := range []string{"post-waivers", "post-schedules-name-run", "post-waivers-id-withdraw"} {
		if i := slices.IndexFunc(all, func(op operation) bool { return op.id == name }); i < 0 || all[i].role != OperatorRole {
			t.Errorf("%s is for other than operators", name)
		}
	}
	log, err := o.Store.AuditLog(t.Context(), history.AuditQuery{Did: "refused"})
	if err != nil || log.Total == 0 || log.Rows[0].Who != "ann" {
		t.Errorf("got %+v, %v, want who was refused", log, err)
	}
}

// TestOperationsWithinBounds: to somebody with bounds the history answers as if there were nothing outside of them: names, counts and sums.
func TestOperationsWithinBounds(t *testing.T) {
	t.Parallel()
	for name, b := range here() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mixed, _ := estate(t, true)
			alone, _ := estate(t, false)
			asked, of := questions(t, mixed), questions(t, alone)
			bounded := asker{t, API(mixed), &Viewer{Name: "ann", Role: AdminRole, Bounds: b}}
			free := asker{t, API(alone), admin()}
			for _, op := range operationsOf(t, mixed) {
				if op.method != http.MethodGet {
					continue
				}
				got := bounded.do(op.method, asked[op.id].path, "")
				if op.whole {
					if got.Code != http.StatusForbidden || strings.Contains(got.Body.String(), foreign) {
						t.Errorf("%s: %d %s", op.id, got.Code, got.Body)
					}
					continue
				}
				if strings.Contains(got.Body.String(), foreign) || strings.Contains(got.Body.String(), "999999999999") || strings.Contains(got.Body.String(), "NZ") {
					t.Errorf("%s tells of others: %s", op.id, got.Body)
				}
				want := free.do(op.method, of[op.id].path, "")
				if all := (asker{t, bounded.h, admin()}).do(op.method, asked[op.id].path, ""); reflect.DeepEqual(known(t, all), known(t, want)) && !asked[op.id].alone {
					t.Errorf("%s: nothing of others could be seen", op.id)
				}
				if is, was := known(t, got), known(t, want); !reflect.DeepEqual(is, was) {
					t.Errorf("%s: others are felt:\ngot  %v\nwant %v", op.id, is, was)
				}
				if csv := bounded.do(op.method, with(&url.URL{Path: asked[op.id].path}, "format", "csv"), ""); strings.Contains(csv.Body.String(), foreign) {
					t.Errorf("%s tells of others as CSV: %s", op.id, csv.Body)
				}
			}
		})
	}
}

// known is an answer without what may differ: the place of a scan in all, targets, why a law applies, numbers that are drawn.
func known(t *testing.T, of *httptest.ResponseRecorder) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(of.Body.Bytes(), &v); err != nil || of.Code != http.StatusOK {
		t.Errorf("got %d %s, %v", of.Code, of.Body, err)
	}
	var clean func(v any)
	clean = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, key := range []string{"version", "targets", "because", "hidden"} {
				delete(v, key)
			}
			if _, ok := v["made_by"]; ok || v["fingerprint"] != nil && v["reason"] != nil {
				delete(v, "id")
			}
			for _, x := range v {
				clean(x)
			}
		case []any:
			for _, x := range v {
				clean(x)
			}
		}
	}
	clean(v)
	return v
}

// TestOperationsOfOthers: what somebody with bounds asks of others is answered as if they were not there.
func TestOperationsOfOthers(t *testing.T) {
	t.Parallel()
	for name, b := range here() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, schedules := estate(t, true)
			asked := questions(t, o)
			bounded := asker{t, API(o), &Viewer{Name: "ann", Role: AdminRole, Bounds: b}}
			for _, op := range operationsOf(t, o) {
				q := asked[op.id]
				if q.foreign == "" {
					continue
				}
				got := bounded.do(op.method, q.foreign, strings.ReplaceAll(q.body, fingerprint("mine"), fingerprint(foreign)))
				said := got.Body.String()
				if strings.Contains(said, foreign+"-") || strings.Contains(said, "anybody reaches") || op.method == http.MethodPost && got.Code != http.StatusNotFound {
					t.Errorf("%s of others: %d %s", op.id, got.Code, said)
				}
				if op.id == "get-scans" && strings.TrimSpace(said) != "[]" {
					t.Errorf("scans after one of others: got %s, want as after none", said)
				}
				if slices.Contains([]string{"get-findings-fingerprint", "get-findings-fingerprint-evidence", "get-store", "get-store-labels", "get-store-links", "get-store-readers", "get-store-missing", "get-store-facts", "get-scans-id", "get-scans-id-changes"}, op.id) && got.Code != http.StatusNotFound {
					t.Errorf("%s of others: %d, want 404", op.id, got.Code)
				}
				nobody := bounded.do(op.method, strings.NewReplacer(foreign, "nothing", fingerprint(foreign), "0000000000000000", "999999999999", "888888888888", "NZ", "FJ").Replace(q.foreign), strings.ReplaceAll(q.body, fingerprint("mine"), "0000000000000000"))
				if got.Code != nobody.Code {
					t.Errorf("%s: %d of others, %d of nobody", op.id, got.Code, nobody.Code)
				}
			}
			if len(schedules.asked) > 0 {
				t.Errorf("%v were run", schedules.asked)
			}
			holding, err := o.Store.Waivers(t.Context(), history.WaiversQuery{Holding: true})
			if err != nil || holding.Total != 2 {
				t.Errorf("got %+v, %v, want the two waivers of before", holding, err)
			}
		})
	}
}

// TestLogged: what somebody was refused is in the log, and no address drives the terminal that shows it.
func TestLogged(t *testing.T) {
	t.Parallel()
	o, _ := estate(t, false)
	look, err := NewLook()
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	log := logrus.New()
	log.SetOutput(&said)
	log.SetFormatter(&logrus.TextFormatter{ForceColors: true, DisableTimestamp: true})
	o.Log = log
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/findings/%1B%5B2J%0Aforged/waive", http.NoBody)
	r = r.WithContext(WithViewer(r.Context(), Viewer{Name: "ann", Role: ViewerRole}))
	w := httptest.NewRecorder()
	Handler(Options{Operations: o, Look: look}).ServeHTTP(w, r)
	if text := said.String(); w.Code != http.StatusForbidden || strings.Contains(text, "\x1b[2J") || strings.Count(text, "\n") != 1 || !strings.Contains(text, `\x1b[2J forged`) {
		t.Errorf("got %d, and the log %q", w.Code, text)
	}
}

// TestEmptyLists: of a history that is empty every list is one of nothing.
func TestEmptyLists(t *testing.T) {
	t.Parallel()
	s, err := history.OpenFolder(t.Context(), t.TempDir(), history.Options{Now: day})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	a := asker{t, API(&Operations{Store: s, Schedules: &clerk{}, Now: day, Log: logrus.New()}), admin()}
	for _, path := range []string{"/posture", "/findings", "/unknowns", "/map", "/stores", "/frameworks", "/accounts", "/sources", "/scans", "/waivers", "/notifications", "/audit"} {
		if got := a.do(http.MethodGet, path, ""); got.Code != http.StatusOK || strings.Contains(got.Body.String(), "null") {
			t.Errorf("%s: got %d %s", path, got.Code, got.Body)
		}
	}
}

// TestNamedScans: among scans that somebody may see one is found by its ID, its beginning or its place, and others are as if they were not there.
func TestNamedScans(t *testing.T) {
	t.Parallel()
	all := []history.Record{{ID: "ab9", Series: "one"}, {ID: "ac3", Series: "one", Published: true}, {ID: "ac2", Series: "two", Published: true}, {ID: "b1", Series: "one", Published: true}}
	for id, want := range map[string]string{"ab9": "ab9", "ab": "ab9", "ac3": "ac3", "last": "ac3", "last~1": "b1", "last~2": "", "ac": "", "": "", "c": "", "last~": "", "last1": "", "last~-1": ""} {
		if got, err := named(all, id); got.ID != want || (err == nil) != (want != "") {
			t.Errorf("%q: got %q, %v, want %q", id, got.ID, err, want)
		}
	}
	if _, err := named(nil, "last"); !errors.Is(err, history.ErrUnknown) {
		t.Errorf("got %v, want that there is none", err)
	}
}

// TestOperationsDo: who may run and waive does, and it is in the audit.
func TestOperationsDo(t *testing.T) {
	t.Parallel()
	o, schedules := estate(t, true)
	asked := questions(t, o)
	a := asker{t, API(o), &Viewer{Name: "ann", Role: OperatorRole, Bounds: here()["accounts"]}}
	for _, c := range []struct {
		path, body string
		want       int
	}{
		{asked["post-schedules-name-run"].path, "", 202},
		{"/waivers", `{"fingerprint": "` + fingerprint("mine") + `", "reason": "r", "owner": "o", "expires": "2020-01-01T00:00:00Z"}`, 422},
		{"/waivers", `{"fingerprint": "` + fingerprint("mine") + `", "reason": "r", "expires": "2026-12-24T00:00:00Z"}`, 422},
		{"/waivers", `{"fingerprint": "` + fingerprint("mine") + `", "reason": "r", "owner": "o", "expires": "2026-12-24T00:00:00Z", "by": "somebody else"}`, 422},
		{"/waivers", `{"fingerprint`, 400},
		{asked["post-waivers-id-withdraw"].path, "", 200},
		{"/waivers", asked["post-waivers"].body, 200},
	} {
		if got := a.do(http.MethodPost, c.path, c.body); got.Code != c.want {
			t.Errorf("%s %s: %d %s, want %d", c.path, c.body, got.Code, got.Body, c.want)
		} else if c.want >= 400 && (got.Header().Get("Content-Type") != "application/problem+json" || strings.Count(strings.TrimSpace(got.Body.String()), "\n") > 0 || strings.Contains(got.Body.String(), "somebody else")) {
			t.Errorf("%s: %v %s, want one line without what was sent", c.body, got.Header(), got.Body)
		}
	}
	if !slices.Equal(schedules.asked, []string{"nightly"}) {
		t.Errorf("%v were run", schedules.asked)
	}
	log, err := o.Store.AuditLog(t.Context(), history.AuditQuery{Who: "ann"})
	var did []string
	for _, e := range log.Rows {
		did = append(did, e.Did)
	}
	if slices.Sort(did); err != nil || !slices.Equal(did, []string{"run", "waive", "withdraw"}) {
		t.Errorf("got %v, %v", did, err)
	}
	w, err := o.Store.Waivers(t.Context(), history.WaiversQuery{Holding: true, Fingerprint: fingerprint("mine")})
	if err != nil || len(w.Rows) != 1 || w.Rows[0].By != "ann" {
		t.Errorf("got %+v, %v, want one of ann", w.Rows, err)
	}
}

// TestOperatorsAlone: what changes something asks for the role itself too, whoever calls it.
func TestOperatorsAlone(t *testing.T) {
	t.Parallel()
	o, schedules := estate(t, true)
	for _, v := range []Viewer{{}, {Name: "ann", Role: ViewerRole}} {
		ctx := WithViewer(t.Context(), v)
		_, ran := o.Run(ctx, &RunIn{Name: "nightly"})
		_, waived := o.Waive(ctx, &WaiveIn{Body: WaiveBody{Fingerprint: fingerprint("mine"), Reason: "r", Owner: "o", Expires: day().AddDate(0, 1, 0)}})
		_, withdrew := o.Withdraw(ctx, &WithdrawIn{ID: 1})
		_, read := o.AuditLog(ctx, &AuditIn{})
		for name, err := range map[string]error{"run": ran, "waive": waived, "withdraw": withdrew, "audit": read} {
			if !errors.Is(err, errMay) && !errors.Is(err, errNobody) {
				t.Errorf("%s as %q: %v", name, v.Role, err)
			}
		}
	}
	if len(schedules.asked) > 0 {
		t.Errorf("%v were run", schedules.asked)
	}
}

// TestOperationsAsTables: each list is a table of all its rows too, of which no cell is a formula.
func TestOperationsAsTables(t *testing.T) {
	t.Parallel()
	o, _ := estate(t, true)
	if _, err := o.Store.Waive(t.Context(), history.Waiver{Fingerprint: fingerprint("mine"), Reason: `=HYPERLINK("https://evil.example")`, Owner: "+1", Expires: day().AddDate(0, 1, 0), By: "@ann", At: o.Now()}, history.Bounds{}); err != nil {
		t.Fatal(err)
	}
	a, asked := asker{t, API(o), admin()}, questions(t, o)
	doc := o.register(http.NewServeMux()).OpenAPI()
	tables := 0
	for _, op := range operationsOf(t, o) {
		if op.method != http.MethodGet || doc.Paths[op.path].Get.Responses["200"].Content["text/csv"] == nil {
			continue
		}
		tables++
		sign := "?"
		if strings.Contains(asked[op.id].path, "?") {
			sign = "&"
		}
		got := a.do(op.method, asked[op.id].path+sign+"format=csv", "")
		rows, err := csv.NewReader(got.Body).ReadAll()
		if err != nil || got.Code != http.StatusOK || len(rows) < 2 || !strings.HasPrefix(got.Header().Get("Content-Type"), "text/csv") || !strings.Contains(got.Header().Get("Content-Disposition"), ".csv") {
			t.Errorf("%s: %d, %d rows, %v, %v", op.id, got.Code, len(rows), err, got.Header())
			continue
		}
		if slices.Contains(rows[0], "") || len(slices.Compact(slices.Sorted(slices.Values(rows[0])))) != len(rows[0]) {
			t.Errorf("%s: columns %q", op.id, rows[0])
		}
		for _, row := range rows {
			for _, cell := range row {
				if strings.ContainsAny(cell[:min(len(cell), 1)], "=+-@") {
					t.Errorf("%s: %q is a formula", op.id, cell)
				}
			}
		}
	}
	if tables < 12 {
		t.Errorf("%d tables", tables)
	}
	if got := a.do(http.MethodGet, "/findings/0000?format=csv", ""); got.Header().Get("Content-Type") != "application/problem+json" {
		t.Errorf("got %d %v", got.Code, got.Header())
	}
	if got := a.do(http.MethodGet, "/stores?format=csv&limit=x", ""); got.Code != 422 || got.Header().Get("Content-Type") != "application/problem+json" || !json.Valid(got.Body.Bytes()) {
		t.Errorf("got %d %v %s", got.Code, got.Header(), got.Body)
	}
}

// TestOperationsPage: pages follow each other, without a row twice.
func TestOperationsPage(t *testing.T) {
	t.Parallel()
	o, _ := estate(t, true)
	a := asker{t, API(o), admin()}
	seen, after := map[string]bool{}, ""
	for range 10 {
		var page history.AssetsPage
		if err := json.Unmarshal(a.do(http.MethodGet, "/stores?limit=2&after="+after, "").Body.Bytes(), &page); err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Rows {
			if seen[r.Asset.ID] {
				t.Errorf("%s is there twice", r.Asset.ID)
			}
			seen[r.Asset.ID] = true
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if len(seen) != 6 {
		t.Errorf("got %d stores, want six", len(seen))
	}
	for path, want := range map[string]int{"/stores?limit=0": 422, "/stores?limit=1001": 422, "/stores?after=x": 422, "/stores?class=shoe": 422, "/findings?severity=bad": 422, "/findings?since=soon": 422, "/none": 404, "/store": 422} {
		if got := a.do(http.MethodGet, path, ""); got.Code != want {
			t.Errorf("%s: %d %s, want %d", path, got.Code, got.Body, want)
		}
	}
}
