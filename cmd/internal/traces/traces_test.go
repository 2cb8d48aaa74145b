package traces

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-logr/logr/funcr"
	"github.com/google/go-cmp/cmp"
	"github.com/sirupsen/logrus"
	"go.opentelemetry.io/otel"
	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	spans "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// receiver takes spans as a collector does: OTLP over HTTP.
type receiver struct {
	mu   sync.Mutex
	got  []*spans.Span
	is   map[string]string // of the resource
	path string
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	b, err := io.ReadAll(q.Body)
	var m collector.ExportTraceServiceRequest
	if err == nil {
		err = proto.Unmarshal(b, &m)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.path, r.is = q.URL.Path, map[string]string{}
	for _, of := range m.ResourceSpans {
		for _, a := range of.Resource.Attributes {
			r.is[a.Key] = a.Value.GetStringValue()
		}
		for _, s := range of.ScopeSpans {
			r.got = append(r.got, s.Spans...)
		}
	}
}

func quiet() *logrus.Logger {
	log := logrus.New()
	log.SetOutput(io.Discard)
	return log
}

// TestTraces: two processes that know a scan's ID alone make one trace, and a collector gets it.
func TestTraces(t *testing.T) {
	r := &receiver{}
	s := httptest.NewServer(r)
	defer s.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", s.URL)
	t.Setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test")
	begun := time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC)
	for process := range 2 {
		x, err := Start(t.Context(), "1.2.3", quiet())
		if err != nil || x == nil {
			t.Fatalf("%v, %v", x, err)
		}
		ctx, end := x.Span(x.InScan(t.Context(), "scan-1"), "unit", "probity.schedule", "nightly")
		_, inner := x.Span(ctx, "inner")
		inner(nil)
		end(errors.New("bucket hidden is gone"))
		if process == 1 {
			x.Scan(t.Context(), "scan-1", "nightly", "complete", begun, begun.Add(time.Minute))
			h := x.Requests(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }))
			h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/stores/hidden", http.NoBody))
		}
		if err := x.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if r.path != "/v1/traces" || r.is["service.name"] != "probity" || r.is["service.version"] != "1.2.3" || r.is["deployment.environment.name"] != "test" {
		t.Errorf("at %s of %v", r.path, r.is)
	}
	var root *spans.Span
	for _, s := range r.got {
		if s.Name == "scan" {
			root = s
		}
	}
	if root == nil {
		t.Fatalf("no span of the scan among %d", len(r.got))
	}
	names := map[string]string{}
	for _, s := range r.got {
		names[string(s.SpanId)] = s.Name
	}
	var got []string
	for _, s := range r.got {
		line := fmt.Sprint(s.Name, " below ", names[string(s.ParentSpanId)], ", in the scan's trace ", string(s.TraceId) == string(root.TraceId), ", ", s.Status.GetCode(), s.Status.GetMessage())
		for _, a := range s.Attributes {
			line += " " + a.Key + "=" + a.Value.GetStringValue()
		}
		got = append(got, line)
	}
	slices.Sort(got)
	want := []string{
		"HTTP request below , in the scan's trace false, STATUS_CODE_UNSET http.request.method=GET http.response.status_code=",
		"inner below unit, in the scan's trace true, STATUS_CODE_UNSET", "inner below unit, in the scan's trace true, STATUS_CODE_UNSET",
		"scan below , in the scan's trace true, STATUS_CODE_UNSET probity.scan=scan-1 probity.schedule=nightly probity.state=complete",
		"unit below scan, in the scan's trace true, STATUS_CODE_ERROR probity.schedule=nightly", "unit below scan, in the scan's trace true, STATUS_CODE_ERROR probity.schedule=nightly",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("spans (-want +got):\n%s", diff)
	}
	if d := root.EndTimeUnixNano - root.StartTimeUnixNano; d != uint64(time.Minute) {
		t.Errorf("the scan took %s, want a minute", time.Duration(d))
	}
}

// TestMalformed: what cannot be read of the variables may be a key, and is told nowhere.
func TestMalformed(t *testing.T) {
	for name, env := range map[string][2]string{
		"headers":  {"OTEL_EXPORTER_OTLP_HEADERS", "hunted"},
		"a header": {"OTEL_EXPORTER_OTLP_HEADERS", "authorization=hunted%zz"},
		"address":  {"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://user:hunted@[::1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
			t.Setenv(env[0], env[1])
			var said strings.Builder
			otel.SetLogger(funcr.New(func(_, args string) { said.WriteString(args) }, funcr.Options{Verbosity: 9}))
			log := logrus.New()
			log.SetOutput(&said)
			x, err := Start(t.Context(), "1", log)
			if strings.Contains(fmt.Sprint(said.String(), err), "hunted") {
				t.Errorf("got %s, %v, want nothing of what the variable holds", said.String(), err)
			}
			if err := x.Stop(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestNotAsked: without an address nothing is made, and a protocol that is not spoken is told.
func TestNotAsked(t *testing.T) {
	for name, c := range map[string]struct {
		env   map[string]string
		fails bool
	}{
		"nothing":  {},
		"disabled": {env: map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_SDK_DISABLED": "true"}},
		"none":     {env: map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_TRACES_EXPORTER": "none"}},
		"grpc":     {env: map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}, fails: true},
	} {
		t.Run(name, func(t *testing.T) {
			for k, v := range c.env {
				t.Setenv(k, v)
			}
			x, err := Start(t.Context(), "1", quiet())
			if x != nil || (err != nil) != c.fails {
				t.Errorf("got %v, %v", x, err)
			}
			ctx, end := x.Span(x.InScan(t.Context(), "s"), "unit")
			end(nil)
			if ctx != t.Context() || x.Stop(ctx) != nil {
				t.Error("it is not free")
			}
		})
	}
}
