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

// lacking is which assets, rules and needs are asked for.
type lacking struct {
	askedFor
	rule, need string // its name, and its digest; empty: any
}

func (l *look) lacking(ctx context.Context, q UnknownsQuery) (lacking, error) {
	a, err := l.asking(ctx, q.Series, q.Account, q.Framework, q.Bounds)
	if err != nil {
		return lacking{}, err
	}
	out := lacking{askedFor: a, rule: q.Rule}
	if q.Group != "" {
		sum, err := hex.DecodeString(q.Group)
		if err != nil {
			return out, fmt.Errorf("group %q: %w", q.Group, ErrUnknown)
		}
		out.need = string(sum)
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
		groups, unknown, err := l.groups(ctx, q)
		if err != nil {
			return err
		}
		out.Outcomes = unknown
		out.Groups, out.Next = cut(groups[min(p.skip, len(groups)):], p)
		return l.exemplify(ctx, out.Groups)
	})
	return out, err
}

// groups are what would settle the unknown outcomes that a query asks for, by how many, and the unknown outcomes of all of them. Of each
// the first and the last asset are examples.
func (l *look) groups(ctx context.Context, q UnknownsQuery) (out []UnknownGroup, unknown int64, err error) {
	k, err := l.lacking(ctx, q)
	if err != nil {
		return nil, 0, err
	}
	g, c, err := l.chosen(ctx, k.askedFor)
	if err != nil {
		return nil, 0, err
	}
	type among struct {
		n          int64
		one, other int64 // the first and the last asset
	}
	by := make([]among, len(g.profiles))
	profiles := g.outcomes(c, nil, func(b *brief, place int32) {
		if int(place) >= len(by) { // of a store that is seen under several names
			by = append(by, make([]among, int(place)+1-len(by))...)
		}
		a := &by[place]
		if a.n == 0 {
			a.one, a.other = b.asset, b.asset
		}
		a.n, a.one, a.other = a.n+1, min(a.one, b.asset), max(a.other, b.asset)
	})
	found, rules := map[int32]*UnknownGroup{}, map[lack]bool{}
	for i, a := range by {
		if a.n == 0 {
			continue
		}
		unknown += a.n * profiles[i].unknown(k, g)
		here := map[int32]bool{} // needs of the profile
		for _, x := range profiles[i].lacks {
			if !k.wants(g, x) {
				continue
			}
			u := found[x.need]
			if u == nil {
				d := g.needs[x.need]
				u = &UnknownGroup{ID: hex.EncodeToString(d.digest), Settles: settledBy(d.reason), Reason: d.reason, Needs: d.needs, examples: [2]int64{a.one, a.other}}
				found[x.need] = u
			}
			if u.Outcomes += a.n; !here[x.need] {
				here[x.need] = true
				u.Assets += a.n
			}
			if x.series = 0; !rules[x] {
				rules[x] = true
				u.Rules++
			}
			u.examples = [2]int64{min(u.examples[0], a.one), max(u.examples[1], a.other)}
		}
	}
	for _, u := range found {
		out = append(out, *u)
	}
	slices.SortFunc(out, func(a, b UnknownGroup) int {
		return cmp.Or(cmp.Compare(b.Outcomes, a.Outcomes), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Needs, b.Needs))
	})
	return out, unknown, nil
}

// wants reports whether a need is asked for.
func (k lacking) wants(g *gist, x lack) bool {
	return (k.rule == "" || g.rules[x.rule] == k.rule) && (k.only == nil || k.only[x.rule]) && (k.need == "" || string(g.needs[x.need].digest) == k.need)
}

// unknown counts outcomes: where rules or a need are asked for, those that lack it.
func (p profile) unknown(k lacking, g *gist) (n int64) {
	if k.rule == "" && k.only == nil && k.need == "" {
		for _, s := range p.says {
			if verdictOf(int64(s.verdict)) == probity.Unknown {
				n++
			}
		}
		return n
	}
	seen := map[int32]bool{}
	for _, x := range p.lacks {
		if k.wants(g, x) {
			seen[x.rule] = true
		}
	}
	return int64(len(seen))
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

// UnknownRow is one unknown outcome. Series is the one that was the last to look, of those that could not tell.
type UnknownRow struct {
	Asset  AssetRow `json:"asset"`
	Rule   string   `json:"rule"`
	Series string   `json:"series"`
}

// UnknownRows are the unknown outcomes of one group, in the order of assets, of which those come last that are known by several names.
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
		groups, _, err := l.groups(ctx, q)
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
		if out.Rows, ids, err = l.unsettled(ctx, q, p); err != nil {
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

// unsettled are a piece of the unknown outcomes that a query asks for, and the numbers of their assets.
func (l *look) unsettled(ctx context.Context, q UnknownsQuery, p piece) (out []UnknownRow, ids []int64, err error) {
	k, err := l.lacking(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	g, c, err := l.chosen(ctx, k.askedFor)
	if err != nil {
		return nil, nil, err
	}
	series, err := l.seriesOf(ctx, clause{})
	if err != nil {
		return nil, nil, err
	}
	// Which rows a place in the list falls to is known when all profiles are: those of stores with several names come with the walk.
	type found struct {
		asset         int64
		place, series int32
	}
	var rows []found
	profiles := g.outcomes(c, nil, func(b *brief, place int32) { rows = append(rows, found{b.asset, place, b.series}) })
	wanted := make([][]lack, len(profiles))
	for i, of := range profiles {
		for _, x := range of.lacks {
			if k.wants(g, x) {
				wanted[i] = append(wanted[i], x)
			}
		}
		slices.SortFunc(wanted[i], func(a, b lack) int { return cmp.Compare(g.rules[a.rule], g.rules[b.rule]) })
	}
	at := 0
	for _, r := range rows {
		for _, x := range wanted[r.place] {
			if at >= p.skip && len(out) <= p.limit {
				out, ids = append(out, UnknownRow{Rule: g.rules[x.rule], Series: series[int64(cmp.Or(x.series, r.series))]}), append(ids, r.asset)
			}
			at++
		}
	}
	return out, ids, nil
}
