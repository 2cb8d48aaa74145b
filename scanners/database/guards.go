package database

import (
	"context"
	"database/sql"

	"github.com/probity-scan/probity"
)

// guard is one list of what guards a server badly, from statements that may each be refused.
type guard struct {
	items []string
	gap   *probity.Gap
}

func (g *guard) add(item string) { g.items = append(g.items, item) }

// lacks keeps the first gap.
func (g *guard) lacks(gap probity.Gap) {
	if g.gap == nil {
		g.gap = &gap
	}
}

func (g *guard) list(query string) probity.List[string] {
	from := &probity.Origin{Query: query}
	if g.gap != nil {
		return probity.Open(*g.gap, from, g.items...)
	}
	return probity.Whole(from, g.items...)
}

// named reads rows of one text each, which is added to what is told.
func (s *session) named(ctx context.Context, query, needs string, into ...*guard) {
	var found []string
	err := s.read(ctx, query, func(r *sql.Rows) error {
		var name string
		err := r.Scan(&name)
		found = append(found, name)
		return err
	})
	for _, g := range into {
		if err != nil {
			g.lacks(s.refusal(err, needs))
			continue
		}
		g.items = append(g.items, found...)
	}
}

// refusal is the gap of a statement on the catalogue, with the privilege that it takes.
func (s *session) refusal(err error, needs string) probity.Gap {
	g := s.lost(err, "the server's catalogue")
	if g.Reason == probity.Denied {
		g.Needs = needs
	}
	return g
}
