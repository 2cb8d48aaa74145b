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
		ids, _, err := l.found(ctx, q)
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
