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
func (s *Store) Changes(ctx context.Context, q ChangesQuery) (ChangesPage, error) {
	if !q.Bounds.Zero() {
		return ChangesPage{}, errNotYet
	}
	id := q.Scan
	if id == "" {
		id = "last"
	}
	r, err := s.Record(ctx, id)
	if err != nil {
		return ChangesPage{}, err
	}
	if !r.Published {
		return ChangesPage{}, fmt.Errorf("scan %s is %s: there is nothing of it to tell", r.ID, r.State)
	}
	where, args := "", []any{r.Version}
	if len(q.Causes) > 0 {
		where, args = " AND c.cause IN "+several(len(q.Causes)), append(args, anys(words(q.Causes))...)
	}
	var out []Change
	err = s.each(ctx, s.read, `SELECT a.root, a.ref, a.kind, r.name, c.was, c.now, c.severity, c.cause FROM change c JOIN asset a ON a.id = c.asset JOIN rule r ON r.id = c.rule
		WHERE c.version = ?`+where+" ORDER BY a.root, a.ref, r.name", args, func(scan func(...any) error) error {
		var c Change
		var was, now, severity int64
		if err := scan(&c.Asset.Root, &c.Asset.ID, &c.Kind, &c.Rule, &was, &now, &severity, &c.Cause); err != nil {
			return err
		}
		c.Was, c.Is, c.Severity = verdictOf(was), verdictOf(now), severityOf(severity)
		out = append(out, c)
		return nil
	})
	return ChangesPage{Rows: out, Total: int64(len(out))}, err
}
