package history

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/probity-scan/probity"
)

// Scan is a scan as it was taken in, to be written in any format. Its assets are told as they were when they last changed: places
// and times of reading in them are of that scan.
func (s *Store) Scan(ctx context.Context, id string) (probity.Scan, error) {
	r, err := s.Record(ctx, id)
	if err != nil {
		return probity.Scan{}, err
	}
	return s.scan(ctx, r)
}

func (s *Store) scan(ctx context.Context, r Record) (probity.Scan, error) {
	switch {
	case !r.Published:
		return probity.Scan{}, fmt.Errorf("scan %s is %s: there is nothing of it to tell", r.ID, r.State)
	case r.Pruned:
		return probity.Scan{}, fmt.Errorf("scan %s is older than the history keeps details: its counts alone are there", r.ID)
	}
	p, err := newPacker()
	if err != nil {
		return probity.Scan{}, err
	}
	defer p.close()
	var series int64
	var header, rules, covered []byte
	err = s.read.QueryRowContext(ctx, s.q(`SELECT s.series, s.header, c.body, v.body FROM scan s JOIN doc c ON c.digest = s.corpus JOIN doc v ON v.digest = s.coverage WHERE s.id = ?`), r.ID).Scan(&series, &header, &rules, &covered)
	if err != nil {
		return probity.Scan{}, failed(err)
	}
	scan := probity.Scan{}
	var both corpus
	var coverage []probity.Coverage
	for _, d := range []struct {
		raw []byte
		to  any
	}{{header, &scan.Header}, {rules, &both}, {covered, &coverage}} {
		if err := p.unpack(d.raw, d.to); err != nil {
			return probity.Scan{}, err
		}
	}
	scan.Format, scan.Rules, scan.Frameworks = probity.Format, both.Rules, both.Frameworks
	at := at{series, r.Version}
	scan.Coverage = func(yield func(probity.Coverage, error) bool) {
		for _, c := range coverage {
			if !yield(c, nil) {
				return
			}
		}
	}
	scan.Assets = spans(ctx, s, at, "body", "AND p.held = 1", func(p *packer, raw []byte, _ probity.Ref, yield func(probity.Asset) bool) (bool, error) {
		var a probity.Asset
		if err := p.unpack(raw, &a); err != nil {
			return false, err
		}
		return yield(a), nil
	})
	scan.Outcomes = spans(ctx, s, at, "verdicts", "", func(p *packer, raw []byte, ref probity.Ref, yield func(probity.Outcome) bool) (bool, error) {
		var all []probity.Outcome
		if err := p.unpack(raw, &all); err != nil {
			return false, err
		}
		for _, o := range dressed(ref, all) {
			if !yield(o) {
				return false, nil
			}
		}
		return true, nil
	})
	return scan, nil
}

// spans walks documents of a series at a version, in the order of assets.
func spans[T any](ctx context.Context, s *Store, a at, column, where string, open func(p *packer, raw []byte, ref probity.Ref, yield func(T) bool) (more bool, err error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		p, err := newPacker()
		if err != nil {
			yield(zero, err)
			return
		}
		defer p.close()
		// The join is written so that SQLite walks assets in their order, and sorts no documents.
		rows, err := s.read.QueryContext(ctx, s.q("SELECT a.root, a.ref, p."+column+" FROM asset a CROSS JOIN span p WHERE p.asset = a.id AND p.series = ? AND p.seen = 1 "+where+
			" AND p.since <= ? AND (p.until IS NULL OR p.until > ?) ORDER BY a.root, a.ref"), a.series, a.version, a.version)
		if err != nil {
			yield(zero, failed(err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var ref probity.Ref
			var raw []byte
			err := rows.Scan(&ref.Root, &ref.ID, &raw)
			more := true
			if err == nil {
				more, err = open(p, raw, ref, func(v T) bool { return yield(v, nil) })
			}
			if err != nil {
				yield(zero, failed(err))
				return
			}
			if !more {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(zero, failed(err))
		}
	}
}

func seconds(at int64) time.Time {
	if at == 0 {
		return time.Time{}
	}
	return time.Unix(at, 0).UTC()
}
