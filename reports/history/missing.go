package history

import (
	"context"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
)

// missing decides over the assets of the series that this scan does not tell of: gone where their listing is whole, not seen
// otherwise.
func (t *taker) missing(ctx context.Context) error {
	var left []int64
	held, seen := map[int64]bool{}, map[int64]bool{}
	for _, e := range t.known {
		if !e.met {
			left = append(left, e.asset)
			held[e.asset], seen[e.asset] = e.held, e.seen
		}
	}
	for at := 0; at < len(left); at += 500 {
		some := left[at:min(at+500, len(left))]
		gone := map[int64]bool{}
		var lost []int64
		err := t.s.each(ctx, t.s.read, "SELECT id, root, ref, kind, provider, account, region FROM asset WHERE id IN "+several(len(some)), anys(some), func(scan func(...any) error) error {
			var id int64
			var ref probity.Ref
			var kind probity.Kind
			var scope probity.Scope
			if err := scan(&id, &ref.Root, &ref.ID, &kind, &scope.Provider, &scope.Account, &scope.Region); err != nil {
				return err
			}
			switch {
			case !held[id], t.is.Listed.Whole(ref, kind, scope):
				gone[id] = true
			case seen[id]:
				lost = append(lost, id)
			}
			return nil
		})
		if err != nil {
			return err
		}
		if err := t.part(ctx, gone, held, lost); err != nil {
			return err
		}
	}
	return t.w.flush(ctx)
}

// part ends what is known of assets that are gone, and marks what is known of those that were not seen.
func (t *taker) part(ctx context.Context, gone, held map[int64]bool, lost []int64) error {
	ended := append([]int64(nil), lost...)
	for id := range gone {
		ended = append(ended, id)
	}
	if len(ended) == 0 {
		return nil
	}
	if err := t.left(ctx, ended, gone, held); err != nil {
		return err
	}
	open, err := t.openSightings(ctx, ended...)
	if err != nil {
		return err
	}
	for _, x := range open {
		switch {
		case x.series != t.series: // that the asset is gone is known as well where another series saw it
			if gone[x.asset] && t.started >= t.latest[x.series] {
				t.close(x, x.asset, true)
			}
		case gone[x.asset]:
			t.close(x, x.asset, true)
		default:
			t.lose(x)
		}
	}
	for _, id := range ended {
		t.w.end("UPDATE outcome SET until = ? WHERE until IS NULL AND asset = ? AND series = ?", id, t.series)
		if gone[id] {
			for _, table := range []string{"span", "glance", "link"} {
				t.w.end("UPDATE "+table+" SET until = ? WHERE until IS NULL AND asset = ? AND series = ?", id, t.series)
			}
		} else {
			t.w.lose(id)
		}
	}
	return t.w.flushIf(ctx)
}

// left notes which verdicts there are no more: of an asset that is gone, or, where none is held, of a listing that is whole or not
// asked for any more. Of a snapshot in a nightly series that is no news.
func (t *taker) left(ctx context.Context, assets []int64, gone, held map[int64]bool) error {
	args := append([]any{t.series}, anys(assets)...)
	return t.s.each(ctx, t.s.read, "SELECT asset, rule, verdict, severity FROM outcome WHERE until IS NULL AND series = ? AND asset IN "+several(len(assets)), args, func(scan func(...any) error) error {
		var asset, rule, verdict, severity int64
		if err := scan(&asset, &rule, &verdict, &severity); err != nil {
			return err
		}
		why := cause.Coverage
		if gone[asset] && held[asset] {
			why = cause.Estate
		}
		if _, counted := t.lives[asset]; !counted {
			t.w.add("change", changeColumns, t.version, t.series, asset, rule, verdict, 0, severity, string(why))
		}
		return nil
	})
}

const changeColumns = "version, series, asset, rule, was, now, severity, cause"
