package history

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/probity-scan/probity"
)

// mostFindings is how many findings are told of one asset, the worst first.
const mostFindings = 1000

// mostMoments is how many times of change are told of one asset.
const mostMoments = 200

// Asset gives one asset. One outside of the bounds is unknown.
func (s *Store) Asset(ctx context.Context, ref probity.Ref, b Bounds) (out AssetPage, err error) {
	err = s.looking(ctx, func(l *look) error {
		v, err := l.veil(ctx, b)
		if err != nil {
			return err
		}
		key := refKey(ref)
		var c clause
		c.and("key = ?", key[:])
		c.within("", v.view)
		var id int64
		if err := l.one(ctx, "SELECT id FROM asset WHERE "+c.text(), c.args, &id); err != nil {
			return fmt.Errorf("store %q: %w", ref.ID, err)
		}
		rows, err := l.rowsOf(ctx, []int64{id})
		if err != nil {
			return err
		}
		out.Row = rows[id]
		if err := l.spansOf(ctx, id, ref, v, &out); err != nil {
			return err
		}
		if len(out.Series) == 0 { // a name that something points at
			return fmt.Errorf("store %q: %w", ref.ID, ErrUnknown)
		}
		if err := l.links(ctx, id, key, v, &out); err != nil {
			return err
		}
		var on clause
		l.holds(&on, "x")
		on.and("x.asset = ?", id)
		var ids []int64
		err = l.each(ctx, "SELECT x.finding FROM standing x WHERE "+on.text()+" ORDER BY "+ByWorst.order(), on.args, func(scan func(...any) error) error {
			ids = append(ids, 0)
			return scan(&ids[len(ids)-1])
		})
		if err == nil && len(ids) > 0 {
			out.Findings, err = l.known(ctx, ids[:min(len(ids), mostFindings)], ByWorst)
		}
		return err
	})
	return out, err
}

// spanRow is a row of span as the page of an asset tells of it.
type spanRow struct {
	series                  int64
	name                    string
	since                   int64
	until                   int64 // 0: it holds
	seen                    bool
	facts, labels, outcomes []byte
}

// spansOf tells what series know of an asset, from when to when, and reads what the newest of them that saw it found.
func (l *look) spansOf(ctx context.Context, id int64, ref probity.Ref, v *veil, out *AssetPage) error {
	var rows []spanRow
	err := l.each(ctx, `SELECT p.series, r.name, p.since, COALESCE(p.until, 0), p.seen, p.facts, p.labels, p.outcomes FROM span p JOIN series r ON r.id = p.series
		WHERE p.asset = ? AND p.since <= ? ORDER BY p.series, p.since`, []any{id, l.version}, func(scan func(...any) error) error {
		var r spanRow
		err := scan(&r.series, &r.name, &r.since, &r.until, &r.seen, &r.facts, &r.labels, &r.outcomes)
		if r.until > l.version {
			r.until = 0
		}
		rows = append(rows, r)
		return err
	})
	if err != nil || len(rows) == 0 {
		return err
	}
	scans, err := l.scansOf(ctx, askedFor{})
	if err != nil {
		return err
	}
	byVersion := map[int64]PostureScan{}
	for _, x := range scans {
		byVersion[x.version] = x
	}
	var moments []momentAt
	for i, r := range rows {
		var before, after *spanRow
		if i > 0 && rows[i-1].series == r.series {
			before = &rows[i-1]
		}
		if i+1 < len(rows) && rows[i+1].series == r.series {
			after = &rows[i+1]
		}
		moments = append(moments, momentsOf(r, before, after, byVersion)...)
		if after == nil {
			out.Series = append(out.Series, seenBy(r, before, scans))
		}
	}
	slices.SortStableFunc(moments, func(a, b momentAt) int { return cmp.Compare(b.version, a.version) })
	for _, m := range moments[:min(len(moments), mostMoments)] {
		out.Moments = append(out.Moments, m.AssetMoment)
	}
	slices.SortStableFunc(out.Series, func(a, b AssetSeen) int {
		return cmp.Or(cmp.Compare(number(b.Seen), number(a.Seen)), b.At.Compare(a.At), cmp.Compare(a.Series, b.Series))
	})
	return l.bodyOf(ctx, id, ref, v, out)
}

// momentAt is one with the version by which moments are sorted.
type momentAt struct {
	AssetMoment
	version int64
}

// momentsOf is what happened where a row of span begins, and where the asset was gone at its end.
func momentsOf(r spanRow, before, after *spanRow, scans map[int64]PostureScan) []momentAt {
	at := func(version int64) momentAt {
		x := scans[version] // of a scan whose details are gone, nothing but that it changed
		return momentAt{AssetMoment{At: x.Started, Scan: x.Scan, Series: r.name}, version}
	}
	m := at(r.since)
	switch {
	case before == nil || before.until != r.since:
		m.Appeared = true
	case !r.seen:
		m.Lost = true
	default:
		m.Facts, m.Labels, m.Outcomes = !bytes.Equal(r.facts, before.facts), !bytes.Equal(r.labels, before.labels), !bytes.Equal(r.outcomes, before.outcomes)
	}
	out := []momentAt{m}
	if r.until > 0 && (after == nil || after.since != r.until) {
		gone := at(r.until)
		gone.Gone = true
		out = append(out, gone)
	}
	return out
}

// seenBy is who saw an asset, by the last row of its series.
func seenBy(r spanRow, before *spanRow, scans []PostureScan) AssetSeen {
	out := AssetSeen{Series: r.name, Seen: r.seen && r.until == 0, Gone: r.until > 0}
	from, to := r.since, r.until
	if !r.seen && before != nil {
		from, to = before.since, r.since
	}
	for _, x := range scans {
		if x.series == r.series && x.version >= from && (to == 0 || x.version < to) {
			out.Scan, out.At = x.Scan, x.Started
		}
	}
	return out
}

// bodyOf reads facts and outcomes as the newest scan found them that saw the asset.
func (l *look) bodyOf(ctx context.Context, id int64, ref probity.Ref, v *veil, out *AssetPage) error {
	p, err := newPacker()
	if err != nil {
		return err
	}
	defer p.close()
	var body, verdicts []byte
	var looked int64
	found := false
	err = l.each(ctx, `SELECT p.body, p.verdicts, p.looked FROM span p JOIN series r ON r.id = p.series WHERE p.asset = ? AND r.name = ? AND p.since <= ? ORDER BY p.since DESC LIMIT 1`,
		[]any{id, out.Series[0].Series, l.version}, func(scan func(...any) error) error {
			found = true
			return scan(&body, &verdicts, &looked)
		})
	if err != nil || !found {
		return err
	}
	out.Asset.Ref = ref
	if len(body) > 0 {
		if err := p.unpack(body, &out.Asset); err != nil {
			return err
		}
		freshen(&out.Asset, looked)
	}
	if err := p.unpack(verdicts, &out.Outcomes); err != nil {
		return err
	}
	out.Outcomes = dressed(ref, out.Outcomes)
	for i := range out.Outcomes {
		if err := v.over(ctx, &out.Asset, &out.Outcomes[i]); err != nil {
			return err
		}
	}
	v.count = 0
	if err := v.over(ctx, &out.Asset, &out.Asset); err != nil {
		return err
	}
	out.Hidden = v.count
	return nil
}

// links tells what an asset points at, and what points at it.
func (l *look) links(ctx context.Context, id int64, key digest, v *veil, out *AssetPage) error {
	for _, way := range []struct {
		from, on string
		of       any
		to       *[]AssetLink
	}{
		{"link k JOIN asset a ON a.key = k.target", "k.asset = ?", id, &out.Links},
		{"link k JOIN asset a ON a.id = k.asset", "k.target = ?", key[:], &out.Linked},
	} {
		var c clause
		c.and(way.on, way.of)
		l.holds(&c, "k")
		c.within("a.", v.view)
		var ids []int64
		err := l.each(ctx, "SELECT DISTINCT k.kind, a.root, a.ref, a.id FROM "+way.from+" WHERE "+c.text()+" ORDER BY k.kind, a.root, a.ref LIMIT 1000", c.args, func(scan func(...any) error) error {
			var k AssetLink
			var other int64
			err := scan(&k.Kind, &k.Asset.Asset.Root, &k.Asset.Asset.ID, &other)
			*way.to, ids = append(*way.to, k), append(ids, other)
			return err
		})
		if err != nil {
			return err
		}
		rows, err := l.rowsOf(ctx, ids)
		if err != nil {
			return err
		}
		for i, other := range ids {
			(*way.to)[i].Asset = rows[other]
		}
	}
	return nil
}
