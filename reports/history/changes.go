package history

import (
	"context"
	"fmt"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
)

// Change is a verdict that is another than in the scan before; one of them is empty where there was, or is, none.
type Change struct {
	Asset    probity.Ref      `json:"asset"`
	Kind     probity.Kind     `json:"kind,omitempty"`
	Rule     string           `json:"rule"`
	Was      probity.Verdict  `json:"was,omitempty"`
	Is       probity.Verdict  `json:"is,omitempty"`
	Severity probity.Severity `json:"severity,omitempty"`
	Cause    cause.Cause      `json:"cause"`
}

// ChangesQuery says which changes are asked for, in the order of assets.
type ChangesQuery struct {
	Scan   string        `json:"scan,omitempty"` // as Record takes it; empty: last
	Causes []cause.Cause `json:"causes,omitempty"`
	Rule   string        `json:"rule,omitempty"`
	After  string        `json:"after,omitempty"`
	Limit  int           `json:"limit,omitempty"` // 0: all
	Bounds Bounds        `json:"-"`
}

// ChangesPage is some of the changes of a scan.
type ChangesPage struct {
	Rows  []Change `json:"rows"`
	Next  string   `json:"next,omitempty"`
	Total int64    `json:"total"`
}

// Changes are those of a scan.
func (s *Store) Changes(ctx context.Context, q ChangesQuery) (out ChangesPage, err error) {
	p, err := pieceOf(q.After, q.Limit, 1<<30)
	if err != nil {
		return out, err
	}
	id := q.Scan
	if id == "" {
		id = "last"
	}
	r, err := s.Record(ctx, id)
	if err != nil {
		return out, err
	}
	if !r.Published {
		return out, fmt.Errorf("scan %s is %s: there is nothing of it to tell", r.ID, r.State)
	}
	err = s.looking(ctx, func(l *look) error {
		seen, err := l.bounded(ctx, q.Bounds)
		if err != nil {
			return err
		}
		var c clause
		c.and("c.version = ?", r.Version)
		c.within("a.", seen)
		if len(q.Causes) > 0 {
			c.and("c.cause IN "+several(len(q.Causes)), anys(words(q.Causes))...)
		}
		if q.Rule != "" {
			c.and("c.rule = (SELECT id FROM rule WHERE name = ?)", q.Rule)
		}
		if err := l.one(ctx, "SELECT COUNT(*) FROM change c JOIN asset a ON a.id = c.asset WHERE "+c.text(), c.args, &out.Total); err != nil {
			return err
		}
		err = l.each(ctx, `SELECT a.root, a.ref, a.kind, r.name, c.was, c.now, c.severity, c.cause FROM change c JOIN asset a ON a.id = c.asset JOIN rule r ON r.id = c.rule
			WHERE `+c.text()+" ORDER BY a.root, a.ref, r.name"+p.sql(), c.args, func(scan func(...any) error) error {
			var c Change
			var was, now, severity int64
			err := scan(&c.Asset.Root, &c.Asset.ID, &c.Kind, &c.Rule, &was, &now, &severity, &c.Cause)
			c.Was, c.Is, c.Severity = verdictOf(was), verdictOf(now), severityOf(severity)
			out.Rows = append(out.Rows, c)
			return err
		})
		out.Rows, out.Next = cut(out.Rows, p)
		return err
	})
	return out, err
}
