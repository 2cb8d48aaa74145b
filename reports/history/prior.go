package history

import (
	"context"
	"slices"

	"github.com/probity-scan/probity"
)

// Known implements [probity.Prior]: the assets that bear a name, as the newest scans saw them. Their origin says when the scan
// began that saw them last.
func (s *Store) Known(ctx context.Context, name string) ([]probity.Asset, error) {
	version, err := s.published(ctx)
	if err != nil {
		return nil, err
	}
	p, err := newPacker()
	if err != nil {
		return nil, err
	}
	defer p.close()
	sum := digestOf([]byte(name))
	var out []probity.Asset
	err = s.each(ctx, s.read, `SELECT p.body, p.looked, (SELECT MAX(c.started) FROM scan c WHERE c.published = 1 AND c.series = p.series AND c.version <= ? AND (p.seen = 1 OR c.version < p.since))
		FROM asset_name n JOIN span p ON p.asset = n.asset WHERE n.name = ? AND p.held = 1 AND p.since <= ? AND (p.until IS NULL OR p.until > ?)`, []any{version, sum[:], version, version},
		func(scan func(...any) error) error {
			var raw []byte
			var seen *int64
			var again int64
			if err := scan(&raw, &again, &seen); err != nil {
				return err
			}
			var a probity.Asset
			if err := p.unpack(raw, &a); err != nil {
				return err
			}
			freshen(&a, again)
			o := probity.Origin{Call: "an earlier scan"}
			if seen != nil {
				o.At = seconds(*seen)
			}
			a.Origin = &o
			out = append(out, a)
			return nil
		})
	slices.SortStableFunc(out, func(a, b probity.Asset) int { return b.Origin.At.Compare(a.Origin.At) })
	return out, err
}

// freshen dates the labels that the newest look kept found: it was repeated since, and the same was found.
func freshen(a *probity.Asset, again int64) {
	was := looked(a)
	for i, l := range a.Labels.Items {
		if again > was && l.AsOf.Unix() == was {
			a.Labels.Items[i].AsOf = seconds(again)
		}
	}
}
