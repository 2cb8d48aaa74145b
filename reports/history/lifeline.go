package history

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
)

// Known is a finding as a list of them shows it.
type Known struct {
	ID          int64            `json:"-"`
	Fingerprint string           `json:"fingerprint"` // as the newest scan that saw it has it
	Rule        string           `json:"rule"`
	Asset       probity.Ref      `json:"asset"`
	Kind        probity.Kind     `json:"kind,omitempty"`
	Class       probity.Class    `json:"class,omitempty"`
	Scope       probity.Scope    `json:"scope,omitzero"`
	Fact        probity.Path     `json:"fact"`
	Element     string           `json:"element,omitempty"`
	State       Standing         `json:"state"`
	Severity    probity.Severity `json:"severity,omitempty"`
	Message     string           `json:"message"`
	Owner       string           `json:"owner,omitempty"` // of its waiver
	Lapses      time.Time        `json:"lapses,omitzero"` // when its waiver does
	FirstSeen   time.Time        `json:"first_seen"`      //
	LastSeen    time.Time        `json:"last_seen"`       // when the newest scan began that saw it
	Changed     time.Time        `json:"changed"`         // when the newest event was seen
	Event       Event            `json:"event"`           // the newest
	Cause       cause.Cause      `json:"cause,omitempty"` // of it; empty: the first scan of its series
}

// Moment is one event of a finding's life.
type Moment struct {
	At       time.Time        `json:"at"`
	Scan     string           `json:"scan"`
	Series   string           `json:"series"`
	Event    Event            `json:"event"`
	Cause    cause.Cause      `json:"cause,omitempty"`
	State    Standing         `json:"state"`
	Severity probity.Severity `json:"severity,omitempty"`
	Asset    probity.Ref      `json:"asset"`
	Message  string           `json:"message"`
	Owner    string           `json:"owner,omitempty"`
	Lapses   time.Time        `json:"lapses,omitzero"`
}

// Life is a finding with all that happened to it, the oldest first.
type Life struct {
	Known
	Moments []Moment         `json:"moments"`
	Seen    *probity.Finding `json:"seen,omitempty"`    // as the newest scan that saw it told it
	Outcome *probity.Outcome `json:"outcome,omitempty"` // that it belongs to, with evidence
	Of      *probity.Rule    `json:"of,omitempty"`      // its rule, as of that scan
	Waivers []Waiver         `json:"waivers,omitempty"` // made here, the newest first
}

// Life gives a finding by its fingerprint, or the beginning of it: by any that it ever had. One outside of the
// bounds is unknown.
func (s *Store) Life(ctx context.Context, fingerprint string, b Bounds) (Life, error) {
	if !b.Zero() {
		return Life{}, errNotYet
	}
	version, err := s.published(ctx)
	if err != nil {
		return Life{}, err
	}
	var ids []int64
	err = s.each(ctx, s.read, "SELECT DISTINCT n.finding FROM finding_name n JOIN finding f ON f.id = n.finding WHERE substr(n.fingerprint, 1, ?) = ? AND f.since <= ? LIMIT 2",
		[]any{len(fingerprint), fingerprint, version}, func(scan func(...any) error) error {
			ids = append(ids, 0)
			return scan(&ids[len(ids)-1])
		})
	switch {
	case err != nil:
		return Life{}, err
	case len(ids) == 0:
		return Life{}, fmt.Errorf("finding %q: %w", fingerprint, ErrUnknown)
	case len(ids) > 1:
		return Life{}, fmt.Errorf("finding %q: several begin like that: write more of it", fingerprint)
	}
	known, err := s.known(ctx, version, "x.finding = ?", "", ids[0])
	if err != nil || len(known) == 0 {
		return Life{}, fmt.Errorf("finding %q: %w", fingerprint, first(err, ErrUnknown))
	}
	out := Life{Known: known[0]}
	err = s.each(ctx, s.read, `SELECT c.started, c.id, r.name, x.event, x.cause, x.state, x.severity, a.root, a.ref, x.message, x.owner, x.lapses
		FROM standing x JOIN scan c ON c.version = x.since JOIN series r ON r.id = c.series JOIN asset a ON a.id = x.asset
		WHERE x.finding = ? AND x.since <= ? ORDER BY x.since`, []any{ids[0], version}, func(scan func(...any) error) error {
		var m Moment
		var at, state, severity, lapses int64
		if err := scan(&at, &m.Scan, &m.Series, &m.Event, &m.Cause, &state, &severity, &m.Asset.Root, &m.Asset.ID, &m.Message, &m.Owner, &lapses); err != nil {
			return err
		}
		m.At, m.State, m.Severity, m.Lapses = seconds(at), standingOf(state), severityOf(severity), seconds(lapses)
		out.Moments = append(out.Moments, m)
		return nil
	})
	return out, err
}

// FindingsQuery says which findings are asked for.
type FindingsQuery struct {
	States     []Standing         `json:"states,omitempty"` // none: open ones
	Severities []probity.Severity `json:"severities,omitempty"`
	Rule       string             `json:"rule,omitempty"`
	Asset      *probity.Ref       `json:"asset,omitempty"`
	Account    string             `json:"account,omitempty"` // provider/account
	Framework  string             `json:"framework,omitempty"`
	Category   probity.Category   `json:"category,omitempty"` // of personal data in the asset
	Owner      string             `json:"owner,omitempty"`    // of the asset
	Activity   string             `json:"activity,omitempty"`
	Series     string             `json:"series,omitempty"` // that sees it
	Text       string             `json:"text,omitempty"`   // in message, rule, or ID of the asset, in any case
	Changed    time.Time          `json:"changed,omitzero"` // events from then on alone; zero: any
	Causes     []cause.Cause      `json:"causes,omitempty"`
	Events     []Event            `json:"events,omitempty"` // the newest of the finding
	Sort       FindingsSort       `json:"sort,omitempty"`
	After      string             `json:"after,omitempty"` // what Next was
	Limit      int                `json:"limit,omitempty"` // 0: 1000
	Bounds     Bounds             `json:"-"`
}

// FindingsSort is an order of findings.
type FindingsSort string

// The orders of findings.
const (
	ByWorst  FindingsSort = "worst"  // then the newest; the default
	ByNewest FindingsSort = "newest" // to which something happened last
	ByOldest FindingsSort = "oldest" // first seen
)

// Values lists the orders.
func (FindingsSort) Values() []string {
	return []string{string(ByWorst), string(ByNewest), string(ByOldest)}
}

// FindingsPage is some of a list.
type FindingsPage struct {
	Rows  []Known `json:"rows"`
	Next  string  `json:"next,omitempty"` // for After; empty: there is no more
	Total int64   `json:"total"`
}

// Findings lists findings.
func (s *Store) Findings(ctx context.Context, q FindingsQuery) (FindingsPage, error) {
	if !q.Bounds.Zero() {
		return FindingsPage{}, errNotYet
	}
	version, err := s.published(ctx)
	if err != nil {
		return FindingsPage{}, err
	}
	states := q.States
	if len(states) == 0 {
		states = []Standing{Open}
	}
	var numbers []int64
	for _, st := range states {
		numbers = append(numbers, numberOf(st))
	}
	where, args := "x.state IN "+several(len(numbers)), anys(numbers)
	if q.Rule != "" {
		where, args = where+" AND x.finding IN (SELECT id FROM finding WHERE rule = (SELECT id FROM rule WHERE name = ?))", append(args, q.Rule)
	}
	if q.Asset != nil {
		key := refKey(*q.Asset)
		where, args = where+" AND x.finding IN (SELECT id FROM finding WHERE asset = (SELECT life FROM asset WHERE key = ?))", append(args, key[:])
	}
	if q.Account != "" {
		provider, account, _ := strings.Cut(q.Account, "/")
		where, args = where+" AND x.asset IN (SELECT id FROM asset WHERE provider = ? AND account = ?)", append(args, provider, account)
	}
	if !q.Changed.IsZero() {
		where, args = where+" AND x.since IN (SELECT version FROM scan WHERE started >= ?)", append(args, q.Changed.Unix())
	}
	if len(q.Causes) > 0 {
		where, args = where+" AND x.cause IN "+several(len(q.Causes)), append(args, anys(words(q.Causes))...)
	}
	limit := q.Limit
	if limit == 0 {
		limit = 1000
	}
	rows, err := s.known(ctx, version, where, fmt.Sprintf("ORDER BY x.severity, x.since DESC, x.finding LIMIT %d", limit), args...)
	return FindingsPage{Rows: rows, Total: int64(len(rows))}, err
}

// known reads findings as of a version; where and order speak of rows x of standing alone, so that what is not asked for is not joined. When one was seen last is worked out for those alone that are asked for.
func (s *Store) known(ctx context.Context, version int64, where, order string, args ...any) ([]Known, error) {
	var out []Known
	query := `SELECT f.id, x.fingerprint, r.name, a.root, a.ref, a.kind, a.class, a.provider, a.account, a.region, f.fact, f.element, x.state, x.severity, x.message, x.owner, x.lapses, x.event, x.cause,
		b.started, c.started FROM (SELECT x.* FROM standing x WHERE x.since <= ? AND (x.until IS NULL OR x.until > ?) AND ` + where + " " + order + `) x JOIN finding f ON f.id = x.finding JOIN rule r ON r.id = f.rule JOIN asset a ON a.id = x.asset JOIN scan b ON b.version = f.since JOIN scan c ON c.version = x.since
		ORDER BY x.severity, x.since DESC, x.finding`
	err := s.each(ctx, s.read, query, append([]any{version, version}, args...), func(scan func(...any) error) error {
		var k Known
		var state, severity, lapses, firstSeen, changed int64
		err := scan(&k.ID, &k.Fingerprint, &k.Rule, &k.Asset.Root, &k.Asset.ID, &k.Kind, &k.Class, &k.Scope.Provider, &k.Scope.Account, &k.Scope.Region, &k.Fact, &k.Element, &state, &severity, &k.Message,
			&k.Owner, &lapses, &k.Event, &k.Cause, &firstSeen, &changed)
		k.State, k.Severity, k.Lapses, k.FirstSeen, k.Changed = standingOf(state), severityOf(severity), seconds(lapses), seconds(firstSeen), seconds(changed)
		out = append(out, k)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, s.lastSeen(ctx, version, out)
}

// lastSeen fills in when findings were seen last: by the newest scan of a series that goes on seeing it, or the last before one
// that did not.
func (s *Store) lastSeen(ctx context.Context, version int64, of []Known) error {
	place := map[int64]int{}
	var ids []int64
	for i, k := range of {
		place[k.ID] = i
		ids = append(ids, k.ID)
	}
	for at := 0; at < len(ids); at += 500 {
		some := ids[at:min(at+500, len(ids))]
		args := append([]any{version, version}, anys(some)...)
		err := s.each(ctx, s.read, `SELECT g.finding, (SELECT MAX(c.started) FROM scan c WHERE c.published = 1 AND c.series = g.series AND c.version >= g.since AND c.version <= ? AND (g.until IS NULL OR c.version < g.until))
			FROM sighting g WHERE g.seen = 1 AND g.since <= ? AND g.finding IN `+several(len(some)), args, func(scan func(...any) error) error {
			var id int64
			var at *int64
			if err := scan(&id, &at); err != nil {
				return err
			}
			if k := &of[place[id]]; at != nil && seconds(*at).After(k.LastSeen) {
				k.LastSeen = seconds(*at)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func standingOf(number int64) Standing {
	if all := Standing("").Values(); number >= 1 && number <= int64(len(all)) {
		return Standing(all[number-1])
	}
	return ""
}

func numberOf(s Standing) int64 {
	for i, v := range s.Values() {
		if v == string(s) {
			return int64(i + 1)
		}
	}
	return 0
}

func words[T ~string](in []T) []string {
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = string(s)
	}
	return out
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
