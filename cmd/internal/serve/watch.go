package serve

import (
	"context"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/history"
)

// watch gives signs of life, frees jobs of processes that died, and ends what waits too long, until ctx ends.
func (s *Server) watch(ctx context.Context) {
	for {
		if err := s.look(ctx); err != nil && ctx.Err() == nil {
			s.o.Log.WithError(err).Error("looking after jobs")
		}
		select {
		case <-ctx.Done():
			return
		case <-s.o.Clock.After(s.o.beat()):
		}
	}
}

func (s *Server) look(ctx context.Context) error {
	if err := s.o.Store.Beat(ctx, history.Member{ID: s.id, Queues: queuesOf(probity.Place(s.o.Config.Place)), Seen: s.o.Now()}); err != nil {
		return err
	}
	if err := s.bury(ctx); err != nil {
		return err
	}
	planned := s.plans.names() // before the scans: one that begins meanwhile keeps its plan
	running, err := s.o.Store.Scans(ctx, history.ScansQuery{State: history.Running})
	if err != nil {
		return err
	}
	still := map[string]bool{}
	for _, r := range running {
		still[r.ID] = true
		if s.o.Worker {
			continue
		}
		if sched, ok := s.schedule(r.Series); ok {
			if err := s.late(ctx, r, s.o.Now().Sub(r.Begun) > sched.MostTime()); err != nil {
				return err
			}
		}
	}
	for _, id := range planned {
		if !still[id] {
			s.plans.drop(id)
		}
	}
	if s.o.Worker {
		return nil
	}
	s.ready(ctx) // after a start, or a scan that another server published
	return s.announce(ctx)
}

// bury gives jobs of processes that died to others. In a folder there is one process alone.
func (s *Server) bury(ctx context.Context) error {
	if s.o.Store.Pool() == nil {
		return nil
	}
	dead, err := s.o.Store.Dead(ctx, s.o.Now().Add(-6*s.o.beat()))
	if err != nil {
		return err
	}
	for _, id := range dead {
		s.o.Log.WithField("process", id).Warn("a process died: its jobs go to others")
		if err := s.o.Store.Bury(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// late ends units that wait for a place where nobody is, and after a scan's limit all that wait.
func (s *Server) late(ctx context.Context, r history.Record, over bool) error {
	manned, err := s.o.Store.Manned(ctx)
	if err != nil {
		return err
	}
	tx, err := s.o.Store.DB().BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if err := s.o.Store.Hold(ctx, tx, r.ID); err != nil {
		return err
	}
	units, err := s.o.Store.Units(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	failed, waits := 0, s.o.Now().Sub(r.Begun) > s.o.Config.MostPatience()
	for _, u := range units {
		why := ""
		switch {
		case u.State != history.UnitWaiting:
		case over:
			why = "the time that the schedule gives a scan was over"
		case waits && !manned[queueOf(u.Unit.Place)]:
			why = "no worker is at the place where it must run"
		}
		if why == "" {
			continue
		}
		failed++
		if err := s.o.Store.FailUnit(ctx, tx, r.ID, u.Key, why); err != nil {
			return err
		}
	}
	if failed == 0 && !over {
		return nil
	}
	if failed > 0 {
		s.o.Log.WithField("scan", r.ID).WithField("units", failed).Warn("units are given up")
	}
	if err := s.endWhenDone(ctx, tx, r.ID); err != nil {
		return err
	}
	return tx.Commit()
}

// free takes back jobs that were running when the last process of a folder died: the folder's lock says that there is no other.
func (s *Server) free(ctx context.Context) error {
	if s.o.Store.Pool() != nil {
		return nil
	}
	return s.o.Store.FreeJobs(ctx)
}
