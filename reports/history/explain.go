package history

import (
	"context"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
)

// explain works out why verdicts are others than in the scan before, once all of this one is written.
func (t *taker) explain(ctx context.Context) error {
	if t.before == nil {
		return nil
	}
	before, now := at{t.series, t.before.Version}, at{t.series, t.version}
	t.was.Asset, t.is.Asset = t.s.remembered(ctx, t.p, before), t.s.remembered(ctx, t.p, now)
	causes := map[[2]int64]cause.Cause{}
	for _, c := range t.changed {
		was, err := t.s.verdicts(ctx, t.p, before, c.asset, c.ref)
		if err != nil {
			return err
		}
		is, err := t.s.verdicts(ctx, t.p, now, c.asset, c.ref)
		if err != nil {
			return err
		}
		for _, pair := range pairs(merged(was), merged(is)) {
			if err := t.because(c, pair, causes); err != nil {
				return err
			}
		}
		if err := t.w.flushIf(ctx); err != nil {
			return err
		}
	}
	for _, touched := range t.touched {
		touched.cause = causes[[2]int64{touched.asset, t.rule(touched.rule)}]
	}
	return t.w.flush(ctx)
}

// because notes a change with its cause.
func (t *taker) because(c changed, pair [2]*probity.Outcome, causes map[[2]int64]cause.Cause) error {
	was, is := pair[0], pair[1]
	if was != nil && is != nil && judgedAs([]probity.Outcome{*was}) == judgedAs([]probity.Outcome{*is}) {
		return nil
	}
	some := is
	if some == nil {
		some = was
	}
	why, err := cause.Of(t.was, t.is, cause.Change{Rule: some.Rule, Asset: c.ref, Was: was, Is: is})
	if err != nil {
		return err
	}
	rule := t.rule(some.Rule)
	causes[[2]int64{c.asset, rule}] = why
	var from, to, severity int64
	if was != nil {
		from = code(was.Verdict)
		severity, _, _ = weight(*was)
	}
	if is != nil {
		to = code(is.Verdict)
		severity, _, _ = weight(*is)
	}
	_, counted := t.lives[c.asset]
	if from == to && was != nil && is != nil && !heavier(*was, *is) || counted && (was == nil || is == nil) {
		return nil
	}
	t.w.add("change", changeColumns, t.version, t.series, c.asset, rule, from, to, severity, string(why))
	return nil
}

// heavier reports whether two outcomes of one verdict weigh differently.
func heavier(a, b probity.Outcome) bool {
	s, f, w := weight(a)
	s2, f2, w2 := weight(b)
	return s != s2 || f != f2 || w != w2
}

// pairs are outcomes before and after by rule.
func pairs(was, is []probity.Outcome) [][2]*probity.Outcome {
	var out [][2]*probity.Outcome
	before := map[string]*probity.Outcome{}
	for i := range was {
		before[was[i].Rule] = &was[i]
	}
	for i := range is {
		out = append(out, [2]*probity.Outcome{before[is[i].Rule], &is[i]})
		delete(before, is[i].Rule)
	}
	for _, o := range before {
		out = append(out, [2]*probity.Outcome{o, nil})
	}
	return out
}
