package serve

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/pipeline"
	"github.com/probity-scan/probity/cmd/internal/state"
	"github.com/probity-scan/probity/reports/history"
)

// scanner works on units.
type scanner struct {
	river.WorkerDefaults[part]
	s *Server
}

func (w *scanner) Timeout(*river.Job[part]) time.Duration { return w.s.o.unitLimit() }

func (w *scanner) NextRetry(job *river.Job[part]) time.Time {
	return time.Now().Add(backoff(job.Attempt))
}

// errOthers means that the configuration asks for other things than when the scan began.
var errOthers = errors.New("the configuration changed while the scan ran, or is not alike on all machines: its units would not go together")

// Work scans a unit, and keeps what it found together with the end of the job and jobs for the units that it found.
func (w *scanner) Work(ctx context.Context, job *river.Job[part]) error {
	s, a := w.s, job.Args
	record, err := s.o.Store.Record(ctx, a.Scan)
	switch {
	case errors.Is(err, history.ErrUnknown), err == nil && record.State != history.Running:
		return nil
	case err != nil:
		return err
	}
	unit, err := s.o.Store.Unit(ctx, a.Scan, a.Key)
	switch {
	case errors.Is(err, history.ErrUnknown):
		return nil
	case err != nil:
		return err
	case unit.State == history.UnitFailed: // it was given up
		return nil
	case unit.State == history.UnitDone:
		return w.done(ctx, job, func(*sql.Tx) error { return nil })
	}
	if job.Attempt > mostTries {
		return w.keep(ctx, job, unit.Unit, pipeline.Unreached(unit.Unit, probity.Gap{Reason: probity.Failed, Because: fmt.Sprintf("it did not end in %d tries", mostTries), Needs: "the log of the processes that tried"}))
	}
	select { // one process has several queues, and runs no more units than it may
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	default:
		return river.JobSnooze(time.Second)
	}
	sched, ok := s.schedule(record.Series)
	if !ok {
		return s.abandon(ctx, a.Scan, errors.New("its schedule is gone from the configuration"))
	}
	plan, err := s.plans.get(ctx, a.Scan, sched, record.Started)
	if err != nil {
		return err
	}
	if asked, err := plan.asked(); err != nil || asked != a.Asked || a.First >= len(plan.Options.Units) {
		return errors.Join(err, s.abandon(ctx, a.Scan, errOthers))
	}
	first := plan.Options.Units[a.First]
	u := unit.Unit
	u.Asks = first.Asks
	if u.Place == (probity.Place{}) {
		u.Place = first.Place
	}
	r, err := w.scan(ctx, plan, u)
	if err != nil && errors.Is(ctx.Err(), context.Canceled) { // a stop hands it back, and is no try
		return river.JobSnooze(0)
	}
	if err != nil {
		return err
	}
	if err := w.keep(ctx, job, u, r); err != nil {
		return err
	}
	s.metrics.unit(r)
	return nil
}

// scan is bounded in time.
func (w *scanner) scan(ctx context.Context, plan *Plan, u probity.Unit) (state.Result, error) {
	scan := pipeline.Deep // of files that are here: their parts would not be found elsewhere
	if plan.Options.Live != nil && plan.Options.Live(u) {
		scan = pipeline.One
	}
	limited, cancel := context.WithTimeout(ctx, w.s.o.unitLimit()-w.s.o.unitLimit()/10)
	defer cancel()
	r, _, err := scan(limited, plan.Options, u)
	if err != nil && ctx.Err() == nil && limited.Err() != nil {
		return pipeline.Unreached(u, probity.Gap{Reason: probity.Timeout, Because: "it took longer than a unit may", Needs: "smaller targets"}), nil
	}
	return r, err
}

// keep commits what a unit found. A unit that another process kept meanwhile stays as that left it.
func (w *scanner) keep(ctx context.Context, job *river.Job[part], u probity.Unit, r state.Result) error {
	s, a := w.s, job.Args
	children := r.Children
	for i := range children {
		if children[i].Place == (probity.Place{}) {
			children[i].Place = u.Place
		}
	}
	body, err := packed(r, s.o.Now())
	if err != nil {
		return err
	}
	return w.done(ctx, job, func(tx *sql.Tx) error {
		fresh, err := s.o.Store.KeepUnit(ctx, tx, a.Scan, a.Key, body)
		if err != nil || !fresh {
			return err
		}
		return s.addUnits(ctx, tx, a, children...)
	})
}

// done ends the job of a unit, and adds that of the scan's end where it was the last.
func (w *scanner) done(ctx context.Context, job *river.Job[part], do func(*sql.Tx) error) error {
	return completing(ctx, w.s, job, func(tx *sql.Tx) error {
		if err := w.s.o.Store.Hold(ctx, tx, job.Args.Scan); err != nil {
			return err
		}
		if err := do(tx); err != nil {
			return err
		}
		return w.s.endWhenDone(ctx, tx, job.Args.Scan)
	})
}

// addUnits adds units with a job for each, which has the scan, the target and the digest of another part.
func (s *Server) addUnits(ctx context.Context, tx *sql.Tx, of part, units ...probity.Unit) error {
	keys, err := s.o.Store.AddUnits(ctx, tx, of.Scan, units...)
	if err != nil {
		return err
	}
	for i, u := range units {
		of.Key = keys[i]
		if err := s.insert(ctx, tx, of, queueOf(u.Place)); err != nil {
			return err
		}
	}
	return nil
}

// endWhenDone adds the job that judges, once no unit is left. The caller holds the scan, so that of two last units one sees it.
func (s *Server) endWhenDone(ctx context.Context, tx *sql.Tx, scan string) error {
	if n, err := s.o.Store.Waiting(ctx, tx, scan); err != nil || n > 0 {
		return err
	}
	return s.insert(ctx, tx, ending{scan}, control)
}

// abandon ends a scan that cannot go on.
func (s *Server) abandon(ctx context.Context, scan string, why error) error {
	s.o.Log.WithField("scan", scan).WithError(why).Error("the scan ends")
	s.plans.drop(scan)
	if r, err := s.o.Store.Record(ctx, scan); err == nil {
		s.metrics.scans.WithLabelValues(r.Series, string(history.Failed)).Inc()
	}
	return s.fail(ctx, scan, why)
}

// fail ends a scan that came to nothing, and tells of it.
func (s *Server) fail(ctx context.Context, scan string, why error) error {
	if err := s.o.Store.Fail(ctx, scan, oneLine(why)); err != nil {
		return err
	}
	if r, err := s.o.Store.Record(ctx, scan); err == nil {
		s.o.Traces.Scan(ctx, scan, r.Series, string(r.State), r.Begun, r.Finished)
	}
	s.announceNow(ctx)
	return nil
}

func packed(r state.Result, at time.Time) ([]byte, error) {
	r.Children = slices.Clone(r.Children)
	for i := range r.Children {
		r.Children[i].Asks = probity.Asks{}
	}
	var b bytes.Buffer
	err := history.Pack(&b, func(w io.Writer) error { return r.Encode(w, at) })
	return b.Bytes(), err
}
