package serve

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/timetable"
	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/reports/news"
)

// due is a schedule with its next tick.
type due struct {
	config.Schedule
	table timetable.Table
	next  time.Time
}

// tick adds a job for each tick as it comes, until ctx ends.
func (s *Server) tick(ctx context.Context) {
	all := s.timetables(ctx)
	for {
		now, wait, failed := s.o.Now(), time.Minute, false // clocks are set, and machines sleep
		for i := range all {
			d := &all[i]
			for !d.next.IsZero() && !d.table.Begin(d.next).After(now) {
				if !s.add(ctx, d.Schedule, d.next) {
					failed = true // the database does not answer: once more
					break
				}
				s.overdue(ctx, d)
				d.next = d.table.Next(d.next)
			}
			if !d.next.IsZero() {
				wait = min(wait, d.table.Begin(d.next).Sub(now))
			}
		}
		if failed {
			wait = 5 * time.Second
		}
		select {
		case <-ctx.Done():
			return
		case <-s.o.Clock.After(max(wait, 100*time.Millisecond)):
		}
	}
}

// timetables are those of all schedules, each at its next tick: one that was missed, if it is to be caught up.
func (s *Server) timetables(ctx context.Context) []due {
	var out []due
	now := s.o.Now()
	for _, x := range s.o.Config.Schedules {
		table, ok, err := x.Table()
		if err != nil || !ok {
			continue
		}
		d := due{Schedule: x, table: table, next: table.Ahead(now)}
		log := s.o.Log.WithField("schedule", x.Name)
		if last, err := s.o.Store.Scans(ctx, history.ScansQuery{Series: x.Name, Limit: 1}); err == nil && len(last) > 0 {
			until := now // what waits for its jitter is not missed
			if !d.next.IsZero() {
				until = d.next.Add(-time.Second)
			}
			missed, n := table.Missed(last[0].Started, until)
			if n > 0 {
				down, _ := news.Missed()
				s.missed(ctx, x.Name, missed, history.Tally{Ticks: n, Why: down, Caught: x.CatchUp != config.None}, x.CatchUp == config.None || n > 1)
			}
			switch {
			case n > 0 && x.CatchUp != config.None:
				log.WithField("missed", n).Warn("ticks were missed: the last of them runs now")
				d.next = missed
			case n > 0:
				log.WithField("missed", n).Warn("ticks were missed")
			}
		}
		log.WithField("next", d.next.Format(time.RFC3339)).Info("scheduled")
		out = append(out, d)
	}
	return out
}

func (s *Server) add(ctx context.Context, x config.Schedule, at time.Time) bool {
	_, err := s.client.Insert(ctx, tick{Schedule: x.Name, Due: at.Unix()}, &river.InsertOpts{Queue: control, UniqueOpts: river.UniqueOpts{ByArgs: true}})
	if err != nil && ctx.Err() == nil {
		s.o.Log.WithField("schedule", x.Name).WithError(err).Error("the tick cannot be added")
	}
	return err == nil
}

// overdue says when two ticks in a row came without a whole scan: nobody else would.
func (s *Server) overdue(ctx context.Context, d *due) {
	whole, err := s.o.Store.Scans(ctx, history.ScansQuery{Series: d.Name, State: history.Complete, Limit: 1})
	if err != nil {
		return
	}
	var last, since time.Time
	if len(whole) > 0 {
		last, since = whole[0].Started, whole[0].Started
	} else {
		all, err := s.o.Store.Scans(ctx, history.ScansQuery{Series: d.Name})
		if err != nil || len(all) == 0 {
			return
		}
		since = all[len(all)-1].Started.Add(-time.Second)
	}
	if _, n := d.table.Missed(since, d.next.Add(-time.Second)); n >= 2 {
		s.metrics.overdue.WithLabelValues(d.Name).Set(float64(n))
		s.o.Log.WithField("schedule", d.Name).WithField("ticks", n).Error("no whole scan for two ticks or more: look at probity serve status")
		s.notes(ctx, history.Notice{Kind: history.OverdueNotice, Series: d.Name, At: s.o.Now(), Tally: history.Tally{Ticks: n, Since: last}}, true, last.UTC().Format(time.RFC3339))
		return
	}
	s.metrics.overdue.WithLabelValues(d.Name).Set(0)
}
