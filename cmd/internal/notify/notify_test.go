package notify

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/reports/news"
)

// received is what a sink's server got.
type received struct {
	header http.Header
	body   []byte
}

// sinkServer answers as it is told, over TLS, and hands over what it gets.
func sinkServer(t *testing.T, answer http.HandlerFunc) (*httptest.Server, chan received) {
	t.Helper()
	got := make(chan received, 10)
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		got <- received{r.Header, b}
		if answer != nil {
			answer(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s, got
}

// options trust a server, and know secrets.
func options(s *httptest.Server, secrets map[string]string) Options {
	o := Options{Now: time.Now, Tool: "probity test", Secret: func(ref string) (string, error) {
		if v, ok := secrets[ref]; ok {
			return v, nil
		}
		return "", errors.New("there is none")
	}}
	if s != nil {
		o.Roots = x509.NewCertPool()
		o.Roots.AddCert(s.Certificate())
	}
	return o
}

// message is one of a scan, whose names try to be more than names.
func message() news.Message {
	at := time.Date(2026, 11, 28, 2, 30, 0, 0, time.UTC)
	return news.Message{Format: news.Format, ID: "0123456789abcdef", Kind: history.NewsNotice, At: at, Schedule: "nightly", Scan: &news.Scan{ID: "20261128T023000Z-abcdef", Started: at, State: history.Incomplete},
		Counts: history.Tally{New: 1, Worse: 1, Fixed: 2, Others: map[cause.Cause]int{cause.Coverage: 40}}, Unknown: 38, More: 3, Link: "https://probity.example/scans/20261128T023000Z-abcdef",
		Findings: []news.Finding{{Fingerprint: "f1", Event: history.Appeared, Cause: cause.Estate, Rule: "not-public", Title: "Nobody outside reads a store", Severity: probity.Critical,
			Store: `arn:aws:s3:::a"b<!channel>\`, Message: "anybody reads it\n\"here\"", Account: "aws/1", Region: "eu-west-1", FirstSeen: at, Link: "https://probity.example/findings/f1"}}}
}

func whsec(t *testing.T) string {
	t.Helper()
	b := make([]byte, 32)
	if _, err := rand.Read(b); err != nil {
		t.Fatal(err)
	}
	return "whsec_" + base64.StdEncoding.EncodeToString(b)
}

func TestWebhook(t *testing.T) {
	t.Parallel()
	s, got := sinkServer(t, nil)
	key := whsec(t)
	sink := config.Sink{Name: "siem", Kind: config.Webhook, Where: "env:URL", Secret: "env:KEY", Headers: map[string]string{"Authorization": "env:TOKEN"}}
	if err := Send(t.Context(), sink, message(), options(s, map[string]string{"env:URL": s.URL + "/in", "env:KEY": key, "env:TOKEN": "Bearer x"})); err != nil {
		t.Fatal(err)
	}
	r := <-got
	hook, err := standardwebhooks.NewWebhook(key)
	if err == nil {
		err = hook.Verify(r.body, r.header)
	}
	if err != nil {
		t.Errorf("the signature: %v", err)
	}
	if hook.Verify(append(r.body, ' '), r.header) == nil {
		t.Error("a body that was changed passes")
	}
	another := r.header.Clone()
	another.Set("webhook-id", "another")
	if hook.Verify(r.body, another) == nil {
		t.Error("the signature holds for another ID: a message that was sent twice would not be known as the same")
	}
	var back news.Message
	if err := json.Unmarshal(r.body, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(message(), back); diff != "" {
		t.Errorf("the message (-sent +got):\n%s", diff)
	}
	if a := r.header.Get("Authorization"); a != "Bearer x" || r.header.Get("webhook-id") != message().ID {
		t.Errorf("headers are %v", r.header)
	}
}

// TestReplay: what somebody heard on the way is refused once it is old, by the library and by what our docs tell receivers to run.
func TestReplay(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "formats", "notification.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, code, ok := strings.Cut(string(page), "```python\n")
	if code, _, _ = strings.Cut(code, "```"); !ok || code == "" {
		t.Fatal("docs/formats/notification.md has no code that verifies a message")
	}
	python := os.Getenv("PROBITY_VALIDATORS")
	if python == "" {
		t.Fatal("PROBITY_VALIDATORS is not set to a Python; run make test, which installs one")
	}
	key := whsec(t)
	for name, c := range map[string]struct {
		late  time.Duration
		spoil func(*received)
		want  bool
	}{
		"now":           {want: true},
		"changed":       {spoil: func(r *received) { r.body = append(r.body, ' ') }},
		"another ID":    {spoil: func(r *received) { r.header.Set("webhook-id", "x") }},
		"no signature":  {spoil: func(r *received) { r.header.Del("webhook-signature") }},
		"ten minutes":   {late: 10 * time.Minute},
		"from tomorrow": {late: -24 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, got := sinkServer(t, nil)
			o := options(s, map[string]string{"env:URL": s.URL, "env:KEY": key})
			o.Now = func() time.Time { return time.Now().Add(-c.late) }
			if err := Send(t.Context(), config.Sink{Kind: config.Webhook, Where: "env:URL", Secret: "env:KEY"}, message(), o); err != nil {
				t.Fatal(err)
			}
			r := <-got
			if c.spoil != nil {
				c.spoil(&r)
			}
			hook, err := standardwebhooks.NewWebhook(key)
			if err != nil {
				t.Fatal(err)
			}
			if by := hook.Verify(r.body, r.header); (by == nil) != c.want {
				t.Errorf("the library says %v, want that it holds: %t", by, c.want)
			}
			headers := map[string]string{}
			for k := range r.header {
				headers[strings.ToLower(k)] = r.header.Get(k)
			}
			given, err := json.Marshal([]any{key, headers, string(r.body)})
			if err != nil {
				t.Fatal(err)
			}
			run := exec.CommandContext(t.Context(), python, "-c", "import json, sys\n"+code+"\nkey, headers, body = json.load(sys.stdin)\nprint(genuine(key, headers, body.encode()))")
			run.Stdin = bytes.NewReader(given)
			if out, err := run.CombinedOutput(); err != nil || strings.TrimSpace(string(out)) != map[bool]string{true: "True", false: "False"}[c.want] {
				t.Errorf("the code of the docs says %s, %v, want that it holds: %t", out, err, c.want)
			}
		})
	}
}

// TestChats: what Slack and Teams take, with names that call nobody.
func TestChats(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string][]string{
		config.Slack: {`"text":"Probity nightly: 1 neuer Befund`, `"type":"header"`, `\u003chttps://probity.example/findings/f1|`, `\u0026lt;!channel\u0026gt;`},
		config.Teams: {`"contentType":"application/vnd.microsoft.card.adaptive"`, `"type":"AdaptiveCard"`, `"Action.OpenUrl"`, "arn:aws:s3:::a"},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			s, got := sinkServer(t, nil)
			if err := Send(t.Context(), config.Sink{Kind: kind, Where: "env:URL", Lang: "de"}, message(), options(s, map[string]string{"env:URL": s.URL})); err != nil {
				t.Fatal(err)
			}
			body := string((<-got).body)
			for _, w := range want {
				if !strings.Contains(body, w) {
					t.Errorf("it lacks %s: %s", w, body)
				}
			}
			if strings.Contains(body, "<!channel>") || kind == config.Slack && strings.Contains(body, `\u003c!channel`) {
				t.Errorf("it calls everybody: %s", body)
			}
		})
	}
}

// TestIssue: templates make JSON of whatever names there are.
func TestIssue(t *testing.T) {
	t.Parallel()
	own, broken := filepath.Join(t.TempDir(), "own"), filepath.Join(t.TempDir(), "broken")
	for path, text := range map[string]string{own: `{"summary": "{{.schedule}}", "stores": [{{range $i, $f := .findings}}{{if $i}},{{end}}"{{$f.store}}"{{end}}], "more": {{.more}}}`, broken: `{"summary": {{.schedule}}}`} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	store := message().Findings[0].Store
	for name, c := range map[string]struct {
		template string
		names    string // of the store; empty: as the message has it
		want     map[string]any
		fails    string
	}{
		"github": {template: "github", want: map[string]any{"title": "critical: Nobody outside reads a store: " + store, "labels": []any{"probity", "critical"}}},
		"jira":   {template: "jira:SEC", want: map[string]any{"fields": map[string]any{"project": map[string]any{"key": "SEC"}, "summary": "critical: Nobody outside reads a store: " + store}}},
		"own":    {template: own, want: map[string]any{"summary": "nightly", "stores": []any{store}, "more": 3.0}},
		"broken": {template: broken, fails: "does not make JSON"},
		"gone":   {template: own + "x", fails: "cannot be read"},
		"mentions": {template: "github", names: "@octo/all\nfixes #1 [x](y)", want: map[string]any{"title": `critical: Nobody outside reads a store: @octo/all fixes #1 [x](y)`, "body": "Scan of 28 November 2026, 02\\:30 UTC\n\n" +
			"The scan is incomplete\\: something could not be read\\.\n\n" +
			"- **critical\\: Nobody outside reads a store** (new)\\\n  \\@&#8203;octo\\/all fixes \\#&#8203;1 \\[x\\]\\(y\\), aws\\/1, eu\\-west\\-1\\\n  anybody reads it \\\"here\\\"\\\n  <https://probity.example/findings/f1>\n\n" +
			"and 3 more\n\n40 verdicts changed for other reasons\\: what could be read 40; 38 unknown now\n\nOpen in Probity: <https://probity.example/scans/20261128T023000Z-abcdef>\n"}},
		"marks": {template: "jira:SEC", names: "[~admin]\n{noformat}!x!", want: map[string]any{"fields": map[string]any{"summary": "critical: Nobody outside reads a store: [~admin] {noformat}!x!"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, got := sinkServer(t, nil)
			m := message()
			if c.names != "" {
				m.Findings[0].Store = c.names
			}
			err := Send(t.Context(), config.Sink{Kind: config.Issue, Where: "env:URL", Template: c.template}, m, options(s, map[string]string{"env:URL": s.URL}))
			if c.fails != "" {
				if err == nil || !strings.Contains(err.Error(), c.fails) {
					t.Errorf("got %v, want %s", err, c.fails)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var body map[string]any
			if err := json.Unmarshal((<-got).body, &body); err != nil {
				t.Fatal(err)
			}
			holds(t, body, c.want)
		})
	}
}

// holds compares the members that are wanted.
func holds(t *testing.T, got, want map[string]any) {
	t.Helper()
	for k, w := range want {
		if m, ok := w.(map[string]any); ok {
			inner, _ := got[k].(map[string]any)
			holds(t, inner, m)
		} else if diff := cmp.Diff(w, got[k]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", k, diff)
		}
	}
}

// TestFailures: what is sent again and what is not, and that no error tells the address.
func TestFailures(t *testing.T) {
	t.Parallel()
	status := func(code int, header ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(code)
		}
	}
	elsewhere, visited := sinkServer(t, nil)
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   Error
	}{
		"500":         {status(500), Error{Why: "it answers HTTP 500 Internal Server Error"}},
		"429":         {status(429, "Retry-After", "120"), Error{Why: "it answers HTTP 429 Too Many Requests", After: 2 * time.Minute}},
		"429, year":   {status(429, "Retry-After", "31536000"), Error{Why: "it answers HTTP 429 Too Many Requests", After: 2 * time.Hour}},
		"429, long":   {status(429, "Retry-After", "99999999999999999999"), Error{Why: "it answers HTTP 429 Too Many Requests"}},
		"503, date":   {status(503, "Retry-After", "Fri, 27 Nov 2026 03:00:00 GMT"), Error{Why: "it answers HTTP 503 Service Unavailable", After: 30 * time.Minute}},
		"503, past":   {status(503, "Retry-After", "Fri, 27 Nov 2026 02:00:00 GMT"), Error{Why: "it answers HTTP 503 Service Unavailable"}},
		"403":         {status(403), Error{Why: "it answers HTTP 403 Forbidden", For: true}},
		"403, soon":   {status(403, "Retry-After", "60"), Error{Why: "it answers HTTP 403 Forbidden", After: time.Minute}},
		"403, limit":  {status(403, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1795747800"), Error{Why: "it answers HTTP 403 Forbidden", After: 20 * time.Minute}},
		"403, left":   {status(403, "X-RateLimit-Remaining", "7", "X-RateLimit-Reset", "1795747800"), Error{Why: "it answers HTTP 403 Forbidden", For: true}},
		"404":         {status(404), Error{Why: "it answers HTTP 404 Not Found", For: true}},
		"sends on":    {status(302, "Location", elsewhere.URL), Error{Why: "it answers HTTP 302 and sends on to elsewhere: name the address that takes messages", For: true}},
		"sends on it": {status(307, "Location", elsewhere.URL), Error{Why: "it answers HTTP 307 and sends on to elsewhere: name the address that takes messages", For: true}},
		"never":       {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, Error{Why: "it did not answer in time"}},
		"breaks off":  {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, Error{Why: "it cannot be reached"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, _ := sinkServer(t, c.answer)
			o := options(s, map[string]string{"env:URL": s.URL + "/hidden"})
			o.Now = func() time.Time { return time.Date(2026, 11, 27, 2, 30, 0, 0, time.UTC) }
			if name == "never" {
				o.Limit = 200 * time.Millisecond
			}
			is(t, Send(t.Context(), config.Sink{Kind: config.Slack, Where: "env:URL"}, message(), o), c.want)
		})
	}
	t.Cleanup(func() {
		if len(visited) > 0 {
			t.Error("it went where it was sent on to")
		}
	})
}

func is(t *testing.T, err error, want Error) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want %+v", err, want)
	}
	if diff := cmp.Diff(want, *e); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestAddresses: by which nothing is sent.
func TestAddresses(t *testing.T) {
	t.Parallel()
	s, _ := sinkServer(t, nil)
	for name, c := range map[string]struct {
		kind, where string
		want        Error
	}{
		"no TLS":        {config.Slack, "http://hooks.example/x", Error{Why: "its address is one of http, by which others can read along: use https, or say plain: true", For: true}},
		"a file":        {config.Slack, "file:///etc/passwd", Error{Why: "what where names is no address such as https://host/path", For: true}},
		"mail by https": {config.Email, "https://mail.example", Error{Why: "what where names is no server of mail, such as smtp://host:587", For: true}},
		"strangers":     {config.Slack, s.URL, Error{Why: "its certificate is not trusted"}},
		"nobody":        {config.Slack, "http://127.0.0.1:1/x", Error{Why: "it cannot be reached"}},
		"no secret":     {config.Slack, "", Error{Why: "where: there is none"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			secrets := map[string]string{"env:URL": c.where}
			if c.where == "" {
				secrets = nil
			}
			is(t, Send(context.WithoutCancel(t.Context()), config.Sink{Kind: c.kind, Where: "env:URL", From: "a@b.example", To: []string{"c@d.example"}}, message(), options(nil, secrets)), c.want)
		})
	}
}

func TestPause(t *testing.T) {
	t.Parallel()
	for tries, want := range map[int]time.Duration{1: time.Second, 2: 4 * time.Second, 3: 16 * time.Second, 20: 2 * time.Hour} {
		if got := Pause(tries, time.Second, errors.New("x")); got != want {
			t.Errorf("after %d tries: got %s, want %s", tries, got, want)
		}
	}
	if got := Pause(1, time.Second, &Error{After: time.Minute}); got != time.Minute {
		t.Errorf("got %s, want what the server asked for", got)
	}
}
