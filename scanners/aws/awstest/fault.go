package awstest

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Request is one call of an API, as the proxy sees it.
type Request struct {
	Service   string // that it is signed for: "s3", "rds", "kms"
	Region    string
	Account   string // whose role signs it, of an [Organisation]; empty: no role's
	Role      string // that it asks for
	Operation string // as far as the request tells; of REST APIs method and path
	Called    string // what a scan calls it: "Secrets_Manager.ListSecrets"; empty for others
	Text      string // its address and body
	Protocol  string // json, query, rest: how the service speaks, and is told of errors
	Optional  string // attributes of objects that S3 lists only where asked to
	Next      bool   // it asks for a page that Pages promised
	Time      time.Time
}

// Fault decides what happens to a call: nil lets it through.
type Fault func(Request, http.ResponseWriter) (handled bool)

// Proxy stands between a scan and the emulator. Faults are asked in turn, and every call is noted.
type Proxy struct {
	URL    string
	mu     sync.Mutex
	faults []Fault
	seen   []Request
	paged  func(Request) bool
	inner  http.Handler
	inside inside
}

// inside is how long somebody waited for the server behind a proxy: calls side by side count once.
type inside struct {
	waiting int
	since   time.Time
	total   time.Duration
}

// wait counts until what it returns is called. The caller holds no lock.
func (p *Proxy) wait() func() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.inside.waiting++; p.inside.waiting == 1 {
		p.inside.since = time.Now()
	}
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.inside.waiting--; p.inside.waiting == 0 {
			p.inside.total += time.Since(p.inside.since)
		}
	}
}

// Inside is how long a scan waited for the server since the faults were set.
func (p *Proxy) Inside() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.inside.total
}

// Remember answers from memory what was asked before: the estate behind it does not change any more, and hundreds of scans with
// faults need the emulator once.
func (p *Proxy) Remember() {
	p.inner = &memory{inner: p.inner, known: map[string]*httptest.ResponseRecorder{}}
}

type memory struct {
	inner http.Handler
	mu    sync.Mutex
	known map[string]*httptest.ResponseRecorder
}

func (m *memory) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	req := requestOf(r, body)
	host, _, _ := strings.Cut(r.Host, ":") // ports are those of proxies
	key := strings.Join([]string{r.Method, host, r.URL.RequestURI(), req.Region, req.Service, r.Header.Get("X-Amz-Target"), string(body)}, "\n")
	m.mu.Lock()
	had := m.known[key]
	m.mu.Unlock()
	if had == nil {
		r.Body = io.NopCloser(bytes.NewReader(body))
		had = httptest.NewRecorder()
		m.inner.ServeHTTP(had, r)
		m.mu.Lock()
		m.known[key] = had
		m.mu.Unlock()
	}
	for k, v := range had.Header() {
		w.Header()[k] = v
	}
	w.WriteHeader(had.Code)
	_, _ = w.Write(had.Body.Bytes())
}

// NewProxy makes a proxy in front of an endpoint; it ends with the test.
func NewProxy(t testing.TB, endpoint string) *Proxy {
	t.Helper()
	to, err := url.Parse(endpoint)
	if err != nil {
		t.Fatal(err)
	}
	return proxy(t, &httputil.ReverseProxy{ErrorLog: log.New(io.Discard, "", 0), Rewrite: func(r *httputil.ProxyRequest) {
		host := r.In.Host
		r.SetURL(to)
		r.Out.Host = host
	}, ModifyResponse: unimplemented})
}

// unimplemented tells in the words of HTTP what the emulator says by a page for people: that it has no such operation.
func unimplemented(r *http.Response) error {
	if r.StatusCode == http.StatusInternalServerError && strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
		r.StatusCode, r.Status = http.StatusNotImplemented, "501 Not Implemented"
	}
	return nil
}

// Beside is another proxy in front of the same, with its faults and calls: what was remembered is.
func (p *Proxy) Beside(t testing.TB, faults ...Fault) *Proxy {
	t.Helper()
	out := proxy(t, p.inner)
	out.Set(faults...)
	return out
}

func proxy(t testing.TB, inner http.Handler) *Proxy {
	t.Helper()
	p := &Proxy{inner: inner}
	s := httptest.NewServer(p)
	t.Cleanup(s.Close)
	p.URL = s.URL
	return p
}

// Set puts faults in place of those before, and forgets the calls noted.
func (p *Proxy) Set(faults ...Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults, p.paged, p.seen, p.inside.total = faults, nil, nil, 0
}

// Seen are the calls since the faults were set.
func (p *Proxy) Seen() []Request {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]Request(nil), p.seen...)
}

// ServeHTTP implements [http.Handler].
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 16<<20))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	req := requestOf(r, body)
	p.mu.Lock()
	p.seen = append(p.seen, req)
	faults, paged := p.faults, p.paged
	p.mu.Unlock()
	for _, f := range faults {
		if f(req, w) {
			return
		}
	}
	defer p.wait()()
	if paged != nil && !req.Next && paged(req) {
		promise(w, r, req, p.inner)
		return
	}
	p.inner.ServeHTTP(w, r)
}

func requestOf(r *http.Request, body []byte) Request {
	out := Request{Time: time.Now(), Text: r.URL.RequestURI() + "\n" + string(body), Protocol: "rest", Next: bytes.Contains(body, []byte(second)) || strings.Contains(r.URL.RawQuery, second)}
	if m := regexp.MustCompile(`Credential=[^/]+/\d+/([^/]+)/([^/]+)/`).FindStringSubmatch(r.Header.Get("Authorization")); m != nil {
		out.Region, out.Service = m[1], m[2]
	}
	if m := regexp.MustCompile(`Credential=ASIA(\d{12})/`).FindStringSubmatch(r.Header.Get("Authorization")); m != nil {
		out.Account = m[1]
	}
	if m := regexp.MustCompile(` md/operation#(\S+)`).FindStringSubmatch(r.Header.Get("User-Agent")); m != nil {
		out.Called = m[1]
	}
	out.Optional = r.Header.Get("X-Amz-Optional-Object-Attributes")
	switch target := r.Header.Get("X-Amz-Target"); {
	case target != "":
		out.Protocol, out.Operation = "json", target[strings.LastIndex(target, ".")+1:]
	case strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded"):
		out.Protocol = "query"
		if form, err := url.ParseQuery(string(body)); err == nil {
			out.Operation, out.Role = form.Get("Action"), form.Get("RoleArn")
		}
	default:
		out.Operation = r.Method + " " + r.URL.Path
		if q := r.URL.RawQuery; q != "" {
			out.Operation += "?" + q
		}
	}
	return out
}

// Deny refuses the calls that match, as AWS does where a permission is missing.
func Deny(match func(Request) bool) Fault {
	return Answer(match, http.StatusForbidden, "AccessDenied", "User: probity is not authorized to perform this")
}

// DenyByOrganisation refuses them as a service control policy does.
func DenyByOrganisation(match func(Request) bool) Fault {
	return Answer(match, http.StatusForbidden, "AccessDenied",
		"User is not authorized to perform this with an explicit deny in a service control policy: arn:aws:organizations::111111111111:policy/o-1/service_control_policy/p-1")
}

// Throttle refuses the first calls of each operation that match.
func Throttle(match func(Request) bool, first int) Fault {
	var mu sync.Mutex
	counts := map[string]int{}
	slow := Answer(match, http.StatusTooManyRequests, "ThrottlingException", "Rate exceeded")
	return func(r Request, w http.ResponseWriter) bool {
		mu.Lock()
		counts[r.Service+r.Operation]++
		n := counts[r.Service+r.Operation]
		mu.Unlock()
		return n <= first && slow(r, w)
	}
}

// Answer gives an error of a code, in the form in which the service speaks.
func Answer(match func(Request) bool, status int, code, message string) Fault {
	return func(r Request, w http.ResponseWriter) bool {
		if !match(r) {
			return false
		}
		switch {
		case (r.Service == "s3" || r.Service == "s3express") && !strings.Contains(r.Operation, "/v20180820/"):
			w.Header().Set("Content-Type", "application/xml")
			w.WriteHeader(status)
			fmt.Fprintf(w, "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>%s</Message><RequestId>1</RequestId></Error>", code, message)
		case r.Service == "ec2":
			w.Header().Set("Content-Type", "application/xml")
			w.WriteHeader(status)
			fmt.Fprintf(w, "<?xml version=\"1.0\"?><Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors><RequestID>1</RequestID></Response>", ec2Code(code), message)
		case r.Protocol == "query" || r.Service == "s3" || r.Service == "cloudfront" || r.Service == "route53":
			w.Header().Set("Content-Type", "application/xml")
			w.WriteHeader(status)
			fmt.Fprintf(w, "<?xml version=\"1.0\"?><ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>1</RequestId></ErrorResponse>", code, message)
		default:
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("X-Amzn-Errortype", code+"Exception")
			if strings.HasSuffix(code, "Exception") {
				w.Header().Set("X-Amzn-Errortype", code)
			}
			w.WriteHeader(status)
			fmt.Fprintf(w, `{"__type":%q,"message":%q}`, w.Header().Get("X-Amzn-Errortype"), message)
		}
		return true
	}
}

func ec2Code(code string) string {
	switch code {
	case "AccessDenied":
		return "UnauthorizedOperation"
	case "ThrottlingException":
		return "RequestLimitExceeded"
	}
	return code
}

// Delay holds calls back.
func Delay(match func(Request) bool, by time.Duration) Fault {
	return func(r Request, _ http.ResponseWriter) bool {
		if match(r) {
			time.Sleep(by)
		}
		return false
	}
}

// Cut ends the connection in the middle of the answer.
func Cut(match func(Request) bool) Fault {
	return func(r Request, w http.ResponseWriter) bool {
		if !match(r) {
			return false
		}
		w.Header().Set("Content-Length", "5000")
		_, _ = io.WriteString(w, "<?xml version=\"1.0\"?><Half")
		if f, ok := w.(http.Flusher); ok {
			f.Flush()
		}
		panic(http.ErrAbortHandler)
	}
}

// Corrupt answers with what is none.
func Corrupt(match func(Request) bool) Fault {
	return func(r Request, w http.ResponseWriter) bool {
		if !match(r) {
			return false
		}
		_, _ = io.WriteString(w, "\x00\x01<<<not an answer{{{")
		return true
	}
}

// All matches every call.
func All(Request) bool { return true }

// Rewrite changes the text of answers before they are given: what the emulator cannot be told, such as where a database answers.
func (p *Proxy) Rewrite(change func(r Request, body string) string) {
	p.inner = &rewriter{inner: p.inner, change: change}
}

type rewriter struct {
	inner  http.Handler
	change func(Request, string) string
}

func (w *rewriter) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(out, err.Error(), http.StatusBadRequest)
		return
	}
	req := requestOf(r, body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	r.Header.Set("Accept-Encoding", "identity")
	got := httptest.NewRecorder()
	w.inner.ServeHTTP(got, r)
	for k, v := range got.Header() {
		if k != "Content-Length" {
			out.Header()[k] = v
		}
	}
	out.WriteHeader(got.Code)
	_, _ = io.WriteString(out, w.change(req, got.Body.String()))
}

// From matches what another does, but for the first ones.
func From(first int, match func(Request) bool) func(Request) bool {
	var seen atomic.Int64
	return func(r Request) bool { return match(r) && seen.Add(1) > int64(first) }
}

// Empty answers that all went well, and says nothing: the members of the answer are not there.
func Empty(match func(Request) bool) Fault {
	return func(r Request, w http.ResponseWriter) bool {
		if !match(r) {
			return false
		}
		switch {
		case r.Service == "ec2":
			fmt.Fprintf(w, "<%[1]sResponse></%[1]sResponse>", r.Operation)
		case r.Protocol == "query":
			fmt.Fprintf(w, "<%[1]sResponse><%[1]sResult></%[1]sResult></%[1]sResponse>", r.Operation)
		case strings.HasPrefix(r.Service, "s3") || r.Service == "cloudfront":
			_, _ = io.WriteString(w, "<Answer></Answer>")
		default:
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, "{}")
		}
		return true
	}
}
