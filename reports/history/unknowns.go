package history

import (
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/probity-scan/probity"
)

// UnknownsQuery says which unknown outcomes are asked for.
type UnknownsQuery struct {
	Rule      string `json:"rule,omitempty"`
	Account   string `json:"account,omitempty"` // provider/account
	Framework string `json:"framework,omitempty"`
	Series    string `json:"series,omitempty"`
	Group     string `json:"group,omitempty"` // ID of one group: for its rows
	After     string `json:"after,omitempty"`
	Limit     int    `json:"limit,omitempty"` // 0: 100
	Bounds    Bounds `json:"-"`
}

// Settles is what would settle an unknown outcome.
type Settles string

// What settles unknown outcomes.
const (
	ByPermission  Settles = "permission"  // whoever scans may read more
	ByDeclaration Settles = "declaration" // somebody says it in probity.yaml
	ByValue       Settles = "value"       // a variable, a plan, a file
	ByReading     Settles = "reading"     // more content, another try, another scan
)

// Values lists what settles unknown outcomes.
func (Settles) Values() []string {
	return []string{string(ByPermission), string(ByDeclaration), string(ByValue), string(ByReading)}
}

// UnknownGroup is unknown outcomes that one thing would settle. Names of stores in what is needed are left out.
type UnknownGroup struct {
	ID       string         `json:"id"`
	Settles  Settles        `json:"settles"`
	Reason   probity.Reason `json:"reason"`
	Needs    string         `json:"needs,omitempty"`
	Outcomes int64          `json:"outcomes"`
	Assets   int64          `json:"assets"`
	Rules    int64          `json:"rules"`
	Examples []AssetRow     `json:"examples"` // some of the assets
	examples [2]int64
}

// Unknowns are groups, those of most outcomes first.
type Unknowns struct {
	Groups   []UnknownGroup `json:"groups"`
	Outcomes int64          `json:"outcomes"` // unknown ones, in all groups; one that needs two things is in two groups
	Next     string         `json:"next,omitempty"`
}

// settledBy says what settles a gap.
func settledBy(r probity.Reason) Settles {
	switch r {
	case probity.Denied, probity.DeniedByOrg, probity.Expired:
		return ByPermission
	case probity.Undeclared:
		return ByDeclaration
	case probity.Computed, probity.Unresolved:
		return ByValue
	}
	return ByReading
}

// lacking is a condition on glances g and on rows n of profile_need.
type lacking struct{ glances, needs clause }

func (l *look) lacking(ctx context.Context, q UnknownsQuery) (lacking, error) {
	a, err := l.asking(ctx, q.Series, q.Account, "", q.Bounds)
	if err != nil {
		return lacking{}, err
	}
	out := lacking{glances: a.glances}
	l.holds(&out.glances, "g")
	out.glances.and("g.seen = 1")
	if q.Rule != "" {
		out.needs.and("n.rule = (SELECT id FROM rule WHERE name = ?)", q.Rule)
	}
	if q.Framework != "" {
		rules, err := l.rulesOf(ctx, q.Framework)
		if err != nil {
			return out, err
		}
		out.needs.numbers("n.rule", rules)
	}
	if q.Group != "" {
		sum, err := hex.DecodeString(q.Group)
		if err != nil {
			return out, fmt.Errorf("group %q: %w", q.Group, ErrUnknown)
		}
		out.needs.and("n.need = (SELECT id FROM need WHERE digest = ?)", sum)
	}
	return out, nil
}

// Unknowns gives unknown outcomes by what would settle them.
func (s *Store) Unknowns(ctx context.Context, q UnknownsQuery) (out Unknowns, err error) {
	p, err := pieceOf(q.After, q.Limit, most)
	if err != nil {
		return out, err
	}
	err = s.looking(ctx, func(l *look) error {
		k, err := l.lacking(ctx, q)
		if err != nil {
			return err
		}
		groups, err := l.groups(ctx, k)
		if err != nil {
			return err
		}
		out.Groups, out.Next = cut(groups[min(p.skip, len(groups)):], p)
		if err := l.exemplify(ctx, out.Groups); err != nil {
			return err
		}
		var unknown clause
		unknown.and("r.verdict = ?", code(probity.Unknown))
		a := askedFor{glances: k.glances, rules: unknown}
		if q.Rule != "" || q.Framework != "" || q.Group != "" {
			a.rules.and("(r.profile, r.rule) IN (SELECT n.profile, n.rule FROM profile_need n WHERE "+k.needs.text()+")", k.needs.args...)
		}
		return l.counting(ctx, "", a, func(_ string, t tally) { out.Outcomes += t.outcomes })
	})
	return out, err
}

// groups are what would settle unknown outcomes, by how many. Of each the first and the last asset are examples.
func (l *look) groups(ctx context.Context, k lacking) ([]UnknownGroup, error) {
	query := `WITH p AS MATERIALIZED (SELECT g.profile, COUNT(*) AS n, MIN(g.asset) AS one, MAX(g.asset) AS other FROM glance g WHERE ` + k.glances.text() + ` GROUP BY g.profile),
		m AS MATERIALIZED (SELECT n.profile, n.need, COUNT(*) AS rules FROM profile_need n WHERE ` + k.needs.text() + ` GROUP BY n.profile, n.need)
		SELECT d.id, d.digest, d.reason, d.needs, x.outcomes, x.assets, x.one, x.other, y.rules FROM
			(SELECT m.need, CAST(SUM(p.n * m.rules) AS BIGINT) AS outcomes, CAST(SUM(p.n) AS BIGINT) AS assets, MIN(p.one) AS one, MAX(p.other) AS other FROM p JOIN m ON m.profile = p.profile GROUP BY m.need) x
			JOIN (SELECT n.need, COUNT(DISTINCT n.rule) AS rules FROM p JOIN profile_need n ON n.profile = p.profile WHERE ` + k.needs.text() + ` GROUP BY n.need) y ON y.need = x.need
			JOIN need d ON d.id = x.need`
	args := append(append(append([]any{}, k.glances.args...), k.needs.args...), k.needs.args...)
	var out []UnknownGroup
	err := l.each(ctx, query, args, func(scan func(...any) error) error {
		var u UnknownGroup
		var id int64
		var sum []byte
		err := scan(&id, &sum, &u.Reason, &u.Needs, &u.Outcomes, &u.Assets, &u.examples[0], &u.examples[1], &u.Rules)
		u.ID, u.Settles = hex.EncodeToString(sum), settledBy(u.Reason)
		out = append(out, u)
		return err
	})
	slices.SortFunc(out, func(a, b UnknownGroup) int {
		return cmp.Or(cmp.Compare(b.Outcomes, a.Outcomes), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Needs, b.Needs))
	})
	return out, err
}

// exemplify fills in the examples of groups.
func (l *look) exemplify(ctx context.Context, groups []UnknownGroup) error {
	var ids []int64
	for _, u := range groups {
		ids = append(ids, u.examples[:]...)
	}
	rows, err := l.rowsOf(ctx, ids)
	for i := range groups {
		u := &groups[i]
		u.Examples = append(u.Examples, rows[u.examples[0]])
		if u.examples[1] != u.examples[0] {
			u.Examples = append(u.Examples, rows[u.examples[1]])
		}
	}
	return err
}

// UnknownRow is one unknown outcome.
type UnknownRow struct {
	Asset  AssetRow `json:"asset"`
	Rule   string   `json:"rule"`
	Series string   `json:"series"`
}

// UnknownRows are the unknown outcomes of one group, in the order of assets.
type UnknownRows struct {
	Group UnknownGroup `json:"group"`
	Rows  []UnknownRow `json:"rows"`
	Next  string       `json:"next,omitempty"`
	Total int64        `json:"total"`
}

// UnknownRows gives those of a group, which the query names.
func (s *Store) UnknownRows(ctx context.Context, q UnknownsQuery) (out UnknownRows, err error) {
	p, err := pieceOf(q.After, q.Limit, most)
	if err != nil {
		return out, err
	}
	err = s.looking(ctx, func(l *look) error {
		k, err := l.lacking(ctx, q)
		if err != nil {
			return err
		}
		groups, err := l.groups(ctx, k)
		if err != nil {
			return err
		}
		if q.Group == "" || len(groups) == 0 {
			return fmt.Errorf("group %q: %w", q.Group, ErrUnknown)
		}
		if err := l.exemplify(ctx, groups); err != nil {
			return err
		}
		out.Group, out.Total = groups[0], groups[0].Outcomes
		var ids []int64
		args := append(append([]any{}, k.glances.args...), k.needs.args...)
		err = l.each(ctx, `SELECT g.asset, r.name, s.name FROM glance g JOIN profile_need n ON n.profile = g.profile JOIN rule r ON r.id = n.rule JOIN series s ON s.id = g.series
			WHERE `+k.glances.text()+" AND "+k.needs.text()+" ORDER BY g.asset, r.name, s.name"+p.sql(), args, func(scan func(...any) error) error {
			var id int64
			var row UnknownRow
			err := scan(&id, &row.Rule, &row.Series)
			out.Rows, ids = append(out.Rows, row), append(ids, id)
			return err
		})
		if err != nil {
			return err
		}
		rows, err := l.rowsOf(ctx, ids)
		for i := range out.Rows {
			out.Rows[i].Asset = rows[ids[i]]
		}
		out.Rows, out.Next = cut(out.Rows, p)
		return err
	})
	return out, err
}
