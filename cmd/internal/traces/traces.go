// Package traces tells a collector of OpenTelemetry what a server does and how long that takes, where the environment names one.
// Spans hold IDs of scans, names of schedules and sinks, and kinds: no store, no path, no text of an error.
package traces

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/go-logr/logr"
	"github.com/sirupsen/logrus"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// Traces makes spans. Nil makes none, and costs nothing.
type Traces struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
}

// Start sends spans to where the standard variables say (OTEL_EXPORTER_OTLP_ENDPOINT and the others); nil where they say nothing.
func Start(ctx context.Context, version string, log logrus.FieldLogger) (*Traces, error) {
	if os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT") == "" && os.Getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") == "" || os.Getenv("OTEL_SDK_DISABLED") == "true" || os.Getenv("OTEL_TRACES_EXPORTER") == "none" {
		return nil, nil
	}
	for _, name := range []string{"OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"} {
		if p := os.Getenv(name); p != "" && p != "http/protobuf" {
			return nil, fmt.Errorf("%s is %q: traces go by http/protobuf alone", name, p)
		}
	}
	otel.SetLogger(logr.Discard()) // it tells what is malformed in the variables, with headers and the keys in them
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, fmt.Errorf("preparing traces: %w", err)
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(error) { log.Warn("traces do not arrive at the collector") })) // the text may hold its address
	// What the environment says goes before the names of ours.
	is, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", "probity"), attribute.String("service.version", version)), resource.WithTelemetrySDK(), resource.WithFromEnv())
	if err != nil {
		return nil, fmt.Errorf("preparing traces: %w", err)
	}
	p := sdk.NewTracerProvider(sdk.WithBatcher(exporter), sdk.WithResource(is), sdk.WithIDGenerator(ids{}))
	return &Traces{provider: p, tracer: p.Tracer("github.com/probity-scan/probity")}, nil
}

// Stop sends what is left.
func (t *Traces) Stop(ctx context.Context) error {
	if t == nil {
		return nil
	}
	return t.provider.Shutdown(ctx)
}

// Span is a part of the work, until its end is called.
func (t *Traces) Span(ctx context.Context, name string, attributes ...string) (context.Context, func(error)) {
	if t == nil {
		return ctx, func(error) {}
	}
	ctx, s := t.tracer.Start(ctx, name, trace.WithAttributes(pairs(attributes)...))
	return ctx, func(err error) {
		if err != nil {
			s.SetStatus(codes.Error, "")
		}
		s.End()
	}
}

// InScan puts what follows below a scan's span, which all processes know by the scan's ID, before it ends.
func (t *Traces) InScan(ctx context.Context, scan string) context.Context {
	if t == nil || scan == "" {
		return ctx
	}
	_, s := t.tracer.Start(context.WithValue(ctx, scanKey{}, scan), "scan", trace.WithNewRoot()) // never ended: it tells whether the trace is sampled
	return trace.ContextWithRemoteSpanContext(ctx, s.SpanContext())
}

// Scan tells of a scan that ended, from when it began.
func (t *Traces) Scan(ctx context.Context, scan, schedule, state string, begun, ended time.Time) {
	if t == nil {
		return
	}
	_, s := t.tracer.Start(context.WithValue(ctx, scanKey{}, scan), "scan", trace.WithNewRoot(), trace.WithTimestamp(begun), trace.WithAttributes(pairs([]string{"probity.scan", scan, "probity.schedule", schedule, "probity.state", state})...))
	s.End(trace.WithTimestamp(ended))
}

// Requests makes a span of each request: its method and how it was answered, and no path, which may name what it asks for.
func (t *Traces) Requests(h http.Handler) http.Handler {
	if t == nil {
		return h
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, s := t.tracer.Start(r.Context(), "HTTP request", trace.WithSpanKind(trace.SpanKindServer), trace.WithAttributes(attribute.String("http.request.method", r.Method)))
		defer s.End()
		a := &answered{ResponseWriter: w, status: http.StatusOK}
		h.ServeHTTP(a, r.WithContext(ctx))
		s.SetAttributes(attribute.Int("http.response.status_code", a.status))
		if a.status >= 500 {
			s.SetStatus(codes.Error, "")
		}
	})
}

// answered remembers the status of an answer.
type answered struct {
	http.ResponseWriter
	status int
}

func (a *answered) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the writer.
func (a *answered) Unwrap() http.ResponseWriter { return a.ResponseWriter }

func pairs(words []string) []attribute.KeyValue {
	var out []attribute.KeyValue
	for i := 0; i+1 < len(words); i += 2 {
		if words[i+1] != "" {
			out = append(out, attribute.String(words[i], words[i+1]))
		}
	}
	return out
}

// scanKey is where a context holds the scan whose span is to be made.
type scanKey struct{}

// ids are random, but for the span of a scan.
type ids struct{}

// NewIDs names a trace and its first span.
func (g ids) NewIDs(ctx context.Context) (t trace.TraceID, s trace.SpanID) {
	if scan, ok := ctx.Value(scanKey{}).(string); ok {
		sum := sha256.Sum256([]byte("probity scan " + scan))
		copy(t[:], sum[:16])
		copy(s[:], sum[16:24])
		return t, s
	}
	_, _ = rand.Read(t[:]) // never fails
	return t, g.NewSpanID(ctx, t)
}

// NewSpanID names a span.
func (ids) NewSpanID(context.Context, trace.TraceID) (s trace.SpanID) {
	_, _ = rand.Read(s[:]) // never fails
	return s
}
