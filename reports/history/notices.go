package history

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/probity-scan/probity/reports/cause"
)

// NoticeKind is what a notice tells of.
type NoticeKind string

// The kinds of notices.
const (
	NewsNotice    NoticeKind = "findings"      // what a scan found that is new, worse, open again or fixed
	FailedNotice  NoticeKind = "failed scan"   // one that came to nothing
	MissedNotice  NoticeKind = "missed scan"   // one that was due, and did not run
	OverdueNotice NoticeKind = "no whole scan" // for two intervals or more
)

// Values lists the kinds.
func (NoticeKind) Values() []string {
	return []string{string(NewsNotice), string(FailedNotice), string(MissedNotice), string(OverdueNotice)}
}

// Tally is what a notice counts. It names no store.
type Tally struct {
	New      int                 `json:"new,omitempty"` // findings
	Worse    int                 `json:"worse,omitempty"`
	Reopened int                 `json:"reopened,omitempty"`
	Fixed    int                 `json:"fixed,omitempty"`
	Others   map[cause.Cause]int `json:"others,omitempty"`    // verdicts that changed for another reason than the estate and its content
	First    bool                `json:"first,omitempty"`     // it is of the first scan of a series
	Stand    int                 `json:"stand,omitempty"`     // findings, of the first scan of a series
	Ticks    int                 `json:"ticks,omitempty"`     // that came without a scan, or a whole one
	Caught   bool                `json:"caught_up,omitempty"` // the last of those ticks is caught up
	Since    time.Time           `json:"since,omitzero"`      // when the last whole scan began
	Why      string              `json:"why,omitempty"`       // in one line
}

// Notice is something that there was to tell.
type Notice struct {
	ID         string     `json:"id"`
	Kind       NoticeKind `json:"kind"`
	Series     string     `json:"schedule"`
	Scan       string     `json:"scan,omitempty"`
	At         time.Time  `json:"at"`
	Tally      Tally      `json:"counts"`
	Deliveries []Delivery `json:"deliveries,omitempty"`
}

// DeliveryState is how far a notice is on its way to a sink.
type DeliveryState string

// The states of deliveries.
const (
	DeliveryWaiting DeliveryState = "waiting"
	DeliverySent    DeliveryState = "sent"
	DeliveryDead    DeliveryState = "given up" // until somebody asks for it again
)

// Values lists the states of deliveries.
func (DeliveryState) Values() []string {
	return []string{string(DeliveryWaiting), string(DeliverySent), string(DeliveryDead)}
}

// Delivery is a notice on its way to a sink.
type Delivery struct {
	ID       string        `json:"id"`
	Notice   string        `json:"-"`
	Sink     string        `json:"sink"`
	State    DeliveryState `json:"state"`
	Tries    int           `json:"tries"`
	Begun    int           `json:"-"`             // sendings whose end nobody knows
	Round    int           `json:"-"`             // how often somebody asked for it again
	Why      string        `json:"why,omitempty"` // it failed last
	Changed  time.Time     `json:"changed"`
	Findings int           `json:"findings"` // that it tells of
	Body     []byte        `json:"-"`
}

// name is an ID made of what it is about, so that what is made twice is there once.
func name(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// Untold are scans that ended and of which nobody was told yet, the oldest first.
func (s *Store) Untold(ctx context.Context) ([]Record, error) {
	return s.records(ctx, "SELECT "+recordColumns+" WHERE s.told = 0 AND s.state <> ? ORDER BY s.started, s.id LIMIT 100", string(Running))
}

// Tell notes, in the caller's transaction, that of a scan it is told now; fresh is false where somebody did before. Who tells at the
// same time waits.
func (s *Store) Tell(ctx context.Context, tx *sql.Tx, scan string) (fresh bool, err error) {
	if s.dialect.numbered {
		if err := s.exec(ctx, tx, "LOCK TABLE told IN SHARE ROW EXCLUSIVE MODE"); err != nil {
			return false, err
		}
	}
	done, err := tx.ExecContext(ctx, s.q("UPDATE scan SET told = 1 WHERE id = ? AND told = 0"), scan)
	if err != nil {
		return false, failed(err)
	}
	n, err := done.RowsAffected()
	return n == 1, failed(err)
}

// AddNotice notes something that there is to tell, in the caller's transaction, and names it by what makes it one of its own. One
// that is there already is not fresh.
func (s *Store) AddNotice(ctx context.Context, tx *sql.Tx, n Notice, of ...string) (id string, fresh bool, err error) {
	counts, err := json.Marshal(n.Tally)
	if err != nil {
		return "", false, fmt.Errorf("history: %w", err)
	}
	id = name(append([]string{string(n.Kind), n.Series, n.Scan}, of...)...)
	done, err := tx.ExecContext(ctx, s.q("INSERT INTO notice (id, kind, series, scan, at, counts) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"), id, string(n.Kind), n.Series, n.Scan, n.At.Unix(), string(counts))
	if err != nil {
		return "", false, failed(err)
	}
	rows, err := done.RowsAffected()
	return id, rows == 1, failed(err)
}

// DeliveryID names what a sink is told of a notice; part tells several of one notice apart.
func DeliveryID(notice, sink, part string) string { return name(notice, sink, part) }

// AddDelivery notes, in the caller's transaction, what a sink is to be told.
func (s *Store) AddDelivery(ctx context.Context, tx *sql.Tx, d Delivery) error {
	return s.exec(ctx, tx, "INSERT INTO delivery (id, notice, sink, state, changed, findings, body) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
		d.ID, d.Notice, d.Sink, string(DeliveryWaiting), s.o.Now().Unix(), d.Findings, d.Body)
}

// TellSink leaves of events to findings those that a sink was not told of, and notes that it is: a finding is told once, and again
// when it is open again, or worse than it was told unless that is to be once for all.
func (s *Store) TellSink(ctx context.Context, tx *sql.Tx, sink string, events []Happened, once bool) ([]Happened, error) {
	var out []Happened
	for at := 0; at < len(events); at += 500 {
		some := events[at:min(at+500, len(events))]
		ids := make([]int64, len(some))
		for i, e := range some {
			ids[i] = e.ID
		}
		told := map[int64]int64{}
		err := s.each(ctx, tx, "SELECT finding, severity FROM told WHERE sink = ? AND finding IN "+several(len(ids)), append([]any{sink}, anys(ids)...), func(scan func(...any) error) error {
			var id, severity int64
			err := scan(&id, &severity)
			told[id] = severity
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, e := range some {
			before, known := told[e.ID]
			if known && e.Event != Reopened && (once || rank(e.Severity) >= before) {
				continue
			}
			if err := s.exec(ctx, tx, "INSERT INTO told (sink, finding, severity) VALUES (?, ?, ?) ON CONFLICT (sink, finding) DO UPDATE SET severity = excluded.severity", sink, e.ID, rank(e.Severity)); err != nil {
				return nil, err
			}
			out = append(out, e)
		}
	}
	return out, nil
}

const deliveryColumns = "id, notice, sink, state, tries, begun, round, why, changed, findings"

func (d *Delivery) scan(row func(...any) error, more ...any) error {
	var changed int64
	err := row(append([]any{&d.ID, &d.Notice, &d.Sink, &d.State, &d.Tries, &d.Begun, &d.Round, &d.Why, &changed, &d.Findings}, more...)...)
	d.Changed = seconds(changed)
	return err
}

// Delivery is one of an ID, or of the beginning of it.
func (s *Store) Delivery(ctx context.Context, id string) (Delivery, error) {
	var found []Delivery
	err := s.each(ctx, s.write, "SELECT "+deliveryColumns+", body FROM delivery WHERE substr(id, 1, ?) = ? ORDER BY id LIMIT 2", []any{len(id), id}, func(scan func(...any) error) error {
		var d Delivery
		err := d.scan(scan, &d.Body)
		found = append(found, d)
		return err
	})
	switch {
	case err != nil:
		return Delivery{}, err
	case len(found) == 0 || id == "":
		return Delivery{}, fmt.Errorf("notification %q: %w", id, ErrUnknown)
	case len(found) > 1:
		return Delivery{}, fmt.Errorf("notification %q: several begin like that: write more of it", id)
	}
	return found[0], nil
}

// BeginDelivery notes that it is being sent, before it is: whoever finds it so later knows that a process died meanwhile.
func (s *Store) BeginDelivery(ctx context.Context, id string) error {
	return s.exec(ctx, s.write, "UPDATE delivery SET begun = begun + 1 WHERE id = ?", id)
}

// EndDelivery notes how a sending ended, in the caller's transaction.
func (s *Store) EndDelivery(ctx context.Context, c Conn, id string, state DeliveryState, why string) error {
	return s.exec(ctx, c, "UPDATE delivery SET state = ?, tries = tries + 1, begun = 0, why = ?, changed = ? WHERE id = ?", string(state), why, s.o.Now().Unix(), id)
}

// RetryDelivery lets one that was given up wait again, in the caller's transaction, and gives the round that it is in now.
func (s *Store) RetryDelivery(ctx context.Context, tx *sql.Tx, id string) (round int, err error) {
	done, err := tx.ExecContext(ctx, s.q("UPDATE delivery SET state = ?, tries = 0, begun = 0, round = round + 1, changed = ? WHERE id = ? AND state = ?"), string(DeliveryWaiting), s.o.Now().Unix(), id, string(DeliveryDead))
	if err != nil {
		return 0, failed(err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return 0, first(failed(err), fmt.Errorf("notification %s is not given up: there is nothing to send again", id))
	}
	err = tx.QueryRowContext(ctx, s.q("SELECT round FROM delivery WHERE id = ?"), id).Scan(&round)
	return round, failed(err)
}

// NotificationsQuery says which notices are asked for, the newest first.
type NotificationsQuery struct {
	Series string
	Sink   string        // told to it
	State  DeliveryState // of a delivery
	Kind   NoticeKind
	After  string // cursor of the page before
	Limit  int    // 0: 100
	Bounds Bounds // who has any sees none: a notice is of a whole scan
}

// Notifications lists notices with their deliveries, and gives the cursor of the next page; empty: there is none.
func (s *Store) Notifications(ctx context.Context, q NotificationsQuery) (out []Notice, next string, err error) {
	if b := q.Bounds; len(b.Accounts)+len(b.Tags)+len(b.Activities) > 0 {
		return nil, "", nil
	}
	if q.Limit <= 0 {
		q.Limit = 100
	}
	where, args := "1 = 1", []any{}
	add := func(condition string, values ...any) { where, args = where+" AND "+condition, append(args, values...) }
	if q.Series != "" {
		add("n.series = ?", q.Series)
	}
	if q.Kind != "" {
		add("n.kind = ?", string(q.Kind))
	}
	if q.Sink != "" {
		add("n.id IN (SELECT notice FROM delivery WHERE sink = ?)", q.Sink)
	}
	if q.State != "" {
		add("n.id IN (SELECT notice FROM delivery WHERE state = ?)", string(q.State))
	}
	if q.After != "" {
		var at int64
		var id string
		if _, err := fmt.Sscanf(q.After, "%d-%s", &at, &id); err != nil {
			return nil, "", fmt.Errorf("page %q: it is none of ours", q.After)
		}
		add("(n.at < ? OR n.at = ? AND n.id < ?)", at, at, id)
	}
	if err := legible(args); err != nil {
		return nil, "", err
	}
	err = s.each(ctx, s.read, "SELECT n.id, n.kind, n.series, n.scan, n.at, n.counts FROM notice n WHERE "+where+fmt.Sprintf(" ORDER BY n.at DESC, n.id DESC LIMIT %d", q.Limit+1), args, func(scan func(...any) error) error {
		var n Notice
		var at int64
		var counts string
		if err := scan(&n.ID, &n.Kind, &n.Series, &n.Scan, &at, &counts); err != nil {
			return err
		}
		n.At = seconds(at)
		out = append(out, n)
		return json.Unmarshal([]byte(counts), &out[len(out)-1].Tally)
	})
	if err != nil {
		return nil, "", err
	}
	if len(out) > q.Limit {
		out = out[:q.Limit]
		last := out[q.Limit-1]
		next = fmt.Sprintf("%d-%s", last.At.Unix(), last.ID)
	}
	return out, next, s.deliveries(ctx, out)
}

// deliveries fills in those of notices.
func (s *Store) deliveries(ctx context.Context, of []Notice) error {
	place, ids := map[string]int{}, make([]string, len(of))
	for i, n := range of {
		place[n.ID], ids[i] = i, n.ID
	}
	for at := 0; at < len(ids); at += 500 {
		some := ids[at:min(at+500, len(ids))]
		err := s.each(ctx, s.read, "SELECT "+deliveryColumns+" FROM delivery WHERE notice IN "+several(len(some))+" ORDER BY sink, id", anys(some), func(scan func(...any) error) error {
			var d Delivery
			err := d.scan(scan)
			n := &of[place[d.Notice]]
			n.Deliveries = append(n.Deliveries, d)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// pruneNotices removes those from before a time, and what sinks were told of findings that are gone.
func (s *Store) pruneNotices(ctx context.Context, before int64) error {
	err := s.remove(ctx, "delivery", "id", "notice IN (SELECT id FROM notice WHERE at < ?)", before)
	if err == nil {
		err = s.remove(ctx, "notice", "id", "at < ?", before)
	}
	if err == nil {
		err = s.remove(ctx, "told", "sink, finding", "finding NOT IN (SELECT id FROM finding)")
	}
	return err
}
