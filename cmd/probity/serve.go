package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/past"
	"github.com/probity-scan/probity/cmd/internal/serve"
	"github.com/probity-scan/probity/cmd/internal/state"
	"github.com/probity-scan/probity/cmd/internal/traces"
	"github.com/probity-scan/probity/reports/gate"
	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/scanners"
)

// serveFlags are the flags of serve and worker.
type serveFlags struct {
	config    string
	data      string
	listen    string
	plain     bool
	logFormat string
	logLevel  string
	place     config.Place
	lang      string // of the configuration
}

func (f *serveFlags) flags(fs *pflag.FlagSet) {
	fs.StringVar(&f.config, "config", "", "configuration with serve: and all that scans are judged by (required)")
	fs.StringVar(&f.data, "data", "", "folder of history and jobs, in place of the configuration's")
	fs.StringVar(&f.place.Network, "network", "", "where this process runs, in place of the configuration's serve.place: it takes units of that network too")
	fs.StringVar(&f.place.Country, "country", "", "the same of its country, such as DE")
	fs.StringVar(&f.place.Identity, "identity", "", "the same of whom it signs in as")
	fs.StringVar(&f.logFormat, "log-format", "text", "of the log on stderr: text, json")
	fs.StringVar(&f.logLevel, "log-level", "info", "of the log: debug, info, warn, error")
}

func serveCommand(stdout, stderr io.Writer) *cobra.Command {
	var f serveFlags
	c := &cobra.Command{
		Use:   "serve",
		Short: "Run scans by schedule, and keep their history",
		Long: `Serve runs the schedules of a configuration as probity scan would run them, and keeps what they
found in a history: SQLite in a folder of its own, or PostgreSQL, where workers take units too.
A process that dies loses no finished unit: the next one goes on. Its dashboard shows the history to people
who sign in, at http://127.0.0.1:8470/ unless told otherwise.`,
		Example: `  probity serve --config probity.yaml
  probity serve run nightly --config probity.yaml
  probity serve status --config probity.yaml`,
		Args: unnamed,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd.Context(), false, stderr) },
	}
	f.flags(c.PersistentFlags())
	c.Flags().StringVar(&f.listen, "listen", "", "address of probes, metrics and pages, in place of the configuration's (default 127.0.0.1:8470)")
	c.Flags().BoolVar(&f.plain, "plain", false, "others may reach the address without TLS: a proxy or a mesh encrypts before it")
	c.AddCommand(serveRunCommand(&f, stdout), serveStatusCommand(&f, stdout), serveNotifyCommand(&f, stdout), serveNotificationsCommand(&f, stdout))
	return c
}

func workerCommand(stderr io.Writer) *cobra.Command {
	var f serveFlags
	c := &cobra.Command{
		Use:   "worker",
		Short: "Take units of scans of a server, on another machine",
		Long: `A worker takes units of scans from the PostgreSQL of a server: those whose place it has, and those of
no place. It needs the server's configuration, its key (PROBITY_KEY_FILE) and the credentials of what it scans.`,
		Example: `  probity worker --config probity.yaml`,
		Args:    unnamed,
		RunE:    func(cmd *cobra.Command, _ []string) error { return f.run(cmd.Context(), true, stderr) },
	}
	f.flags(c.Flags())
	return c
}

// unnamed wants no argument.
func unnamed(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%q: nothing is named here: targets stand in the configuration", args[0])
	}
	return nil
}

// read loads the configuration. What is wrong in it ends here: nobody looks at a server's log in time.
func (f *serveFlags) read() (config.Serve, error) {
	if f.config == "" {
		return config.Serve{}, errors.New("name the configuration: --config FILE")
	}
	l, err := config.Load(f.config, true)
	if err != nil {
		return config.Serve{}, errors.New(brief(err))
	}
	if len(l.Trouble) > 0 {
		return config.Serve{}, errors.New(strings.Join(l.Trouble, "; "))
	}
	s := l.File.Serve
	f.lang = l.File.Lang
	if f.data != "" {
		s.Data = f.data
	}
	if s.Data == "" {
		s.Data = filepath.Join(stateFolder(), "serve")
	}
	if f.listen != "" {
		s.Listen = f.listen
	}
	if s.Listen == "" {
		s.Listen = "127.0.0.1:8470"
	}
	s.Plain = s.Plain || f.plain
	s.Place = config.Place{Network: cmp.Or(f.place.Network, s.Place.Network), Country: cmp.Or(f.place.Country, s.Place.Country), Identity: cmp.Or(f.place.Identity, s.Place.Identity)}
	if err := s.Place.Check(); err != nil {
		return config.Serve{}, fmt.Errorf("--country: %w", err)
	}
	return s, nil
}

// run is a server or a worker until it is stopped.
func (f *serveFlags) run(ctx context.Context, worker bool, stderr io.Writer) (err error) {
	s, err := f.read()
	if err != nil {
		return err
	}
	switch {
	case worker && s.Database == "":
		return errors.New("a worker takes units from a server's PostgreSQL: serve.database names it")
	case len(s.Schedules) == 0:
		return errors.New("serve.schedules is empty: there is nothing to run")
	case !worker && !serve.Loopback(s.Listen) && s.TLS.Cert == "" && !s.Plain:
		return fmt.Errorf("serve.listen %s is reached from elsewhere: name cert and key in serve.tls, or say --plain where a proxy encrypts before it", s.Listen)
	}
	if !worker {
		if _, err := certified(s.TLS); err != nil {
			return err
		}
	}
	access, err := accessOf(s)
	if err != nil && !worker { // a worker answers nobody, and need not have their tokens
		return err
	}
	log, err := (&scanFlags{logFormat: f.logFormat, logLevel: f.logLevel}).logger(stderr)
	if err != nil {
		return err
	}
	store, folder, err := openHistory(ctx, s, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close(), folder.Close()) }()
	retention := (&historyFlags{days: -1}).retention()
	if s.Days != nil {
		retention = (&historyFlags{days: *s.Days}).retention()
	}
	p := planner{config: f.config, past: store, folder: folder, dir: s.Data, log: log}
	if err := p.check(ctx, s.Schedules, worker); err != nil {
		return err
	}
	spans, err := traces.Start(ctx, versionText(), log)
	if err != nil {
		return err
	}
	defer func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = spans.Stop(last) // that they do not arrive is in the log
	}()
	server, err := serve.New(ctx, serve.Options{Traces: spans, Tool: "probity " + versionText(), Config: s, Store: store.Store, Plan: p.plan, Log: log, Clock: wall{}, Worker: worker, Retention: retention, Send: sender(f.lang)})
	if err != nil {
		return err
	}
	if worker {
		return server.Run(ctx)
	}
	if access, err = withOwn(access, s); err != nil {
		return err
	}
	handler, err := server.Handler(access)
	if err != nil {
		return err
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", s.Listen)
	if err != nil {
		return fmt.Errorf("serve.listen %s: %w", s.Listen, err)
	}
	if err := serve.Tell(s.Data, l.Addr()); err != nil {
		return errors.Join(err, l.Close())
	}
	log.WithFields(logrus.Fields{"address": l.Addr().String(), "dashboard": pagesAt(s, l.Addr())}).Info("listening")
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	answered := make(chan error, 1)
	go func() {
		answered <- serve.Listen(ctx, l, handler, s.TLS.Cert, s.TLS.Key)
		stop()
	}()
	err = server.Run(ctx)
	stop()
	return errors.Join(err, <-answered)
}

// pagesAt is where people reach the dashboard.
func pagesAt(s config.Serve, a net.Addr) string {
	switch {
	case s.URL != "":
		return strings.TrimSuffix(s.URL, "/") + "/"
	case s.TLS.Cert != "":
		return "https://" + a.String() + "/"
	}
	return "http://" + a.String() + "/"
}

// openHistory opens the database that the configuration names, by default SQLite in the data folder, and holds that folder.
func openHistory(ctx context.Context, s config.Serve, log logrus.FieldLogger) (*past.Past, *state.Folder, error) {
	o := history.Options{Now: time.Now, Say: func(line string) { log.Warn(line) }}
	if s.Database == "" {
		p, err := past.Open(ctx, s.Data, o)
		if err != nil {
			return nil, nil, err
		}
		held := p.Folder
		p.Folder = nil // the caller lets go of it
		return p, held, nil
	}
	where, err := referred(s.Database)
	if err != nil {
		return nil, nil, fmt.Errorf("serve.database: %w", err)
	}
	if !past.Server(where) {
		return nil, nil, errors.New("serve.database: what it names is no address of PostgreSQL, as postgres://user@host:port/database")
	}
	held, err := state.Open(s.Data)
	if err != nil {
		return nil, nil, err
	}
	p, err := past.Open(ctx, where, o)
	if err != nil {
		return nil, nil, errors.Join(err, held.Close())
	}
	return p, held, nil
}

// wall is the system's clock.
type wall struct{}

func (wall) Now() time.Time                         { return time.Now() }
func (wall) After(d time.Duration) <-chan time.Time { return time.After(d) }

// planner makes of a schedule what a person would type.
type planner struct {
	config string
	past   *past.Past
	folder *state.Folder
	dir    string
	log    logrus.FieldLogger
}

// inputs are the digests of what a plan asks besides its units, by what they say: other machines keep them elsewhere, and what the
// configuration says of serve is each process's own.
func inputs(of map[string]string, files []config.Loaded) ([]string, error) {
	of = maps.Clone(of)
	for _, l := range files {
		if !l.Named() {
			continue
		}
		digest, err := l.Asked()
		if err != nil {
			return nil, err
		}
		of[configured(l)] = digest
	}
	return slices.Collect(maps.Values(of)), nil
}

// check plans each schedule once: what is wrong is told when somebody starts the server, and not in the night.
func (p planner) check(ctx context.Context, all []config.Schedule, worker bool) error {
	for _, x := range all {
		_, s, err := p.settle(x, time.Now())
		if err == nil {
			err = right(x, worker)
		}
		var plan *serve.Plan
		if err == nil {
			plan, err = p.plan(ctx, x, time.Now())
		}
		if err != nil {
			return fmt.Errorf("schedule %s: %w", x.Name, err)
		}
		plan.Close()
		for _, t := range s.trouble {
			if !worker {
				p.log.WithField("schedule", x.Name).Warn(t.What + ": " + t.Gap.Because)
			}
		}
	}
	return nil
}

// right refuses targets that nothing reads, and reports that nobody writes or that have no folder: all else about them may come to be.
func right(x config.Schedule, worker bool) error {
	for _, t := range x.Targets {
		if _, _, err := scanners.Source(t); err != nil {
			return errors.New(strings.ReplaceAll(brief(err), t, redacted(t)))
		}
	}
	for format, path := range x.Outputs {
		switch {
		case !slices.Contains(formats(), format):
			return fmt.Errorf("outputs: no format %q: use %s", format, strings.Join(formats(), ", "))
		case path == "" || path == "-":
			return fmt.Errorf("outputs: %s: name a file", format)
		case !worker:
			if _, err := os.Stat(filepath.Dir(path)); err != nil {
				return fmt.Errorf("outputs: %s: %s", format, brief(err))
			}
		}
	}
	return nil
}

// settle is what a schedule asks at a time.
func (p planner) settle(x config.Schedule, at time.Time) (scanFlags, settled, error) {
	b := x.Budget
	f := scanFlags{rules: x.Rules, frameworks: x.Frameworks, maxAge: unsaid, rows: b.Rows, objects: b.Objects, bytes: b.Bytes,
		liveFlags: liveFlags{content: x.Content, total: b.StoreBytes, requests: b.Requests, listing: b.Listing, seconds: b.Seconds, perTable: b.TableSeconds}}
	f.gateFlags = gateFlags{config: p.config, now: at.UTC().Format(time.RFC3339), quiet: true, elsewhere: x.Place != config.Place{}}
	for format, path := range x.Outputs {
		f.outputs = append(f.outputs, format+"="+path)
	}
	s, err := f.settle(x.Targets)
	if len(x.Outputs) == 0 {
		s.outputs = nil // those of the file are of a person's own scans
	}
	return f, s, err
}

func (p planner) plan(ctx context.Context, x config.Schedule, at time.Time) (*serve.Plan, error) {
	f, s, err := p.settle(x, at)
	if err != nil {
		return nil, err
	}
	s.kept = &keeping{folder: p.folder, dir: p.dir, say: func(line string) { p.log.WithField("schedule", x.Name).Warn(line) }}
	o, end, err := f.prepare(ctx, s, p.log)
	if err != nil {
		return nil, err
	}
	o.Prior = p.past.Prior()
	decided := gate.Decision{}
	alike, err := inputs(o.Inputs, s.files)
	if err != nil {
		end()
		return nil, err
	}
	return &serve.Plan{Options: o, Inputs: alike, Close: end,
		Judge: func(scan probity.Scan) (probity.Scan, error) {
			scan.Trouble = append(scan.Trouble, s.trouble...)
			by := s.gate
			by.Waivers = slices.Clone(by.Waivers)
			if err := accept(ctx, p.past, &by); err != nil {
				return scan, err
			}
			judged, d, err := gate.Judge(scan, by)
			decided = d
			return judged, err
		},
		Write: func(ctx context.Context, id string, scan probity.Scan) error {
			out, err := openOutputs(s.outputs, io.Discard)
			if err != nil {
				return err
			}
			defer out.discard()
			out.categories = s.categories
			if err := out.lived(ctx, p.past, id); err != nil {
				return err
			}
			return out.write(scan, decided)
		}}, nil
}
