package history

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/probity-scan/probity"
)

// AssetsQuery says which assets are asked for, in the order of their IDs. Those that are gone are not listed.
type AssetsQuery struct {
	Text     string           `json:"text,omitempty"` // in ID or name, in any case
	Class    probity.Class    `json:"class,omitempty"`
	Kind     probity.Kind     `json:"kind,omitempty"`
	Account  string           `json:"account,omitempty"` // provider/account
	Region   string           `json:"region,omitempty"`
	Country  string           `json:"country,omitempty"`
	Category probity.Category `json:"category,omitempty"` // of personal data that was found in it
	Detector string           `json:"detector,omitempty"`
	Activity string           `json:"activity,omitempty"`
	Owner    string           `json:"owner,omitempty"`
	Tag      string           `json:"tag,omitempty"`      // key=value, or key
	Failing  bool             `json:"failing,omitempty"`  // with a finding that stands
	Personal bool             `json:"personal,omitempty"` // with personal data
	Series   string           `json:"series,omitempty"`
	After    string           `json:"after,omitempty"`
	Limit    int              `json:"limit,omitempty"` // 0: 100
	Bounds   Bounds           `json:"-"`
}

// AssetRow is an asset in a list.
type AssetRow struct {
	Asset      probity.Ref        `json:"asset"`
	Name       string             `json:"name,omitempty"`
	Kind       probity.Kind       `json:"kind,omitempty"`
	Class      probity.Class      `json:"class,omitempty"`
	Scope      probity.Scope      `json:"scope,omitzero"`
	Country    string             `json:"country,omitempty"`
	Owner      string             `json:"owner,omitempty"`
	Categories []probity.Category `json:"categories,omitempty"` // of personal data that was found in it
	Severity   probity.Severity   `json:"severity,omitempty"`   // of its worst finding that stands
	Failing    int64              `json:"failing"`              // outcomes
	Unknown    int64              `json:"unknown"`
	Seen       bool               `json:"seen"` // by the newest scan that asked for it
}

// AssetsPage is some of a list.
type AssetsPage struct {
	Rows  []AssetRow `json:"rows"`
	Next  string     `json:"next,omitempty"` // for After; empty: there is no more
	Total int64      `json:"total"`
}

// glances is the condition on rows g of glance that a query comes to; of assets a it speaks where there is a text.
func (l *look) glances(ctx context.Context, q AssetsQuery) (clause, error) {
	var c clause
	v, err := l.bounded(ctx, q.Bounds)
	if err != nil {
		return c, err
	}
	v.cohorts.account(q.Account)
	for _, x := range []struct{ column, is string }{{"class", string(q.Class)}, {"kind", string(q.Kind)}, {"region", q.Region}, {"country", q.Country}, {"owner", q.Owner}} {
		if x.is != "" {
			v.cohorts.and(x.column+" = ?", x.is)
		}
	}
	if q.Activity != "" {
		v.serving(q.Activity)
	}
	if q.Tag != "" {
		key, value, some := strings.Cut(q.Tag, "=")
		if some {
			v.tagged(key, value)
		} else {
			v.tagged(key)
		}
	}
	l.holds(&c, "g")
	c.within("g.", v)
	var labels clause
	if q.Category != "" {
		labels.and("category = ?", string(q.Category))
	}
	if q.Detector != "" {
		labels.and("detector = ?", q.Detector)
	}
	switch {
	case labels.where != "":
		c.and("g.content IN (SELECT content FROM content_label WHERE "+labels.where+")", labels.args...)
	case q.Personal:
		c.and("g.content > 0")
	}
	if q.Failing {
		c.and("g.profile IN (SELECT id FROM profile WHERE failing > 0)")
	}
	if q.Series != "" {
		c.and("g.series = (SELECT id FROM series WHERE name = ?)", q.Series)
	}
	return c, nil
}

// dense is from how many assets on a list is walked in its order, and not sorted.
const dense = 2000

// Assets lists assets.
func (s *Store) Assets(ctx context.Context, q AssetsQuery) (out AssetsPage, err error) {
	p, err := pieceOf(q.After, q.Limit, most)
	if err != nil {
		return out, err
	}
	err = s.looking(ctx, func(l *look) error {
		c, err := l.glances(ctx, q)
		if err != nil {
			return err
		}
		ids, err := l.listed(ctx, c, q.Text, p, &out.Total)
		if err != nil {
			return err
		}
		ids, out.Next = cut(ids, p)
		rows, err := l.rowsOf(ctx, ids)
		for _, id := range ids {
			out.Rows = append(out.Rows, rows[id])
		}
		return err
	})
	return out, err
}

// listed are the numbers of a piece of the assets that a condition on glances asks for, in their order, and how many there are in all.
func (l *look) listed(ctx context.Context, c clause, text string, p piece, total *int64) ([]int64, error) {
	var ids []int64
	number := func(scan func(...any) error) error {
		ids = append(ids, 0)
		return scan(&ids[len(ids)-1])
	}
	if text != "" { // few have it, and all are looked at once: in the order of the list
		query := "SELECT a.id FROM asset a WHERE (" + l.contains("a.ref") + " OR " + l.contains("a.name") + ") AND EXISTS (SELECT 1 FROM glance g WHERE g.asset = a.id AND " + c.text() + ") ORDER BY a.root, a.ref"
		if err := l.each(ctx, query, append([]any{like(text), like(text)}, c.args...), number); err != nil {
			return nil, err
		}
		*total = int64(len(ids))
		ids = ids[min(p.skip, len(ids)):]
		return ids[:min(p.limit+1, len(ids))], nil
	}
	if err := l.one(ctx, "SELECT COUNT(DISTINCT g.asset) FROM glance g WHERE "+c.text(), c.args, total); err != nil || *total == 0 {
		return nil, err
	}
	among := "a.id IN (SELECT g.asset FROM glance g WHERE " + c.text() + ")"
	if *total > dense {
		among = "EXISTS (SELECT 1 FROM glance g WHERE g.asset = a.id AND " + c.text() + ")"
	}
	err := l.each(ctx, "SELECT a.id FROM asset a WHERE "+among+" ORDER BY a.root, a.ref"+p.sql(), c.args, number)
	return ids, err
}

// rowsOf are assets as lists show them, by number.
func (l *look) rowsOf(ctx context.Context, ids []int64) (map[int64]AssetRow, error) {
	out := map[int64]AssetRow{}
	ids = slices.Clone(ids)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	for at := 0; at < len(ids); at += 500 {
		if err := l.rowsOfSome(ctx, ids[at:min(at+500, len(ids))], out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (l *look) rowsOfSome(ctx context.Context, ids []int64, out map[int64]AssetRow) error {
	err := l.each(ctx, `SELECT a.id, a.root, a.ref, a.name, a.kind, a.class, a.provider, a.account, a.region, COALESCE(c.country, ''), COALESCE(c.owner, '') FROM asset a LEFT JOIN cohort c ON c.id = a.cohort
		WHERE a.id IN `+several(len(ids)), anys(ids), func(scan func(...any) error) error {
		var id int64
		var r AssetRow
		err := scan(&id, &r.Asset.Root, &r.Asset.ID, &r.Name, &r.Kind, &r.Class, &r.Scope.Provider, &r.Scope.Account, &r.Scope.Region, &r.Country, &r.Owner)
		out[id] = r
		return err
	})
	if err != nil {
		return err
	}
	var c clause
	l.holds(&c, "g")
	c.numbers("g.asset", ids)
	contents := map[int64][]int64{}
	err = l.each(ctx, "SELECT g.asset, g.seen, g.content, COALESCE(p.severity, 0), COALESCE(p.failing, 0), COALESCE(p.unknown, 0) FROM glance g LEFT JOIN profile p ON p.id = g.profile WHERE "+c.text(), c.args, func(scan func(...any) error) error {
		var id, content, severity, failing, unknown int64
		var seen bool
		if err := scan(&id, &seen, &content, &severity, &failing, &unknown); err != nil {
			return err
		}
		// Of several series each may have asked other rules: what is worst is told.
		r := out[id]
		r.Seen = r.Seen || seen
		if was := rank(r.Severity); severity > 0 && (was == 0 || severity < was) {
			r.Severity = severityOf(severity)
		}
		r.Failing, r.Unknown = max(r.Failing, failing), max(r.Unknown, unknown)
		out[id] = r
		if content > 0 {
			contents[content] = append(contents[content], id)
		}
		return nil
	})
	if err != nil || len(contents) == 0 {
		return err
	}
	var in clause
	for id := range contents {
		in.args = append(in.args, id)
	}
	return l.each(ctx, "SELECT DISTINCT content, category FROM content_label WHERE content IN "+several(len(in.args))+" ORDER BY category", in.args, func(scan func(...any) error) error {
		var content int64
		var category probity.Category
		if err := scan(&content, &category); err != nil {
			return err
		}
		for _, id := range contents[content] {
			r := out[id]
			if !slices.Contains(r.Categories, category) {
				r.Categories = append(r.Categories, category)
			}
			out[id] = r
		}
		return nil
	})
}

// AssetPage is all that is known of one asset.
type AssetPage struct {
	Row      AssetRow          `json:"row"`
	Asset    probity.Asset     `json:"facts"`            // by the newest scan that saw it; its facts may be missing where it is known by outcomes alone
	Series   []AssetSeen       `json:"series"`           // who saw it, the newest first
	Outcomes []probity.Outcome `json:"outcomes"`         // of the newest scan that saw it
	Findings []Known           `json:"findings"`         // all that it has or had, the worst first
	Links    []AssetLink       `json:"links,omitempty"`  // from it
	Linked   []AssetLink       `json:"linked,omitempty"` // to it: copies, replicas, what reads from it
	Hidden   int               `json:"hidden,omitempty"` // links from it to what the viewer may not see
	Moments  []AssetMoment     `json:"moments"`          // the newest first
}

// AssetSeen is what a series knows of an asset.
type AssetSeen struct {
	Series string    `json:"series"`
	Scan   string    `json:"scan"` // the newest that saw it
	At     time.Time `json:"at"`
	Seen   bool      `json:"seen"` // its newest scan did; else: it cannot tell, or the asset is gone
	Gone   bool      `json:"gone,omitempty"`
}

// AssetLink is a link from one asset to another.
type AssetLink struct {
	Kind  probity.LinkKind `json:"kind"`
	Asset AssetRow         `json:"asset"` // at the other end
}

// AssetMoment is a time at which what is known of an asset changed.
type AssetMoment struct {
	At       time.Time `json:"at"`
	Scan     string    `json:"scan"`
	Series   string    `json:"series"`
	Appeared bool      `json:"appeared,omitempty"`
	Lost     bool      `json:"lost,omitempty"` // the scan could not tell
	Gone     bool      `json:"gone,omitempty"`
	Facts    bool      `json:"facts,omitempty"`  // they are others
	Labels   bool      `json:"labels,omitempty"` // they are others
	Outcomes bool      `json:"outcomes,omitempty"`
}
