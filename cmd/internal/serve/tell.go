package serve

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/reports/news"
)

// announce tells of scans that ended since somebody looked last. What is to be told, and that it is, are one transaction: of two
// servers one tells, and one that dies leaves it to the next.
func (s *Server) announce(ctx context.Context) error {
	ended, err := s.o.Store.Untold(ctx)
	if err != nil {
		return err
	}
	for _, r := range ended {
		if err := s.tell(ctx, r); err != nil {
			return fmt.Errorf("telling of scan %s: %w", r.ID, err)
		}
	}
	return nil
}

// announceNow is announce where it may wait: the next look does it.
func (s *Server) announceNow(ctx context.Context) {
	if s.o.Worker {
		return
	}
	if err := s.announce(ctx); err != nil && ctx.Err() == nil {
		s.o.Log.WithError(err).Warn("nobody is told yet")
	}
}

func (s *Server) tell(ctx context.Context, r history.Record) error {
	n := history.News{Record: r}
	_, ours := s.schedule(r.Series)
	if ours && r.Published {
		var err error
		holds := slices.ContainsFunc(s.o.Config.Notify, func(x config.Sink) bool { return len(x.Activities)+len(x.Categories) > 0 })
		if n, err = s.o.Store.News(ctx, r.ID, holds); err != nil {
			return err
		}
	}
	return s.within(ctx, func(tx *sql.Tx) error {
		fresh, err := s.o.Store.Tell(ctx, tx, r.ID)
		switch {
		case err != nil || !fresh || !ours:
			return err
		case r.State == history.Failed:
			_, err := s.note(ctx, tx, history.Notice{Kind: history.FailedNotice, Series: r.Series, Scan: r.ID, At: s.o.Now(), Tally: history.Tally{Why: r.Why}}, true)
			return err
		}
		return s.tellNews(ctx, tx, n)
	})
}

// within runs statements in a transaction of the history's.
func (s *Server) within(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.o.Store.DB().BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("history: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// note adds a notice of how a schedule goes, once, and tells sinks of it where it is loud.
func (s *Server) note(ctx context.Context, tx *sql.Tx, n history.Notice, loud bool, of ...string) (fresh bool, err error) {
	id, fresh, err := s.o.Store.AddNotice(ctx, tx, n, of...)
	if err != nil || !fresh || !loud {
		return fresh, err
	}
	for _, sink := range s.o.Config.Notify {
		if !sink.Tells(config.AboutSchedules, n.Series) {
			continue
		}
		m := s.message(n, sink)
		if m.Scan = nil; n.Scan != "" {
			m.Link = s.page("/scans/" + n.Scan)
		}
		if !sink.Named() {
			m.Counts.Why = ""
		}
		if err := s.deliver(ctx, tx, id, sink.Name, "", m); err != nil {
			return true, err
		}
	}
	return true, nil
}

// notes is note in a transaction of its own. What cannot be noted is in the log: nobody waits for it.
func (s *Server) notes(ctx context.Context, n history.Notice, loud bool, of ...string) {
	err := s.within(ctx, func(tx *sql.Tx) error {
		_, err := s.note(ctx, tx, n, loud, of...)
		return err
	})
	if err != nil && ctx.Err() == nil {
		s.o.Log.WithField("schedule", n.Series).WithError(err).Error("a notice is lost")
	}
}

// page is the address of one of the pages; empty: nobody said where they are.
func (s *Server) page(path string) string {
	if s.o.Config.URL == "" {
		return ""
	}
	return s.o.Config.URL + path
}

func (s *Server) message(n history.Notice, sink config.Sink) news.Message {
	return news.Message{Format: news.Format, Kind: n.Kind, At: n.At.UTC(), Schedule: n.Series, Counts: n.Tally, Link: s.page("/schedules")}
}

// deliver adds what a sink is told, and the job that sends it.
func (s *Server) deliver(ctx context.Context, tx *sql.Tx, notice, sink, part string, m news.Message) error {
	m.ID = history.DeliveryID(notice, sink, part)
	body, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("writing a message: %w", err)
	}
	if err := s.o.Store.AddDelivery(ctx, tx, history.Delivery{ID: m.ID, Notice: notice, Sink: sink, Findings: len(m.Findings) + m.More, Body: body}); err != nil {
		return err
	}
	return s.dispatch(ctx, tx, delivering{Delivery: m.ID})
}

func (s *Server) dispatch(ctx context.Context, tx *sql.Tx, d delivering) error {
	if _, err := s.client.InsertTx(ctx, tx, d, &river.InsertOpts{Queue: outgoing, UniqueOpts: river.UniqueOpts{ByArgs: true}}); err != nil {
		return fmt.Errorf("adding a job: %w", err)
	}
	return nil
}

// tellNews notes what a scan brought, and tells each sink what it asks for.
func (s *Server) tellNews(ctx context.Context, tx *sql.Tx, n history.News) error {
	notice := history.Notice{Kind: history.NewsNotice, Series: n.Series, Scan: n.ID, At: s.o.Now()}
	told, fixed := sorted(n, config.Sink{})
	notice.Tally = tally(n, config.Sink{}, told, fixed)
	// Whoever set a schedule up waits for its first scan: that it could not read all is told with no finding too.
	partly := n.First && n.State == history.Incomplete
	if empty(notice.Tally) && !partly {
		return nil
	}
	id, fresh, err := s.o.Store.AddNotice(ctx, tx, notice)
	if err != nil || !fresh {
		return err
	}
	for _, sink := range s.o.Config.Notify {
		if !sink.Tells(config.AboutFindings, n.Series) {
			continue
		}
		told, fixed := sorted(n, sink)
		if told, err = s.o.Store.TellSink(ctx, tx, sink.Name, told, sink.Kind == config.Issue); err != nil {
			return err
		}
		m := s.message(notice, sink)
		m.Counts = tally(n, sink, told, fixed)
		m.Unknown = unknown(n, sink)
		m.Link = s.page("/scans/" + n.ID)
		m.Scan = &news.Scan{ID: n.ID, Started: n.Started, Finished: n.Finished, State: n.State}
		for _, e := range told[:min(len(told), sink.MostFindings())] {
			m.Findings = append(m.Findings, news.FindingOf(e, n.Titles[e.Rule], s.o.Config.URL, sink.Named()))
		}
		m.More = len(told) - len(m.Findings)
		if sink.Kind == config.Issue {
			err = s.deliverEach(ctx, tx, id, sink.Name, m, told[len(m.Findings):])
		} else if partly || !empty(m.Counts) {
			err = s.deliver(ctx, tx, id, sink.Name, "", m)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// deliverEach tells of each finding by itself, and of those beyond in one.
func (s *Server) deliverEach(ctx context.Context, tx *sql.Tx, notice, sink string, m news.Message, beyond []history.Happened) error {
	all := m.Findings
	for _, f := range all {
		m.Findings, m.More, m.Unknown = []news.Finding{f}, 0, 0
		m.Counts = history.Tally{}
		counted(&m.Counts, f.Event)
		if m.Link = f.Link; m.Link == "" {
			m.Link = s.page("/scans/" + m.Scan.ID)
		}
		if err := s.deliver(ctx, tx, notice, sink, f.Fingerprint, m); err != nil {
			return err
		}
	}
	if len(beyond) == 0 {
		return nil
	}
	m.Findings, m.More, m.Unknown, m.Counts, m.Link = nil, len(beyond), 0, history.Tally{}, s.page("/scans/"+m.Scan.ID)
	for _, e := range beyond {
		counted(&m.Counts, e.Event)
	}
	return s.deliver(ctx, tx, notice, sink, "more", m)
}

// counted counts what happened to a finding.
func counted(t *history.Tally, e history.Event) {
	switch e {
	case history.Reopened:
		t.Reopened++
	case history.Worsened:
		t.Worse++
	default:
		t.New++
	}
}

// sorted are the events that a sink is told of one by one, and how many findings are fixed: of those that the estate or its content
// brought.
func sorted(n history.News, sink config.Sink) (told []history.Happened, fixed int) {
	for _, e := range n.Events {
		if !history.Own(e.Cause) || !sink.Wants(e.Rule, e.Severity, e.Scope, e.Activities, e.Categories) {
			continue
		}
		switch e.Event {
		case history.Appeared, history.Worsened, history.Reopened:
			if e.State == history.Open {
				told = append(told, e)
			}
		case history.WentAway:
			fixed++
		}
	}
	return told, fixed
}

func tally(n history.News, sink config.Sink, told []history.Happened, fixed int) history.Tally {
	t := history.Tally{Fixed: fixed, First: n.First}
	for _, e := range told {
		counted(&t, e.Event)
	}
	for _, c := range n.Changes {
		if sink.Wants(c.Rule, c.Severity, c.Scope, nil, nil) {
			if t.Others == nil {
				t.Others = map[cause.Cause]int{}
			}
			t.Others[c.Cause] += c.Verdicts
		}
	}
	if n.First {
		for _, e := range n.Events {
			if e.State == history.Open && sink.Wants(e.Rule, e.Severity, e.Scope, e.Activities, e.Categories) {
				t.Stand++
			}
		}
	}
	return t
}

// unknown counts verdicts that changed for another reason and are unknown now.
func unknown(n history.News, sink config.Sink) (total int) {
	for _, c := range n.Changes {
		if c.Is == probity.Unknown && sink.Wants(c.Rule, c.Severity, c.Scope, nil, nil) {
			total += c.Verdicts
		}
	}
	return total
}

func empty(t history.Tally) bool {
	return t.New+t.Worse+t.Reopened+t.Fixed+t.Stand+len(t.Others) == 0
}

// missed notes that scans which were due did not run. It is loud where not all of them are caught up.
func (s *Server) missed(ctx context.Context, schedule string, last time.Time, of history.Tally, loud bool) {
	s.notes(ctx, history.Notice{Kind: history.MissedNotice, Series: schedule, At: s.o.Now(), Tally: of}, loud, last.UTC().Format(time.RFC3339))
}
