package history

import (
	"context"
	"fmt"
	"slices"

	"github.com/probity-scan/probity"
)

// Life gives a finding by its fingerprint, or the beginning of it: by any that it ever had. One outside of the
// bounds is unknown.
func (s *Store) Life(ctx context.Context, fingerprint string, b Bounds) (out Life, err error) {
	err = s.looking(ctx, func(l *look) error {
		v, err := l.veil(ctx, b)
		if err != nil {
			return err
		}
		id, err := l.findingNamed(ctx, fingerprint, v)
		if err != nil {
			return err
		}
		if out, err = l.life(ctx, id, v); err != nil {
			return fmt.Errorf("finding %q: %w", fingerprint, err)
		}
		return nil
	})
	return out, err
}

// findingNamed is the number of a finding by a fingerprint, or by the beginning of one alone.
func (l *look) findingNamed(ctx context.Context, fingerprint string, v *veil) (int64, error) {
	for _, where := range []string{"n.fingerprint = ?", "substr(n.fingerprint, 1, length(?)) = ?"} {
		args := []any{fingerprint}
		if where != "n.fingerprint = ?" {
			args = []any{fingerprint, fingerprint}
		}
		var c clause
		c.and(where, args...)
		l.holds(&c, "x")
		c.within("a.", v.view)
		var ids []int64
		err := l.each(ctx, "SELECT DISTINCT n.finding FROM finding_name n JOIN standing x ON x.finding = n.finding JOIN asset a ON a.id = x.asset WHERE "+c.text()+" LIMIT 2", c.args, func(scan func(...any) error) error {
			ids = append(ids, 0)
			return scan(&ids[len(ids)-1])
		})
		switch {
		case err != nil:
			return 0, err
		case len(ids) > 1:
			return 0, fmt.Errorf("finding %q: several begin like that: write more of it", fingerprint)
		case len(ids) == 1:
			return ids[0], nil
		}
	}
	return 0, fmt.Errorf("finding %q: %w", fingerprint, ErrUnknown)
}

func (l *look) life(ctx context.Context, id int64, v *veil) (Life, error) {
	known, err := l.known(ctx, []int64{id}, ByWorst)
	if err != nil || len(known) == 0 {
		return Life{}, first(err, ErrUnknown)
	}
	out := Life{Known: known[0]}
	err = l.each(ctx, `SELECT c.started, c.id, r.name, x.event, x.cause, x.state, x.severity, a.root, a.ref, x.message, x.owner, x.lapses
		FROM standing x JOIN scan c ON c.version = x.since JOIN series r ON r.id = c.series JOIN asset a ON a.id = x.asset
		WHERE x.finding = ? AND x.since <= ? ORDER BY x.since`, []any{id, l.version}, func(scan func(...any) error) error {
		var m Moment
		var at, state, severity, lapses int64
		if err := scan(&at, &m.Scan, &m.Series, &m.Event, &m.Cause, &state, &severity, &m.Asset.Root, &m.Asset.ID, &m.Message, &m.Owner, &lapses); err != nil {
			return err
		}
		m.At, m.State, m.Severity, m.Lapses = seconds(at), standingOf(state), severityOf(severity), seconds(lapses)
		out.Moments = append(out.Moments, m)
		return nil
	})
	if err != nil {
		return Life{}, err
	}
	refs := make([]probity.Ref, len(out.Moments))
	for i, m := range out.Moments {
		refs[i] = m.Asset
	}
	hidden, err := v.hidden(ctx, refs)
	if err != nil {
		return Life{}, err
	}
	for i, m := range out.Moments {
		if hidden[m.Asset] { // where it was before it moved
			out.Moments[i].Asset, out.Moments[i].Message = probity.Ref{}, ""
		}
	}
	if out.Waivers, err = l.waiversOf(ctx, id); err != nil {
		return Life{}, err
	}
	at := make([]probity.Ref, len(out.Waivers))
	for i, w := range out.Waivers {
		at[i] = w.Asset
	}
	if hidden, err = v.hidden(ctx, at); err != nil {
		return Life{}, err
	}
	for i, w := range out.Waivers {
		if hidden[w.Asset] {
			out.Waivers[i].Asset = probity.Ref{}
		}
	}
	if out.Of, err = l.ruleNamed(ctx, out.Rule); err != nil {
		return Life{}, err
	}
	return out, l.seen(ctx, id, v, &out)
}

// seen adds the outcome of the newest scan that sees a finding.
func (l *look) seen(ctx context.Context, id int64, v *veil, to *Life) error {
	var c clause
	l.holds(&c, "g")
	c.and("g.finding = ? AND g.seen = 1", id)
	c.within("a.", v.view)
	l.holds(&c, "p")
	c.and("p.seen = 1")
	var raw, body []byte
	var ref probity.Ref
	var some bool
	err := l.each(ctx, `SELECT a.root, a.ref, p.verdicts, p.body FROM sighting g JOIN asset a ON a.id = g.asset JOIN span p ON p.asset = g.asset AND p.series = g.series WHERE `+c.text()+`
		ORDER BY (SELECT MAX(n.version) FROM scan n WHERE n.series = g.series AND n.published = 1) DESC LIMIT 1`, c.args, func(scan func(...any) error) error {
		some = true
		return scan(&ref.Root, &ref.ID, &raw, &body)
	})
	if err != nil || !some {
		return err
	}
	p, err := newPacker()
	if err != nil {
		return err
	}
	defer p.close()
	var all []probity.Outcome
	if err := p.unpack(raw, &all); err != nil {
		return err
	}
	a := probity.Asset{Ref: ref}
	if len(body) > 0 {
		if err := p.unpack(body, &a); err != nil {
			return err
		}
	}
	for _, o := range dressed(ref, all) {
		i := slices.IndexFunc(o.Findings, func(f probity.Finding) bool { return f.Fingerprint == to.Fingerprint })
		if i < 0 {
			continue
		}
		f := o.Findings[i]
		if err := v.over(ctx, &a, &o); err != nil {
			return err
		}
		if err := v.over(ctx, &a, &f); err != nil {
			return err
		}
		to.Outcome, to.Seen = &o, &f
		return nil
	}
	return nil
}
