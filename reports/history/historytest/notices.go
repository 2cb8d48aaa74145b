package historytest

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/history"
)

// within runs a transaction as a caller of the history does.
func (d *diary) within(do func(*sql.Tx) error) {
	d.Helper()
	tx, err := d.s.DB().BeginTx(d.ctx(), nil)
	if err == nil {
		err = errors.Join(do(tx), tx.Commit())
	}
	if err != nil {
		d.Fatal(err)
	}
}

// news of a scan, in short.
func (d *diary) news(scan string) []string {
	d.Helper()
	n, err := d.s.News(d.ctx(), scan, false)
	if err != nil {
		d.Fatal(err)
	}
	var out []string
	if n.First {
		out = append(out, "first")
	}
	for _, e := range n.Events {
		out = append(out, fmt.Sprintln(e.Event, e.Rule, e.Severity, e.Cause, e.Whose, e.Activities, e.Categories))
	}
	for _, c := range n.Changes {
		out = append(out, fmt.Sprintln(c.Cause, c.Rule, c.Is, c.Verdicts))
	}
	return out
}

// news: what a scan brought, by cause, with whose the store is and what it holds.
func news(t *testing.T, at Place) {
	d := open(t, at)
	b := d.bucket("clients")
	b.Exposure.Public = known(true)
	b.Activities = probity.Whole(nil, probity.Activity{ID: "billing"})
	check := func(want ...string) {
		t.Helper()
		for i, w := range want {
			if w != "first" {
				want[i] = w + "\n"
			}
		}
		if diff := cmp.Diff(want, d.news(d.night().ID)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	check("first", "appeared not-public high   [] []") // not of the estate: nobody knows since when
	all, err := d.s.Scans(d.ctx(), history.ScansQuery{})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := d.s.News(d.ctx(), all[0].ID, true); err != nil || len(n.Events) != 1 || n.Events[0].Whose != "team" || !slices.Equal(n.Events[0].Activities, []string{"billing"}) {
		t.Errorf("got %+v, %v, want whose the store is and what it serves of the first scan too", n.Events, err)
	}
	check()
	b.Labels = probity.Whole(nil, label("mail"))
	check("appeared no-personal-data medium content team [billing] [contact]")
	b.Exposure.Public = probity.Missing[bool](probity.Gap{Reason: probity.Denied, Needs: "s3:GetBucketPolicy"}, nil)
	check("not seen not-public high coverage  [] []", "coverage not-public unknown 1")
	b.Exposure.Public = known(false)
	d.night()
	delete(d.assets, b.ID)
	check("fixed no-personal-data medium estate team [billing] [contact]")
}

// notices: each scan is told once, a finding to a sink once, and a delivery goes its way.
func notices(t *testing.T, at Place) {
	d := open(t, at)
	b := d.bucket("clients")
	d.night()
	b.Exposure.Public = known(true)
	r := d.night()
	untold, err := d.s.Untold(d.ctx())
	if err != nil || len(untold) != 2 || untold[1].ID != r.ID {
		t.Fatalf("untold: %+v, %v, want both scans, the oldest first", untold, err)
	}
	n, err := d.s.News(d.ctx(), r.ID, false)
	if err != nil {
		t.Fatal(err)
	}
	tell := func(events []history.Happened) (told int) {
		d.within(func(tx *sql.Tx) error {
			left, err := d.s.TellSink(d.ctx(), tx, "ops", events, false)
			told = len(left)
			return err
		})
		return told
	}
	var id string
	d.within(func(tx *sql.Tx) error {
		fresh, err := d.s.Tell(d.ctx(), tx, r.ID)
		if err != nil || !fresh {
			t.Errorf("telling: %v, %v", fresh, err)
		}
		notice, fresh, err := d.s.AddNotice(d.ctx(), tx, history.Notice{Kind: history.NewsNotice, Series: r.Series, Scan: r.ID, At: d.now, Tally: history.Tally{New: 1, Others: map[cause.Cause]int{cause.Tool: 2}}})
		if err != nil || !fresh {
			t.Errorf("a notice: %v, %v", fresh, err)
		}
		id = history.DeliveryID(notice, "ops", "")
		return d.s.AddDelivery(d.ctx(), tx, history.Delivery{ID: id, Notice: notice, Sink: "ops", Findings: 1, Body: []byte("{}")})
	})
	d.within(func(tx *sql.Tx) error {
		if fresh, err := d.s.Tell(d.ctx(), tx, r.ID); err != nil || fresh {
			t.Errorf("telling again: %v, %v", fresh, err)
		}
		if _, fresh, err := d.s.AddNotice(d.ctx(), tx, history.Notice{Kind: history.NewsNotice, Series: r.Series, Scan: r.ID, At: d.now}); err != nil || fresh {
			t.Errorf("a notice again: %v, %v", fresh, err)
		}
		return nil
	})
	if untold, err = d.s.Untold(d.ctx()); err != nil || len(untold) != 1 || untold[0].ID == r.ID {
		t.Errorf("untold: %+v, %v, want the first", untold, err)
	}
	worse, again, milder := slices.Clone(n.Events), slices.Clone(n.Events), slices.Clone(n.Events)
	worse[0].Severity, worse[0].Event = probity.Critical, history.Worsened
	milder[0].Event = history.Worsened
	again[0].Event = history.Reopened
	for i, c := range []struct {
		events []history.Happened
		want   int
	}{{n.Events, 1}, {n.Events, 0}, {worse, 1}, {milder, 0}, {again, 1}} {
		if got := tell(c.events); got != c.want {
			t.Errorf("step %d: %d findings are told, want %d", i, got, c.want)
		}
	}
	d.goes(id)
	listed, next, err := d.s.Notifications(d.ctx(), history.NotificationsQuery{})
	if err != nil || len(listed) != 1 || next != "" || listed[0].Tally.Others[cause.Tool] != 2 || len(listed[0].Deliveries) != 1 || listed[0].Deliveries[0].State != history.DeliverySent {
		t.Errorf("notices: %+v %q %v", listed, next, err)
	}
	if got, _, err := d.s.Notifications(d.ctx(), history.NotificationsQuery{Bounds: history.Bounds{Accounts: []string{"aws/1"}}}); err != nil || len(got) > 0 {
		t.Errorf("who is bounded sees %+v, %v, want none", got, err)
	}
	d.pages()
}

// goes takes a delivery along its way.
func (d *diary) goes(id string) {
	d.Helper()
	is := func(want history.Delivery) {
		d.Helper()
		got, err := d.s.Delivery(d.ctx(), id[:8])
		if err != nil {
			d.Fatal(err)
		}
		got.Changed = time.Time{}
		want.ID, want.Notice, want.Sink, want.Findings, want.Body = id, got.Notice, "ops", 1, []byte("{}")
		if diff := cmp.Diff(want, got); diff != "" {
			d.Errorf("delivery (-want +got):\n%s", diff)
		}
	}
	ok := func(err error) {
		d.Helper()
		if err != nil {
			d.Fatal(err)
		}
	}
	is(history.Delivery{State: history.DeliveryWaiting})
	ok(d.s.BeginDelivery(d.ctx(), id))
	is(history.Delivery{State: history.DeliveryWaiting, Begun: 1})
	ok(d.s.EndDelivery(d.ctx(), d.s.DB(), id, history.DeliveryDead, "HTTP 500"))
	is(history.Delivery{State: history.DeliveryDead, Tries: 1, Why: "HTTP 500"})
	d.within(func(tx *sql.Tx) error {
		round, err := d.s.RetryDelivery(d.ctx(), tx, id)
		if round != 1 {
			d.Errorf("round %d, want 1", round)
		}
		return err
	})
	is(history.Delivery{State: history.DeliveryWaiting, Round: 1, Why: "HTTP 500"})
	ok(d.s.EndDelivery(d.ctx(), d.s.DB(), id, history.DeliverySent, ""))
	is(history.Delivery{State: history.DeliverySent, Tries: 1, Round: 1})
	d.within(func(tx *sql.Tx) error {
		if _, err := d.s.RetryDelivery(d.ctx(), tx, id); err == nil {
			d.Error("what was sent is sent again")
		}
		return nil
	})
	if _, err := d.s.Delivery(d.ctx(), "zz"); !errors.Is(err, history.ErrUnknown) {
		d.Errorf("got %v, want that there is none", err)
	}
}

// pages: one after the other, each notice once.
func (d *diary) pages() {
	d.Helper()
	d.within(func(tx *sql.Tx) error {
		for i := range 5 {
			if _, _, err := d.s.AddNotice(d.ctx(), tx, history.Notice{Kind: history.MissedNotice, Series: "s", At: d.now.Add(time.Duration(i/2) * time.Hour)}, fmt.Sprint(i)); err != nil {
				return err
			}
		}
		return nil
	})
	seen := map[string]bool{}
	q := history.NotificationsQuery{Kind: history.MissedNotice, Limit: 2}
	for {
		page, next, err := d.s.Notifications(d.ctx(), q)
		if err != nil {
			d.Fatal(err)
		}
		for _, n := range page {
			if seen[n.ID] {
				d.Errorf("%s is on two pages", n.ID)
			}
			seen[n.ID] = true
		}
		if q.After = next; next == "" {
			break
		}
	}
	if len(seen) != 5 {
		d.Errorf("%d notices are on all pages, want 5", len(seen))
	}
}

// alone: of two that begin at once one runs.
func alone(t *testing.T, at Place) {
	d := open(t, at)
	run := func(hour int) error {
		_, err := d.s.Begin(d.ctx(), history.Run{Series: "s", Started: d.now.Add(time.Duration(hour) * time.Hour), Alone: true})
		return err
	}
	if err := run(0); err != nil {
		t.Fatal(err)
	}
	if err := run(1); !errors.Is(err, history.ErrBusy) {
		t.Errorf("got %v, want that another runs", err)
	}
	if err := run(0); !errors.Is(err, history.ErrThere) {
		t.Errorf("got %v, want that it is there", err)
	}
}
