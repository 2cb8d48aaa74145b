package history

import (
	"context"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
)

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
	Series     string             `json:"series,omitempty"` // that sees or saw it
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
func (s *Store) Findings(ctx context.Context, q FindingsQuery) (out FindingsPage, err error) {
	p, err := pieceOf(q.After, q.Limit, 1000)
	if err != nil {
		return FindingsPage{}, err
	}
	err = s.looking(ctx, func(l *look) error {
		c, err := l.findings(ctx, q)
		if err != nil {
			return err
		}
		// All are looked at once: how many there are is told with each piece.
		ids, err := l.found(ctx, c, q.Sort)
		if err != nil {
			return err
		}
		out.Total = int64(len(ids))
		ids, out.Next = cut(ids[min(p.skip, len(ids)):], p)
		if len(ids) == 0 {
			return nil
		}
		out.Rows, err = l.known(ctx, ids, q.Sort)
		return err
	})
	return out, err
}

// standings is a condition on rows x of standing, with the tables that it speaks of: a, the asset that a finding is shown on, and f.
type standings struct {
	clause
	asset, finding bool
}

func (c *standings) ofFinding(where string, args ...any) {
	c.finding = true
	c.and(where, args...)
}

func (c standings) from() string {
	from := "standing x"
	if c.asset {
		from += " JOIN asset a ON a.id = x.asset"
	}
	if c.finding {
		from += " JOIN finding f ON f.id = x.finding"
	}
	return from
}

// state is what a finding is now: a waiver that was made here holds at once, and one that was withdrawn does not any more. The
// scans that follow say the same. Its places are what stateArgs gives.
func (l *look) state() string {
	if !l.waives {
		return "x.state"
	}
	return state
}

// state where there are waivers.
const state = `CASE WHEN x.state = 1 AND ` + waivedHere + ` THEN 2
	WHEN x.state = 2 AND x.waiver <> 0 AND NOT EXISTS (SELECT 1 FROM waiver w WHERE w.id = x.waiver AND w.withdrawn = 0) AND NOT ` + waivedHere + ` THEN 1 ELSE x.state END`

// waivedHere: it accepts the facts that decide the finding now.
const waivedHere = "EXISTS (SELECT 1 FROM waiver w WHERE w.finding = x.finding AND w.withdrawn = 0 AND w.expires > ? AND (w.digest = '' OR w.digest = x.digest))"

// stateArgs are the values of the places in state.
func (l *look) stateArgs() []any {
	if !l.waives {
		return nil
	}
	now := l.s.o.Now().Unix()
	return []any{now, now}
}

// findings is the condition that a query comes to.
func (l *look) findings(ctx context.Context, q FindingsQuery) (standings, error) {
	var c standings
	l.holds(&c.clause, "x")
	states := q.States
	if len(states) == 0 {
		states = []Standing{Open}
	}
	if len(states) < len(Standing("").Values()) {
		c.and("("+l.state()+") IN "+several(len(states)), l.stateArgs()...)
		for _, st := range states {
			c.args = append(c.args, numberOf(st))
		}
	}
	v, err := l.bounded(ctx, q.Bounds)
	if err != nil {
		return c, err
	}
	v.cohorts.account(q.Account)
	if q.Owner != "" {
		v.cohorts.and("owner = ?", q.Owner)
	}
	if q.Activity != "" {
		v.serving(q.Activity)
	}
	if !v.zero() {
		var seen clause
		seen.within("", v)
		c.and("x.asset IN (SELECT id FROM asset WHERE "+seen.text()+")", seen.args...)
	}
	if len(q.Severities) > 0 {
		ranks := make([]int64, len(q.Severities))
		for i, s := range q.Severities {
			ranks[i] = rank(s)
		}
		c.numbers("x.severity", ranks)
	}
	if q.Rule != "" {
		c.ofFinding("f.rule = (SELECT id FROM rule WHERE name = ?)", q.Rule)
	}
	if q.Framework != "" {
		rules, err := l.rulesOf(ctx, q.Framework)
		if err != nil {
			return c, err
		}
		c.finding = true
		c.numbers("f.rule", rules)
	}
	if q.Asset != nil {
		key := refKey(*q.Asset)
		c.ofFinding("f.asset = (SELECT life FROM asset WHERE key = ?)", key[:])
	}
	if q.Category != "" {
		var g clause
		l.holds(&g, "g")
		g.and("g.content IN (SELECT content FROM content_label WHERE category = ?)", string(q.Category))
		c.and("x.asset IN (SELECT g.asset FROM glance g WHERE "+g.text()+")", g.args...)
	}
	if q.Series != "" {
		c.and("x.finding IN (SELECT g.finding FROM sighting g WHERE g.series = (SELECT id FROM series WHERE name = ?) AND g.seen = 1 AND g.since <= ?)", q.Series, l.version)
	}
	if q.Text != "" {
		t := like(q.Text)
		c.asset, c.finding = true, true
		c.and("("+l.contains("x.message")+" OR "+l.contains("a.ref")+" OR f.rule IN (SELECT id FROM rule WHERE "+l.contains("name")+"))", t, t, t)
	}
	if !q.Changed.IsZero() {
		c.and("x.since IN (SELECT version FROM scan WHERE started >= ?)", q.Changed.Unix())
	}
	if len(q.Causes) > 0 {
		c.and("x.cause IN "+several(len(q.Causes)), anys(words(q.Causes))...)
	}
	if len(q.Events) > 0 {
		c.and("x.event IN "+several(len(q.Events)), anys(words(q.Events))...)
	}
	return c, nil
}

// order is that of findings, of rows x and f.
func (by FindingsSort) order() string {
	switch by {
	case ByNewest:
		return "x.since DESC, x.severity, x.finding"
	case ByOldest:
		return "f.since, x.severity, x.finding"
	}
	return "x.severity, x.since DESC, x.finding"
}

// found are the numbers of the findings that a condition asks for, in their order.
func (l *look) found(ctx context.Context, c standings, by FindingsSort) ([]int64, error) {
	c.finding = c.finding || by == ByOldest
	var ids []int64
	err := l.each(ctx, "SELECT x.finding FROM "+c.from()+" WHERE "+c.text()+" ORDER BY "+by.order(), c.args, func(scan func(...any) error) error {
		ids = append(ids, 0)
		return scan(&ids[len(ids)-1])
	})
	return ids, err
}

// known reads findings by their numbers, some thousand at a time.
func (l *look) known(ctx context.Context, ids []int64, by FindingsSort) ([]Known, error) {
	var out []Known
	for at := 0; at < len(ids); at += 5000 {
		some, err := l.knownSome(ctx, ids[at:min(at+5000, len(ids))], by)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

func (l *look) knownSome(ctx context.Context, ids []int64, by FindingsSort) ([]Known, error) {
	var c clause
	l.holds(&c, "x")
	c.numbers("x.finding", ids)
	query := `SELECT f.id, x.fingerprint, r.name, a.root, a.ref, a.kind, a.class, a.provider, a.account, a.region, f.fact, f.element, ` + l.state() + `, x.severity, x.message, x.owner, x.lapses, x.event, x.cause, b.started, c.started
		FROM standing x JOIN finding f ON f.id = x.finding JOIN rule r ON r.id = f.rule JOIN asset a ON a.id = x.asset JOIN scan b ON b.version = f.since JOIN scan c ON c.version = x.since WHERE ` + c.text() + " ORDER BY " + by.order()
	var out []Known
	err := l.each(ctx, query, append(l.stateArgs(), c.args...), func(scan func(...any) error) error {
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
	if err := l.accepted(ctx, out); err != nil {
		return nil, err
	}
	return out, l.lastSeen(ctx, out)
}

// states counts findings by what they are now, and those that are open by severity.
func (l *look) states(ctx context.Context, q PostureQuery, into *Posture) error {
	c, err := l.findings(ctx, FindingsQuery{States: []Standing{Open, Waived, Unseen, Fixed}, Account: q.Account, Framework: q.Framework, Series: q.Series, Bounds: q.Bounds})
	if err != nil {
		return err
	}
	return l.each(ctx, "SELECT stands, severity, COUNT(*) FROM (SELECT "+l.state()+" AS stands, x.severity AS severity FROM "+c.from()+" WHERE "+c.text()+") s GROUP BY stands, severity", append(l.stateArgs(), c.args...), func(scan func(...any) error) error {
		var stands, severity, n int64
		err := scan(&stands, &severity, &n)
		into.States[standingOf(stands)] += n
		if standingOf(stands) == Open {
			into.Open[severityOf(severity)] += n
		}
		return err
	})
}
