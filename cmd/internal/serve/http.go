package serve

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/probity-scan/probity/cmd/internal/signin"
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

// Handler answers probes to everybody, and the rest to those whom the gate lets in. What access needs of the server is filled in.
func (s *Server) Handler(access signin.Options) (http.Handler, error) {
	look, err := dashboard.NewLook()
	if err != nil {
		return nil, err
	}
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
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		if v, ok := dashboard.ViewerFrom(r.Context()); !ok || !v.Bounds.Zero() {
			http.Error(w, "metrics tell of everything: they are for those without bounds alone", http.StatusForbidden)
			return
		}
		metrics.ServeHTTP(w, r)
	})
	operations := &dashboard.Operations{Store: s.o.Store, Schedules: s, Now: s.o.Now, Log: s.o.Log}
	mux.Handle(dashboard.APIPath+"/", dashboard.API(operations))
	mux.Handle("/", dashboard.Handler(dashboard.Options{Operations: operations, Look: look}))
	access.Store, access.Log, access.Now = s.o.Store, s.o.Log, s.o.Now
	access.Public = []string{"/healthz", "/readyz", look.StylePath(), dashboard.IconPath}
	access.Page = func(w http.ResponseWriter, r *http.Request, status int, p dashboard.SignIn) {
		if err := look.SignIn(w, r, status, p); err != nil {
			s.o.Log.WithError(err).Error("the page to sign in at cannot be written")
		}
	}
	h, err := signin.Wrap(mux, access)
	if err != nil {
		return nil, err
	}
	return s.o.Traces.Requests(h), nil
}

// Listen answers on an address until ctx ends.
func Listen(ctx context.Context, l net.Listener, h http.Handler, cert, key string) error {
	srv := &http.Server{Handler: paced(h, reading()), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
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
