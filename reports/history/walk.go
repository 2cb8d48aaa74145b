package history

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/probity-scan/probity"
)

// refresh is how much newer a look into a store must be for the history to write it down where nothing else changed. That needs
// no version: who reads it before the scan is published learns of a look that there was.
const refresh = 7 * 24 * time.Hour

// walk goes through assets and outcomes side by side; both are sorted by asset.
func (t *taker) walk(ctx context.Context) error {
	next, stop := iter.Pull2(groups(t.scan.Outcomes))
	defer stop()
	ref, group, more, err := pull(next)
	if err != nil {
		return err
	}
	for a, err := range each(t.scan.Assets) {
		if err != nil {
			return err
		}
		for more && ref.Compare(a.Ref) < 0 {
			if err := t.visit(ctx, ref, nil, group); err != nil {
				return err
			}
			if ref, group, more, err = pull(next); err != nil {
				return err
			}
		}
		var own []probity.Outcome
		if more && ref == a.Ref {
			own = group
			if ref, group, more, err = pull(next); err != nil {
				return err
			}
		}
		if err := t.visit(ctx, a.Ref, &a, own); err != nil {
			return err
		}
	}
	for more {
		if err := t.visit(ctx, ref, nil, group); err != nil {
			return err
		}
		if ref, group, more, err = pull(next); err != nil {
			return err
		}
	}
	return t.w.flush(ctx)
}

func pull(next func() ([]probity.Outcome, error, bool)) (probity.Ref, []probity.Outcome, bool, error) {
	g, err, more := next()
	if err != nil || !more {
		return probity.Ref{}, nil, false, err
	}
	return g[0].Asset, g, true, nil
}

// groups are the outcomes of one asset after the other.
func groups(of iter.Seq2[probity.Outcome, error]) iter.Seq2[[]probity.Outcome, error] {
	return func(yield func([]probity.Outcome, error) bool) {
		var group []probity.Outcome
		for o, err := range each(of) {
			if err != nil {
				yield(nil, err)
				return
			}
			if len(group) > 0 && group[0].Asset != o.Asset {
				if !yield(group, nil) {
					return
				}
				group = nil
			}
			group = append(group, o)
		}
		if len(group) > 0 {
			yield(group, nil)
		}
	}
}

// visit compares an asset and its outcomes with what the series knows, and writes what differs.
func (t *taker) visit(ctx context.Context, ref probity.Ref, a *probity.Asset, outcomes []probity.Outcome) error {
	if t.walked != nil && ref.Compare(*t.walked) <= 0 {
		return fmt.Errorf("history: the scan's assets are not in order near %q: it is no scan of probity", ref.ID)
	}
	t.walked = &ref
	t.counted.add(t, a, outcomes)
	key := refKey(ref)
	id, err := t.numbered(ref)
	if err != nil {
		return err
	}
	e := t.known[key]
	m := marksOf(a)
	m.outcomes = judgedAs(outcomes)
	if e != nil {
		e.met = true
		same := e.seen && e.facts == m.facts && e.labels == m.labels && e.outcomes == m.outcomes && e.held == (a != nil)
		if same && !e.again {
			if m.looked-e.looked >= int64(refresh/time.Second) {
				t.w.run("UPDATE span SET looked = ? WHERE until IS NULL AND asset = ? AND series = ?", m.looked, id, t.series)
			}
			return t.w.flushIf(ctx)
		}
	}
	if err := t.span(ref, id, e, a, m, outcomes); err != nil {
		return err
	}
	if err := t.glance(ctx, id, e, a, ref, outcomes); err != nil {
		return err
	}
	var before []probity.Outcome
	if e != nil {
		if before, err = t.s.verdicts(ctx, t.p, at{t.series, t.before.Version}, id, ref); err != nil {
			return err
		}
		if !e.seen {
			before = nil // closed when it was lost
		}
	}
	if t.before != nil {
		t.changed = append(t.changed, changed{id, ref})
	}
	if err := t.outcomes(id, merged(before), merged(outcomes)); err != nil {
		return err
	}
	if err := t.sightings(ctx, id, a, outcomes); err != nil {
		return err
	}
	return t.w.flushIf(ctx)
}

// span writes what is known of the asset from now on.
func (t *taker) span(ref probity.Ref, id int64, e *entry, a *probity.Asset, m marks, outcomes []probity.Outcome) (err error) {
	var body, verdicts []byte
	held := 0
	if a != nil {
		held = 1
		if body, err = t.p.pack(a); err != nil {
			return err
		}
	}
	if verdicts, err = t.p.pack(bare(ref, outcomes)); err != nil {
		return err
	}
	if e != nil {
		t.w.end("UPDATE span SET until = ? WHERE until IS NULL AND asset = ? AND series = ?", id, t.series)
	}
	t.w.add("span", "series, asset, since, seen, facts, labels, outcomes, looked, held, body, verdicts",
		t.series, id, t.version, 1, m.facts[:], m.labels[:], m.outcomes[:], m.looked, held, body, verdicts)
	return nil
}

// bare are outcomes as they are kept: without the asset that they all have, and without what a base said of their findings.
func bare(ref probity.Ref, outcomes []probity.Outcome) []probity.Outcome {
	out := make([]probity.Outcome, len(outcomes))
	for i, o := range outcomes {
		o.Asset = probity.Ref{}
		o.Findings = append([]probity.Finding(nil), o.Findings...)
		for j := range o.Findings {
			o.Findings[j].State = ""
			if o.Findings[j].Asset == ref {
				o.Findings[j].Asset = probity.Ref{}
			}
		}
		out[i] = o
	}
	return out
}

// dressed turns back what bare did.
func dressed(ref probity.Ref, outcomes []probity.Outcome) []probity.Outcome {
	for i := range outcomes {
		outcomes[i].Asset = ref
		for j := range outcomes[i].Findings {
			if f := &outcomes[i].Findings[j]; f.Asset == (probity.Ref{}) {
				f.Asset = ref
			}
		}
	}
	return outcomes
}

// outcomes writes those that are others than before.
func (t *taker) outcomes(id int64, before, now []probity.Outcome) error {
	was := map[string]probity.Outcome{}
	for _, o := range before {
		was[o.Rule] = o
	}
	for _, o := range now {
		severity, findings, waived := weight(o)
		b, ok := was[o.Rule]
		delete(was, o.Rule)
		if ok {
			if s, f, w := weight(b); b.Verdict == o.Verdict && s == severity && f == findings && w == waived {
				continue
			}
			t.closeOutcome(id, o.Rule)
		}
		t.w.add("outcome", "series, asset, rule, since, verdict, severity, findings, waived", t.series, id, t.rule(o.Rule), t.version, code(o.Verdict), severity, findings, waived)
	}
	for rule := range was {
		t.closeOutcome(id, rule)
	}
	return nil
}

func (t *taker) closeOutcome(id int64, rule string) {
	t.w.end("UPDATE outcome SET until = ? WHERE until IS NULL AND asset = ? AND rule = ? AND series = ?", id, t.rule(rule), t.series)
}

func (t *taker) rule(name string) int64 {
	if id, ok := t.rules[name]; ok {
		return id
	}
	t.lastID.rule++
	t.rules[name] = t.lastID.rule
	t.w.add("rule", "id, name", t.lastID.rule, name)
	return t.lastID.rule
}
