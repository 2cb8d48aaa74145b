package serve

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/reports/news"
)

// beginner works on ticks.
type beginner struct {
	river.WorkerDefaults[tick]
	s *Server
}

func (w *beginner) Timeout(*river.Job[tick]) time.Duration { return 10 * time.Minute }

func (w *beginner) NextRetry(job *river.Job[tick]) time.Time {
	return time.Now().Add(backoff(job.Attempt))
}

// Work plans a scan, and adds a job for each target. A tick is there once, and names its scan: of two servers one begins it.
func (w *beginner) Work(ctx context.Context, job *river.Job[tick]) error {
	s, log := w.s, w.s.o.Log.WithField("schedule", job.Args.Schedule)
	sched, ok := s.schedule(job.Args.Schedule)
	if !ok {
		log.Warn("the schedule is gone: its tick is left out")
		return nil
	}
	due := time.Unix(job.Args.Due, 0).UTC()
	running, err := s.o.Store.Scans(ctx, history.ScansQuery{Series: sched.Name, State: history.Running})
	if err != nil {
		return err
	}
	id := ""
	for _, r := range running {
		if r.Started.Equal(due) { // this tick's own: a process died while it planned
			id = r.ID
			continue
		}
		if sched.Overlap == config.Queue || job.Args.Asked {
			return river.JobSnooze(s.o.pause())
		}
		log.WithField("scan", r.ID).Warn("the last scan still runs: this tick is left out")
		return s.leaveOut(ctx, sched.Name, due)
	}
	if id == "" && sched.Overlap == config.Queue {
		earlier, err := s.waits(ctx, job)
		if err != nil {
			return err
		}
		if earlier {
			return river.JobSnooze(s.o.pause())
		}
	}
	if id == "" {
		newer, err := s.newer(ctx, sched.Name, due)
		if err != nil {
			return err
		}
		if newer {
			log.Warn("a later scan of the schedule is there already: this tick is left out")
			s.metrics.skipped.WithLabelValues(sched.Name).Inc()
			return nil
		}
	}
	return w.begin(ctx, job, sched, id, due)
}

func (w *beginner) begin(ctx context.Context, job *river.Job[tick], sched config.Schedule, id string, due time.Time) error {
	s := w.s
	plan, planned := s.plans.new(ctx, sched, due)
	run := history.Run{Series: sched.Name, Targets: sched.Targets, Tool: s.o.Tool, Started: due, Alone: true}
	if planned == nil {
		run.Targets = plan.Options.Targets
	}
	if id == "" {
		var err error
		if id, err = s.o.Store.Begin(ctx, run); err != nil {
			if planned == nil {
				plan.Close()
			}
			switch {
			case errors.Is(err, history.ErrThere): // it ended already
				return nil
			case errors.Is(err, history.ErrBusy): // another tick was faster: as if it had been there before
				return river.JobSnooze(0)
			}
			return err
		}
	}
	log := s.o.Log.WithField("schedule", sched.Name).WithField("scan", id)
	if planned != nil {
		log.WithError(planned).Error("the scan cannot begin")
		s.metrics.scans.WithLabelValues(sched.Name, string(history.Failed)).Inc()
		return s.fail(ctx, id, planned)
	}
	s.plans.put(id, plan)
	asked, err := plan.asked()
	if err != nil {
		return err
	}
	log.WithField("targets", len(plan.Options.Units)).Info("a scan begins")
	return completing(ctx, s, job, func(tx *sql.Tx) error {
		for i, u := range plan.Options.Units {
			if err := s.addUnits(ctx, tx, part{Scan: id, First: i, Asked: asked}, u); err != nil {
				return err
			}
		}
		if len(plan.Options.Units) == 0 {
			return s.insert(ctx, tx, ending{id}, control)
		}
		return nil
	})
}

// waits reports whether an earlier tick of a tick's schedule waits too: its scan comes first, or it would be of the past.
func (s *Server) waits(ctx context.Context, job *river.Job[tick]) (bool, error) {
	p := river.NewJobListParams().Kinds(tick{}.Kind()).First(1000).
		States(rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled)
	all, err := s.client.JobList(ctx, p)
	if err != nil {
		return false, fmt.Errorf("listing ticks: %w", err)
	}
	return slices.ContainsFunc(all.Jobs, func(row *rivertype.JobRow) bool {
		var other tick
		return row.ID != job.ID && json.Unmarshal(row.EncodedArgs, &other) == nil && other.Schedule == job.Args.Schedule && other.Due < job.Args.Due
	}), nil
}

// newer reports whether a later scan of a series is published: ticks that waited wake in any order.
func (s *Server) newer(ctx context.Context, series string, than time.Time) (bool, error) {
	since, err := s.o.Store.Scans(ctx, history.ScansQuery{Series: series, Since: than.Add(time.Second)})
	return slices.ContainsFunc(since, func(r history.Record) bool { return r.Published }), err
}

// leaveOut counts a tick at which no scan runs, since the last one still does.
func (s *Server) leaveOut(ctx context.Context, schedule string, due time.Time) error {
	s.metrics.skipped.WithLabelValues(schedule).Inc()
	_, busy := news.Missed()
	s.missed(ctx, schedule, due, history.Tally{Ticks: 1, Why: busy}, true)
	return nil
}
