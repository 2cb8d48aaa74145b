package serve

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"
	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/traces"
	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/reports/news"
)

// Options are what a server or a worker needs. All but Limits are required.
type Options struct {
	Tool   string
	Config config.Serve
	Store  *history.Store
	Plan   Planner
	Log    logrus.FieldLogger
	Clock  Clock
	Worker bool // only takes units: ticks and ends are a server's
	Limits Limits

	Retention history.Retention // of what the history keeps

	Traces *traces.Traces // nil: nobody asks for them

	Send func(context.Context, config.Sink, news.Message) error // tells a sink; of a server with sinks
}

// Limits are times that tests shorten; 0: the default.
type Limits struct {
	Unit  time.Duration // that a unit may take; default 30 minutes
	Poll  time.Duration // between looks for jobs; default 250 ms
	Beat  time.Duration // between signs of life; default 10 s. After six without any a process counts as dead
	Retry time.Duration // after a message did not arrive the first time; default 30 s
	Soft  time.Duration // in which units may end after a stop; default 20 s
}

// Clock tells the time and wakes up.
type Clock interface {
	Now() time.Time
	After(d time.Duration) <-chan time.Time
}

// Server runs schedules, and units as a worker does.
type Server struct {
	o       Options
	id      string
	client  *river.Client[*sql.Tx]
	plans   *plans
	metrics *metrics
	slots   chan struct{} // of units that run
}

func (o Options) unitLimit() time.Duration { return cmp.Or(o.Limits.Unit, 30*time.Minute) }
func (o Options) retry() time.Duration     { return cmp.Or(o.Limits.Retry, 30*time.Second) }
func (o Options) beat() time.Duration      { return cmp.Or(o.Limits.Beat, 10*time.Second) }
func (o Options) pause() time.Duration     { return cmp.Or(o.Limits.Beat, 30*time.Second) }

// Now is the time by the server's clock.
func (o Options) Now() time.Time { return o.Clock.Now() }

// New prepares a server: jobs have their tables after it.
func New(ctx context.Context, o Options) (*Server, error) {
	s := &Server{o: o, plans: &plans{make: o.Plan, of: map[string]*planned{}}, metrics: newMetrics(), slots: make(chan struct{}, cmp.Or(o.Config.Parallel, runtime.GOMAXPROCS(0)))}
	var driver riverdriver.Driver[*sql.Tx] = riversqlite.New(o.Store.DB())
	if o.Store.Pool() != nil {
		driver = riverdatabasesql.New(o.Store.DB())
	}
	if err := o.Store.Forming(ctx, func() error { return migrate(ctx, o.Store, driver) }); err != nil {
		return nil, err
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, &scanner{s: s})
	river.AddWorker(workers, &beginner{s: s})
	river.AddWorker(workers, &ender{s: s})
	river.AddWorker(workers, &courier{s: s})
	queues := map[string]river.QueueConfig{}
	for _, q := range queuesOf(probity.Place(o.Config.Place)) {
		queues[q] = river.QueueConfig{MaxWorkers: cmp.Or(o.Config.Parallel, runtime.GOMAXPROCS(0))}
	}
	if !o.Worker {
		queues[control] = river.QueueConfig{MaxWorkers: 2}
		queues[outgoing] = river.QueueConfig{MaxWorkers: 4}
	}
	limit := o.unitLimit()
	var err error
	s.client, err = river.NewClient(driver, &river.Config{Queues: queues, Workers: workers, Logger: slog.New(relay{o.Log}), ErrorHandler: told{o.Log},
		JobTimeout: limit, RescueStuckJobsAfter: 3 * time.Hour, FetchPollInterval: cmp.Or(o.Limits.Poll, 250*time.Millisecond), FetchCooldown: min(100*time.Millisecond, cmp.Or(o.Limits.Poll, 100*time.Millisecond)),
		Middleware:      []rivertype.Middleware{river.WorkerMiddlewareFunc(s.traced), river.WorkerMiddlewareFunc(uncrashed)},
		SoftStopTimeout: cmp.Or(o.Limits.Soft, 20*time.Second), PollOnly: true})
	if err != nil {
		return nil, fmt.Errorf("preparing jobs: %w", err)
	}
	s.id = s.client.ID()
	return s, nil
}

// migrate makes the tables of jobs, or brings them forward. Those of a newer engine are refused: it may keep there what this one does not know.
func migrate(ctx context.Context, store *history.Store, driver riverdriver.Driver[*sql.Tx]) error {
	m, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err == nil {
		_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	}
	if err != nil {
		return fmt.Errorf("making tables of jobs: %w", err)
	}
	is, err := store.JobsFormat(ctx)
	if err != nil {
		return fmt.Errorf("reading the format of jobs: %w", err)
	}
	if all := m.AllVersions(); is > all[len(all)-1].Version {
		return fmt.Errorf("jobs: their format is %d, and this probity knows %d: %w", is, all[len(all)-1].Version, history.ErrNewer)
	}
	return nil
}

// Run works until ctx ends, then lets units end for a while, and hands the others back.
func (s *Server) Run(ctx context.Context) error {
	if err := s.free(ctx); err != nil {
		return err
	}
	if err := s.client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("starting jobs: %w", err)
	}
	var wg sync.WaitGroup
	wg.Go(func() { s.watch(ctx) })
	if !s.o.Worker {
		wg.Go(func() { s.tick(ctx) })
	}
	<-ctx.Done()
	wg.Wait()
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), cmp.Or(s.o.Limits.Soft, 20*time.Second)+10*time.Second)
	defer cancel()
	if err := s.client.Stop(stopping); err != nil && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("stopping jobs: %w", err)
	}
	for _, scan := range s.plans.names() {
		s.plans.drop(scan)
	}
	return s.o.Store.Leave(stopping, s.id)
}

// schedule is that of a name.
func (s *Server) schedule(name string) (config.Schedule, bool) {
	i := slices.IndexFunc(s.o.Config.Schedules, func(x config.Schedule) bool { return x.Name == name })
	if i < 0 {
		return config.Schedule{}, false
	}
	return s.o.Config.Schedules[i], true
}

// Ask adds a scan of a schedule that begins at once.
func (s *Server) Ask(ctx context.Context, name string) error {
	if _, ok := s.schedule(name); !ok {
		return fmt.Errorf("no schedule %q", name)
	}
	_, err := s.client.Insert(ctx, tick{Schedule: name, Due: s.o.Now().Unix(), Asked: true}, &river.InsertOpts{Queue: control, UniqueOpts: river.UniqueOpts{ByArgs: true}})
	if err != nil {
		return fmt.Errorf("asking for a scan: %w", err)
	}
	return nil
}
