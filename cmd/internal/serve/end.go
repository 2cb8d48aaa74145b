package serve

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/pipeline"
	"github.com/probity-scan/probity/cmd/internal/state"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/history"
)

// ender works on ends.
type ender struct {
	river.WorkerDefaults[ending]
	s *Server
}

func (w *ender) Timeout(*river.Job[ending]) time.Duration { return 2 * time.Hour }

func (w *ender) NextRetry(job *river.Job[ending]) time.Time {
	return time.Now().Add(backoff(job.Attempt))
}

// Work judges what all units found, and publishes it at once. Done twice, the second time finds nothing to do.
func (w *ender) Work(ctx context.Context, job *river.Job[ending]) error {
	s, id := w.s, job.Args.Scan
	record, err := s.o.Store.Record(ctx, id)
	switch {
	case errors.Is(err, history.ErrUnknown), err == nil && record.State != history.Running:
		return nil
	case err != nil:
		return err
	}
	if job.Attempt > mostTries {
		return s.abandon(ctx, id, fmt.Errorf("judging did not end in %d tries", mostTries))
	}
	sched, ok := s.schedule(record.Series)
	if !ok {
		return s.abandon(ctx, id, errors.New("its schedule is gone from the configuration"))
	}
	plan, err := s.plans.get(ctx, id, sched, record.Started)
	if err != nil {
		return err
	}
	err = w.end(ctx, id, plan)
	if err != nil {
		return err
	}
	s.plans.drop(id)
	s.announceNow(ctx)
	return nil
}

func (w *ender) end(ctx context.Context, id string, plan *Plan) error {
	s := w.s
	o := plan.Options
	kept, err := w.kept(ctx, id)
	if err != nil {
		return err
	}
	o.Checkpoint, o.Scanners = kept, map[string]probity.Scanner{}
	scan, err := pipeline.Run(ctx, o)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("judging: %w", err)
	}
	if scan, err = plan.Judge(scan); err != nil {
		return err
	}
	counts, err := reports.Count(scan)
	if err != nil {
		return err
	}
	record, err := s.o.Store.Take(ctx, id, scan)
	if err != nil {
		return err
	}
	s.metrics.ended(record, counts)
	s.o.Traces.Scan(ctx, id, record.Series, string(record.State), record.Begun, record.Finished)
	s.o.Log.WithFields(logrus.Fields{"schedule": record.Series, "scan": id, "state": record.State, "findings": record.Findings, "assets": record.Assets}).Info("the scan ended")
	s.ready(ctx)
	if err := plan.Write(ctx, id, scan); err != nil { // the scan is there: a report that cannot be written loses none
		s.o.Log.WithField("scan", id).WithError(err).Error("reports are not written")
	}
	if err := s.o.Store.Prune(ctx, s.o.Retention); err != nil {
		s.o.Log.WithError(err).Error("what is too old stays in the history for now")
	}
	s.ready(ctx)
	return nil
}

// ready reads what pages count before somebody asks.
func (s *Server) ready(ctx context.Context) {
	if err := s.o.Store.Ready(ctx); err != nil && ctx.Err() == nil {
		s.o.Log.WithError(err).Error("who looks at a page next may wait for its counts")
	}
}

// found is what units of a scan found, by their keys.
type found struct {
	store  *history.Store
	ctx    context.Context //nolint:containedctx // of the one run that asks
	scan   string
	failed map[string]string
}

func (w *ender) kept(ctx context.Context, id string) (*found, error) {
	units, err := w.s.o.Store.Units(ctx, w.s.o.Store.DB(), id)
	if err != nil {
		return nil, err
	}
	f := &found{store: w.s.o.Store, ctx: ctx, scan: id, failed: map[string]string{}}
	for _, u := range units {
		if u.State == history.UnitFailed {
			f.failed[u.Key] = u.Why
		}
	}
	return f, nil
}

// Known gives what a unit found. One that came to nothing gives gaps for all that it was to tell.
func (f *found) Known(u probity.Unit) (state.Result, bool) {
	gap := probity.Gap{Reason: probity.Failed, Because: "what the unit found cannot be read", Needs: "another scan"}
	key, _, err := history.UnitKey(u)
	if err != nil {
		return pipeline.Unreached(u, gap), true
	}
	if why, ok := f.failed[key]; ok {
		return pipeline.Unreached(u, probity.Gap{Reason: probity.Unreachable, Because: why, Needs: "a worker of its place, or more time"}), true
	}
	body, err := f.store.UnitBody(f.ctx, f.scan, key)
	if err != nil {
		return pipeline.Unreached(u, gap), true
	}
	r, err := unpacked(body)
	if err != nil {
		return pipeline.Unreached(u, gap), true
	}
	for i := range r.Children {
		r.Children[i].Asks = u.Asks
	}
	return r, true
}

// Keep has nothing to keep: all is.
func (f *found) Keep(probity.Unit, state.Result) error { return nil }

// Whole says nothing new.
func (f *found) Whole() {}

func unpacked(body []byte) (state.Result, error) {
	r, err := history.Unpack(bytes.NewReader(body))
	if err != nil {
		return state.Result{}, err
	}
	defer r.Close()
	out, _, err := state.Decode(r)
	return out, err
}

func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", " ") }
