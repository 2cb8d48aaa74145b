package history

import (
	"context"
	"database/sql"
	"slices"

	"github.com/probity-scan/probity"
)

// glance is a span in short: its cohort, profile and content.
type glance struct {
	belonging
	profile, content int64
}

// sort tells an asset's; before is what it belonged to.
func (o *sorter) sort(ctx context.Context, ref probity.Ref, a *probity.Asset, outcomes []probity.Outcome, before belonging) (g glance, err error) {
	g.belonging = before
	if a != nil {
		if g.belonging, err = o.belonging(ctx, a, before); err != nil {
			return g, err
		}
		if g.content, err = o.content(ctx, a); err != nil {
			return g, err
		}
	}
	g.profile, err = o.profile(ctx, ref, a, outcomes)
	return g, err
}

// belong says of assets that others knew before what they belong to now, in all series: who may see an asset sees all of it. It is done
// with the publishing: a scan that is not shown changes nobody's bounds.
func (t *taker) belong(ctx context.Context, tx *sql.Tx) error {
	for to, all := range t.belonged {
		for some := range slices.Chunk(all, 500) {
			in := several(len(some))
			if err := t.s.exec(ctx, tx, "UPDATE asset SET cohort = ?, tagging = ? WHERE id IN "+in, append([]any{to.cohort, to.tagging}, anys(some)...)...); err != nil {
				return err
			}
			if err := t.s.exec(ctx, tx, "UPDATE glance SET cohort = ?, tagging = ? WHERE (until IS NULL OR until = ?) AND asset IN "+in, append([]any{to.cohort, to.tagging, t.version}, anys(some)...)...); err != nil {
				return err
			}
		}
	}
	return nil
}

const glanceColumns = "asset, series, since, until, seen, cohort, tagging, profile, content"

// linked are the targets of an asset's links.
func linked(a *probity.Asset) map[[2]string]digest {
	out := map[[2]string]digest{}
	if a == nil {
		return out
	}
	for _, l := range a.Links.Items {
		if l.Gap == nil {
			key := refKey(l.To)
			out[[2]string{string(l.Kind), string(key[:])}] = key
		}
	}
	return out
}

// glance writes what lists need of an asset from now on, and its links.
func (t *taker) glance(ctx context.Context, id int64, e *entry, a *probity.Asset, ref probity.Ref, outcomes []probity.Outcome) error {
	before := t.belongs[id]
	g, err := t.sort(ctx, ref, a, outcomes, before)
	if err != nil {
		return err
	}
	if g.belonging != before {
		t.belongs[id] = g.belonging
		if t.fresh[id] { // nobody sees it yet
			t.w.run("UPDATE asset SET cohort = ?, tagging = ? WHERE id = ?", g.cohort, g.tagging, id)
		} else {
			t.belonged[g.belonging] = append(t.belonged[g.belonging], id)
		}
	}
	if a != nil && !t.fresh[id] {
		t.w.run("UPDATE asset SET kind = ?, class = ?, provider = ?, account = ?, region = ?, name = ? WHERE id = ?", string(a.Kind), string(a.Class), a.Scope.Provider, a.Scope.Account, a.Scope.Region, a.Name, id)
	}
	if e != nil {
		t.w.end("UPDATE glance SET until = ? WHERE until IS NULL AND asset = ? AND series = ?", id, t.series)
		t.w.end("UPDATE link SET until = ? WHERE until IS NULL AND asset = ? AND series = ?", id, t.series)
	}
	t.w.add("glance", glanceColumns, id, t.series, t.version, nil, 1, g.cohort, g.tagging, g.profile, g.content)
	for l, target := range linked(a) {
		t.w.add("link", "asset, series, kind, target, since", id, t.series, l[0], target[:], t.version)
	}
	return nil
}
