package history

import (
	"context"
	"database/sql"
	"errors"

	"github.com/probity-scan/probity"
)

// kept is a span of an older format.
type kept struct {
	asset, series, since int64
	until                *int64
	seen, held           bool
	ref                  probity.Ref
}

// backfill works out what lists need of spans that an older release wrote. One that was cut off begins anew.
func (s *Store) backfill(ctx context.Context) error {
	var what string
	err := s.write.QueryRowContext(ctx, "SELECT what FROM pending WHERE what = 'glance'").Scan(&what)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return failed(err)
	}
	for _, table := range []string{"glance", "link", "cohort", "cohort_mark", "tagging", "tagging_mark", "profile", "profile_rule", "profile_need", "need", "content", "content_label"} {
		if err := s.exec(ctx, s.write, "DELETE FROM "+table); err != nil {
			return err
		}
	}
	// In the order of time: what one scan could not read of an asset is as an earlier one saw it.
	var spans []kept
	err = s.each(ctx, s.write, `SELECT p.asset, p.series, p.since, p.until, p.seen, p.held, a.root, a.ref FROM span p JOIN asset a ON a.id = p.asset ORDER BY p.since, p.asset`, nil, func(scan func(...any) error) error {
		var k kept
		err := scan(&k.asset, &k.series, &k.since, &k.until, &k.seen, &k.held, &k.ref.Root, &k.ref.ID)
		spans = append(spans, k)
		return err
	})
	if err != nil {
		return err
	}
	if err := s.backfillSpans(ctx, spans); err != nil {
		return err
	}
	return s.exec(ctx, s.write, "DELETE FROM pending WHERE what = 'glance'")
}

func (s *Store) backfillSpans(ctx context.Context, spans []kept) error {
	p, err := newPacker()
	if err != nil {
		return err
	}
	defer p.close()
	rules := map[string]int64{}
	last := int64(0)
	err = s.each(ctx, s.write, "SELECT id, name FROM rule", nil, func(scan func(...any) error) error {
		var id int64
		var name string
		err := scan(&id, &name)
		rules[name], last = id, max(last, id)
		return err
	})
	if err != nil {
		return err
	}
	w := s.newWriter(0, 0)
	o, err := s.newSorter(ctx, w, func(name string) int64 {
		if rules[name] == 0 {
			last++
			rules[name] = last
			w.add("rule", "id, name", last, name)
		}
		return rules[name]
	})
	if err != nil {
		return err
	}
	belongs := map[int64]belonging{}
	for _, k := range spans {
		if err := s.backfillSpan(ctx, p, o, belongs, k); err != nil {
			return err
		}
		if err := w.flushIf(ctx); err != nil {
			return err
		}
	}
	return w.flush(ctx)
}

func (s *Store) backfillSpan(ctx context.Context, p *packer, o *sorter, belongs map[int64]belonging, k kept) error {
	var body, verdicts []byte
	if err := s.read.QueryRowContext(ctx, s.q("SELECT body, verdicts FROM span WHERE asset = ? AND series = ? AND since = ?"), k.asset, k.series, k.since).Scan(&body, &verdicts); err != nil {
		return failed(err)
	}
	var a *probity.Asset
	if k.held {
		a = &probity.Asset{}
		if err := p.unpack(body, a); err != nil {
			return err
		}
	}
	var outcomes []probity.Outcome
	if err := p.unpack(verdicts, &outcomes); err != nil {
		return err
	}
	before := belongs[k.asset]
	if before.cohort != 0 { // it may wait to be written, and is asked for
		if err := o.w.flush(ctx); err != nil {
			return err
		}
	}
	g, err := o.sort(ctx, k.ref, a, dressed(k.ref, outcomes), before)
	if err != nil {
		return err
	}
	if g.belonging != before {
		belongs[k.asset] = g.belonging
		o.w.run("UPDATE asset SET cohort = ?, tagging = ? WHERE id = ?", g.cohort, g.tagging, k.asset)
	}
	var until any
	if k.until != nil {
		until = *k.until
	}
	o.w.add("glance", glanceColumns, k.asset, k.series, k.since, until, number(k.seen), g.cohort, g.tagging, g.profile, g.content)
	for l, target := range linked(a) {
		o.w.add("link", "asset, series, kind, target, since, until", k.asset, k.series, l[0], target[:], k.since, until)
	}
	return nil
}
