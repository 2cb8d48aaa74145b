package serve

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/probity-scan/probity/reports/dashboard"
	"github.com/probity-scan/probity/reports/history"
)

// Status tells how schedules stand.
func (s *Server) Status(ctx context.Context) (dashboard.Status, error) {
	out := dashboard.Status{Schedules: []dashboard.ScheduleStatus{}}
	for _, x := range s.o.Config.Schedules {
		st := dashboard.ScheduleStatus{Name: x.Name, Cron: x.Cron, Zone: x.Zone}
		if table, ok, err := x.Table(); err == nil && ok {
			st.Next = table.Next(s.o.Now())
		}
		records, err := s.o.Store.Scans(ctx, history.ScansQuery{Series: x.Name, Limit: 50})
		if err != nil {
			return out, err
		}
		for i := range records {
			switch r := &records[i]; {
			case r.State == history.Running && st.Running == nil:
				st.Running = r
				if st.Waiting, err = s.o.Store.Waiting(ctx, s.o.Store.DB(), r.ID); err != nil {
					return out, err
				}
			case r.State != history.Running && st.Last == nil:
				st.Last = r
			}
		}
		out.Schedules = append(out.Schedules, st)
	}
	return out, nil
}

// Handler answers probes, and those who hold the token. Metrics are open where nobody but this machine reaches them.
func (s *Server) Handler(token string, open bool) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
		defer cancel()
		if err := s.o.Store.DB().PingContext(ctx); err != nil {
			http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ready\n"))
	})
	metrics := promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{})
	if !open {
		metrics = guarded(token, metrics.ServeHTTP)
	}
	mux.Handle("GET /metrics", metrics)
	mux.Handle("GET /api/v1/status", guarded(token, func(w http.ResponseWriter, r *http.Request) {
		st, err := s.Status(r.Context())
		answer(w, st, err)
	}))
	mux.Handle("POST /api/v1/schedules/{name}/run", guarded(token, func(w http.ResponseWriter, r *http.Request) {
		name := r.PathValue("name")
		if _, ok := s.schedule(name); !ok {
			http.Error(w, "no such schedule", http.StatusNotFound)
			return
		}
		if err := s.Ask(r.Context(), name); err != nil {
			answer(w, nil, err)
			return
		}
		w.WriteHeader(http.StatusAccepted)
	}))
	return mux
}

// guarded lets in who holds the token alone.
func guarded(token string, do http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !ok || token == "" || subtle.ConstantTimeCompare([]byte(given), []byte(token)) != 1 {
			w.Header().Set("WWW-Authenticate", "Bearer")
			http.Error(w, "a token is wanted: the server keeps one in its data folder", http.StatusUnauthorized)
			return
		}
		do(w, r)
	})
}

func answer(w http.ResponseWriter, v any, err error) {
	if err != nil {
		http.Error(w, "the history does not answer", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(v)
}

// Listen answers on an address until ctx ends.
func Listen(ctx context.Context, l net.Listener, h http.Handler, cert, key string) error {
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	ended := make(chan error, 1)
	go func() {
		if cert != "" {
			ended <- srv.ServeTLS(l, cert, key)
			return
		}
		ended <- srv.Serve(l)
	}()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := srv.Shutdown(stop); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// Loopback reports whether an address is this machine's own alone.
func Loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
