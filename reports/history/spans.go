package history

import (
	"context"
	"database/sql"
	"errors"

	"github.com/probity-scan/probity"
)

// at is a series as of one of its versions.
type at struct{ series, version int64 }

// valid is the condition on rows that hold at a version, which is given twice.
const valid = "since <= ? AND (until IS NULL OR until > ?)"

// verdicts are the outcomes of an asset as they are kept.
func (s *Store) verdicts(ctx context.Context, p *packer, a at, asset int64, ref probity.Ref) ([]probity.Outcome, error) {
	var raw []byte
	err := s.read.QueryRowContext(ctx, s.q("SELECT verdicts FROM span WHERE asset = ? AND series = ? AND seen = 1 AND "+valid), asset, a.series, a.version, a.version).Scan(&raw)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, failed(err)
	}
	var out []probity.Outcome
	if err := p.unpack(raw, &out); err != nil {
		return nil, err
	}
	return dressed(ref, out), nil
}

// body is an asset as it is kept; nil: it is not there.
func (s *Store) body(ctx context.Context, p *packer, a at, ref probity.Ref) (*probity.Asset, error) {
	var raw []byte
	key := refKey(ref)
	err := s.read.QueryRowContext(ctx, s.q("SELECT body FROM span WHERE asset = (SELECT id FROM asset WHERE key = ?) AND series = ? AND seen = 1 AND held = 1 AND "+valid),
		key[:], a.series, a.version, a.version).Scan(&raw)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, failed(err)
	}
	out := &probity.Asset{}
	return out, p.unpack(raw, out)
}

// remembered reads bodies, and keeps the last few: the assets that many rest on are asked for again and again.
func (s *Store) remembered(ctx context.Context, p *packer, a at) func(probity.Ref) (*probity.Asset, error) {
	const most = 512
	kept := map[probity.Ref]*probity.Asset{}
	return func(ref probity.Ref) (*probity.Asset, error) {
		if b, ok := kept[ref]; ok {
			return b, nil
		}
		b, err := s.body(ctx, p, a, ref)
		if len(kept) >= most {
			clear(kept)
		}
		if err == nil {
			kept[ref] = b
		}
		return b, err
	}
}
